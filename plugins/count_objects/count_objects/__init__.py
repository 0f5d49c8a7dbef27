# Finds, numbers and measures objects, and draws their outlines.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Count objects: a threshold that is found on the picture, touching objects parted, labels, a table, outlines.

>>> import tintype as tt
>>> import count_objects
>>> cells = tt.Image.micrograph(width=400, height=300, count=12, seed=3)
>>> len(count_objects.table(cells))
12
"""
from typing import Annotated, NamedTuple

import tintype as tt

from .panel import CountObjects
from .settings import Dark, Depth, Smallest, Smooth, Split, Whole

COLOURED = ("srgb", "rgb16", "scrgb", "lab", "hsv", "cmyk")


class Objects(NamedTuple):
    """What find_objects gives."""

    labels: Annotated[tt.Image, tt.Field("Labels", "The number of its object at each pixel, 0 in the background.")]
    count: Annotated[int, tt.Field("Count", "How many objects there are.")]


@tt.operation("objects.find", title="Find objects", category="Objects", keywords=["count", "particles", "cells", "segment", "analyse particles"])
def find_objects(
    image: tt.Image,
    dark: Dark = False,
    smooth: Smooth = 1.0,
    smallest: Smallest = 20,
    split: Split = True,
    depth: Depth = 1.0,
    whole: Whole = False,
) -> Objects:
    """Number the objects of a picture: those that Otsu's level tells from the background."""
    grey = image.colourspace("b-w").extract_band(0) if image.interpretation in COLOURED else image.bandmean()
    if smooth:
        grey = grey.gaussblur(smooth)
    level = grey.otsu()
    mask = (grey <= level) if dark else (grey > level)
    mask = mask.fill_holes()
    if whole:
        mask = mask.clear_border()
    mask = mask.remove_small_objects(size=smallest)
    labels, found = mask.split_objects(depth=depth, count=True) if split else mask.label(count=True)
    return Objects(labels, found["count"])


@tt.operation("objects.outline", title="Outline objects", category="Objects", keywords=["overlay", "contour", "boundary"])
def outline_objects(
    image: tt.Image,
    labels: Annotated[tt.Image, tt.Field("Labels", "As Find objects gives them.")],
    width: Annotated[int, tt.Range(1, 50, unit="px")] = 1,
    red: Annotated[int, tt.Range(0, 255)] = 255,
    green: Annotated[int, tt.Range(0, 255)] = 60,
    blue: Annotated[int, tt.Range(0, 255)] = 0,
) -> tt.Image:
    """Draw the inner edges of labelled objects over their picture."""
    edge = (labels > 0) & (labels != labels.erode(radius=width, shape="square"))
    return edge.ifthenelse([red, green, blue], image.colourspace("srgb").extract_band(0, n=3).cast("uchar"))


def table(image, **settings):
    """The objects of a picture as a tt.Table, measured on the picture itself; the settings are those of find_objects."""
    return tt.measure(image.objects.find(**settings)[0], image)


def process(image, info):
    """For a batch: the outlines over each picture, and one table of all objects."""
    labels, info["count"] = image.objects.find()
    info["table"] = tt.measure(labels, image)
    return image.objects.outline(labels)
