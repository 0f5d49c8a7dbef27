# Levels, crops and despeckles scanned pages.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scan clean-up: what a page needs is found on the page itself, so that one recipe serves a whole archive.

>>> import tintype as tt
>>> page = tt.Image.black(60, 40).invert().draw_rect(0, 20, 10, 1, 1)
>>> page.scan.despeckle(size=4).min()
255.0
"""
from typing import Annotated

import numpy as np
import tintype as tt

COLOURED = ("srgb", "rgb16", "scrgb", "lab", "hsv", "cmyk")
# A page is larger than this share of the scan; otherwise there is no border to be cropped.
LEAST_PAGE = 0.1

Size = Annotated[int, tt.Range(1, 1000, unit="px"), "Specks with fewer pixels are removed."]
Most = Annotated[float, tt.Range(0.1, 45, unit="°"), "The largest angle that is looked for."]
Margin = Annotated[int, tt.Range(0, 1000, unit="px"), "So much more is cut off on each side."]


def _grey(image):
    return image.colourspace("b-w").extract_band(0) if image.interpretation in COLOURED else image.bandmean()


def _paper(image, ink):
    """The mean colour of what is no ink, a number for each band."""
    counts = np.asarray(ink).size - np.count_nonzero(np.asarray(ink))
    if counts == 0:
        return [band.max() for band in image.bandsplit()]
    return [ink.ifthenelse(0, band).avg() * np.asarray(ink).size / counts for band in image.bandsplit()]


def _ink(image):
    grey = _grey(image)
    return grey <= grey.otsu()


@tt.operation("scan.deskew", title="Deskew", category="Scans", keywords=["straighten", "level", "tilt"])
def deskew(image: tt.Image, most: Most = 10.0) -> tt.Image:
    """Rotate a page so that its lines are level; the corners get the colour of the paper."""
    return image.rotate(_grey(image).find_skew(most=most), background=_paper(image, _ink(image)))


@tt.operation("scan.crop_borders", title="Crop borders", category="Scans", keywords=["trim", "black edges", "scanner bed"])
def crop_borders(image: tt.Image, margin: Margin = 0) -> tt.Image:
    """Cut a bright page out of the dark border around it; a page without one stays as it is."""
    grey = _grey(image).gaussblur(2)
    pages = tt.measure((grey > grey.otsu()).fill_holes().label())
    if len(pages) == 0:
        return image
    page = int(np.argmax(pages["area"]))
    if pages["area"][page] < LEAST_PAGE * image.width * image.height:
        return image
    left, top, width, height = (int(pages[name][page]) for name in ("left", "top", "width", "height"))
    width, height = width - 2 * margin, height - 2 * margin
    if width < 1 or height < 1:
        raise tt.ParameterError(f"margin must leave something of the page, which has {width + 2 * margin} x {height + 2 * margin} pixels, not {margin}")
    return image.crop(left + margin, top + margin, width, height)


@tt.operation("scan.despeckle", title="Despeckle", category="Scans", keywords=["dust", "noise", "specks"])
def despeckle(image: tt.Image, size: Size = 8) -> tt.Image:
    """Paint small dark specks over with the colour of the paper; letters stay as they are."""
    ink = _ink(image)
    specks = (ink != ink.remove_small_objects(size=size)).dilate(radius=1, shape="square")
    return specks.ifthenelse(_paper(image, ink), image).cast(image.format)


@tt.operation("scan.clean_up", title="Clean up a scan", category="Scans", keywords=["deskew", "crop", "despeckle"])
def clean_up(image: tt.Image, most: Most = 10.0, margin: Margin = 2, size: Size = 8) -> tt.Image:
    """Crop the borders of a scanned page, level its lines and remove specks."""
    return image.scan.crop_borders(margin=margin).scan.deskew(most=most).scan.despeckle(size=size)
