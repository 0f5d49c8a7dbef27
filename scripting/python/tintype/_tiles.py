# Functions on arrays as steps of recipes.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import operator

from . import _callbacks
from ._tintype import Image, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal

    from ._types import Array

EDGES = ("copy", "mirror", "repeat", "black", "white")
MOST_OVERLAP = 4096


def _whole(value, name, most):
    try:
        number = operator.index(value)
    except TypeError:
        number = -1
    if not 0 <= number <= most:
        raise ParameterError(f"map_tiles: {name} must be a whole number from 0 to {most}, not {value!r}")
    return number


def _image(other):
    if isinstance(other, Image):
        return other
    if hasattr(other, "__array__"):
        return Image.new_from_array(other)
    raise ParameterError(f"map_tiles: beside the function stand images and arrays, not {other!r}; give overlap= and the rest by name")


def map_tiles(
    self: Image,
    fn: Callable[..., Any],
    *others: Image | Array,
    overlap: int = 0,
    edge: Literal["copy", "mirror", "repeat", "black", "white"] = "copy",
    format: str | None = None,
    bands: int | None = None,
) -> Image:
    """An image whose pixels the function makes, tile by tile, when they are asked for; so it may be larger than memory.

    `fn` gets an array of height x width (x bands) and returns one of the same height and width. With `others`, images or arrays
    of the same size, it gets the same tile of each of them too: `fn(tile, other_tile, …)`. It gets `overlap` pixels
    more on each side of its tile, which are cut off its result: with an overlap as large as what it looks at around a pixel,
    tiles join without seams. Pixels outside the image are, by `edge`, "copy" the nearest ones, "mirror" reflected, "repeat"
    from the other side, "black" or "white".

    `format` and `bands` say what the function returns. Without both it is called once, at once, on a small array of made-up
    numbers for each image, to see. Truth values become 0 and 255.

    `fn` runs on several of the engine's threads at once, and Stop raises tt.Cancelled in it. Each array is a copy, which may
    be written to and kept. An error in `fn` is raised where the pixels are asked for, as the cause of a tt.Error. The recipe of such an
    image cannot be saved.

    Raises ParameterError for an overlap that is not 0 to 4096, another edge or format, or images of another size.

    >>> import tintype as tt
    >>> im = tt.Image.black(1000, 1000).map_tiles(lambda tile: tile + 3)
    >>> im.avg()
    3.0
    >>> im.map_tiles(lambda tile, other: tile * 2 + other, im).avg()
    9.0
    """
    _callbacks.check_callable(fn, "map_tiles")
    overlap = _whole(overlap, "overlap", MOST_OVERLAP)
    if edge not in EDGES:
        raise ParameterError(f"map_tiles: edge must be one of {', '.join(EDGES)}, not {edge!r}")
    if bands is not None and _whole(bands, "bands", 10_000) == 0:
        raise ParameterError("map_tiles: bands must be 1 or more, not 0")
    if format is not None and not isinstance(format, str):
        raise ParameterError(f"map_tiles: format must be a name such as \"float\", not {format!r}")
    images = [_image(other) for other in others]
    return self._map_tiles(images, fn, _callbacks.title_of(fn), overlap, edge, format or "", bands or 0)
