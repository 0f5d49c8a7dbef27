# Puts small copies of many pictures on one sheet.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contact sheet: one picture that shows many, for looking through a folder or for print.

>>> import tintype as tt
>>> import contact_sheet
>>> sheet = contact_sheet.make([tt.Image.black(40, 20), tt.Image.black(20, 40)], across=2, size=32, gap=4)
>>> sheet.width, sheet.height
(76, 40)
"""
import os
import pathlib
from typing import Annotated

import tintype as tt

CAPTION = 14  # px, the height of the letters


def _small(image, size, shade):
    """Eight-bit sRGB in a square of this size."""
    if image.hasalpha():
        image = image.flatten(background=shade)
    image = image.colourspace("srgb").extract_band(0, n=3).cast("uchar")
    scale = min(size / image.width, size / image.height)
    return image.resize(scale).gravity("centre", size, size, extend="background", background=[shade] * 3)


def _caption(text, width, shade):
    letters = tt.Image.text(text.replace("&", "&amp;").replace("<", "&lt;"), font=f"sans {CAPTION}px", width=width, height=2 * CAPTION)
    letters = letters.gravity("north", width, 2 * CAPTION)
    ink = 0 if shade > 127 else 255
    return (letters > 127).ifthenelse([ink] * 3, [shade] * 3).copy(interpretation="srgb")


def _sheet(cells, across, gap, shade):
    sheet = tt.Image.arrayjoin(cells, across=min(across, len(cells)), shim=gap, background=[shade] * 3)
    return sheet.embed(gap, gap, sheet.width + 2 * gap, sheet.height + 2 * gap, extend="background", background=[shade] * 3)


@tt.operation("sheet.contact", title="Contact sheet", category="Combine", keywords=["montage", "overview", "thumbnails", "index print"])
def contact(
    images: list[tt.Image],
    across: Annotated[int, tt.Range(1, 100), tt.Field("Pictures in a row")] = 5,
    size: Annotated[int, tt.Range(16, 4096, unit="px"), "The longer side of each small picture."] = 256,
    gap: Annotated[int, tt.Range(0, 1000, unit="px")] = 12,
    shade: Annotated[int, tt.Range(0, 255), tt.Field("Background", "From 0, black, to 255, white.")] = 255,
) -> tt.Image:
    """Put small copies of pictures side by side on one sheet."""
    return _sheet([_small(image, size, shade) for image in images], across, gap, shade)


def make(pictures, *, across=5, size=256, gap=12, shade=255, captions=True):
    """A sheet of images or files; files have their names below them, unless `captions` is False."""
    cells = []
    for picture in pictures:
        is_file = isinstance(picture, (str, os.PathLike))
        image = tt.Image.thumbnail(os.fspath(picture), size) if is_file else picture
        cell = _small(image, size, shade)
        if captions and is_file:
            cell = cell.join(_caption(pathlib.Path(picture).name, size, shade), "vertical", expand=True, background=[shade] * 3)
        cells.append(cell)
    if not cells:
        raise tt.ParameterError("pictures must be images or files, at least one")
    return _sheet(cells, across, gap, shade)
