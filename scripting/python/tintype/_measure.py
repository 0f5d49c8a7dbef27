# Measuring: tables of objects, their outlines, and profiles along lines.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from . import _tintype
from ._table import Table
from ._tintype import Image, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._types import Array

# Samples of profile_line, which holds them in memory several times.
MOST_SAMPLES = 10_000_000
# How a column grows with the side of a pixel. The place of an object in the image stays in pixels.
_LENGTHS = ("equivalent_diameter", "perimeter", "major_axis", "minor_axis")


def measure(labels: Image, image: Image | None = None, *, pixel_size: float | None = None, unit: str = "µm") -> Table:
    """Measure every object of an image of labels, and with an `image` of the same size its intensity there.

    `labels` has one band of whole numbers, in any real format: 0 is the background, every other number an object, of one or
    several pieces; numbers may have gaps, up to 4294967295. The Table has a row for each, in the order of the labels:

    - `label`
    - `area`: the number of pixels
    - `left`, `top`, `width`, `height`: the bounding box
    - `x`, `y`: the centroid; the centre of the first pixel is 0, 0
    - `equivalent_diameter`: of a circle of the same area
    - `perimeter`: Benkrid and Crookes' estimate by pairs of border pixels
    - `major_axis`, `minor_axis`: whole axes of the ellipse with the same second moments
    - `orientation`: of the major axis against the rows, anticlockwise, above -90° up to 90°
    - `eccentricity`: of that ellipse, 0 for a circle, nearly 1 for a line
    - `solidity`: the share of its convex hull that the object fills
    - with an image `mean`, `minimum`, `maximum` and `sum`, or with several bands `mean_0`, …, `mean_1`, …

    The definitions are those of scikit-image's regionprops, and the numbers agree to 1e-6. Only pixels whose centres lie exactly
    on the border of the hull, which count here, may be rounded away there. scikit-image's orientation is this one less 90°, in
    radians.

    Lengths are in pixels, or in `unit` where `pixel_size` says how long the side of a pixel is; box and centroid stay in
    pixels. Images larger than memory are read in strips, once. Raises ParameterError, which names the value, for labels that
    are negative, not whole or several bands, for complex numbers, and for sizes that differ.

    >>> import tintype as tt
    >>> labels = tt.Image.new_from_list([[1, 1, 0, 5], [1, 1, 0, 5]])
    >>> t = tt.measure(labels, labels * 10)
    >>> list(zip(t["label"], t["area"], t["x"], t["mean"]))
    [(1, 4, 0.5, 10.0), (5, 2, 3.0, 50.0)]
    >>> tt.measure(labels, pixel_size=0.5).units["area"]
    'µm²'
    """
    for name, value in (("labels", labels), ("image", image)):
        if not isinstance(value, Image) and not (name == "image" and value is None):
            raise ParameterError(f"measure: {name} must be an Image, not {type(value).__name__}")
    if pixel_size is not None and not 0 < _number(pixel_size) < float("inf"):
        raise ParameterError(f"measure: pixel_size must be above 0 and finite, not {pixel_size}")
    if not isinstance(unit, str):
        raise ParameterError(f"measure: unit must be a text such as 'mm', not {unit!r}")
    columns, units = _tintype.measure(labels, image)
    table = Table(columns, units)
    if pixel_size is not None:
        _scale(table, pixel_size, unit)
    return table


def _number(value):
    """The value as a float, which is not a number where it is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _scale(table, pixel_size, unit):
    table["area"] = table["area"] * float(pixel_size) ** 2
    table.units["area"] = f"{unit}²"
    for name in _LENGTHS:
        table[name] = table[name] * float(pixel_size)
        table.units[name] = unit


def contours(labels: Image, connectivity: int = 8) -> dict[int, list[Array]]:
    """The outlines of every object of an image of labels, as polygons along the edges of the pixels.

    A polygon is an array of corners, count x 2, with x and y; the pixel in column 0 and row 0 reaches from 0, 0 to 1, 1, so that
    the polygon's area is the object's number of pixels. Corners stand only where the outline turns, and the first is not
    repeated. Outer outlines run clockwise as seen on the screen, those of holes anticlockwise. With `connectivity` 4 pixels that
    touch at a corner only get outlines of their own. The labels are held in memory. Raises ParameterError as `measure` does.

    >>> import tintype as tt
    >>> tt.contours(tt.Image.new_from_list([[0, 0, 0], [0, 7, 7]]))[7][0].tolist()
    [[1, 1], [3, 1], [3, 2], [1, 2]]
    """
    if not isinstance(labels, Image):
        raise ParameterError(f"contours: labels must be an Image, not {type(labels).__name__}")
    if connectivity not in (4, 8):
        raise ParameterError(f"contours: connectivity must be 4 or 8, not {connectivity!r}")
    found: dict[int, list[Array]] = {}
    for label, corners in _tintype.contours(labels, connectivity == 8):
        found.setdefault(label, []).append(corners)
    return dict(sorted(found.items()))


def profile_line(self, x1: float, y1: float, x2: float, y2: float, width: int = 1) -> Array:
    """The numbers along a line as an array: one for each pixel of its length, both ends included.

    With several bands the array has a row for each place and a column for each band. Whole numbers mean the centres of
    pixels; between them values are interpolated linearly, and beyond the image's edge the edge goes on. With a `width` above 1
    each number is the mean of as many samples, a pixel apart, across the line. As scikit-image's `profile_line` with `order=1`
    and `mode="nearest"`. Raises ParameterError for ends that are not finite and for other widths than 1 to 10000.

    >>> import tintype as tt
    >>> tt.Image.xyz(8, 8)[0].profile_line(1, 2, 5, 2)
    array([1., 2., 3., 4., 5.])
    """
    import numpy as np

    ends = np.array([[_number(x1), _number(y1)], [_number(x2), _number(y2)]])
    if not np.isfinite(ends).all():
        raise ParameterError(f"profile_line: the ends must be finite, not {x1}, {y1} and {x2}, {y2}")
    if isinstance(width, bool) or not _number(width).is_integer() or not 1 <= _number(width) <= 10_000:
        raise ParameterError(f"profile_line: width must be a whole number from 1 to 10000, not {width}")
    along = ends[1] - ends[0]
    length = float(np.hypot(*along))
    count = int(np.ceil(length)) + 1
    if count * int(width) > MOST_SAMPLES:
        raise ParameterError(
            f"profile_line: length times width may be up to {MOST_SAMPLES}, but the line is {length:g} pixels long and {width} wide"
        )
    samples = np.linspace(0, 1, count)[:, None, None] * along + ends[0]
    direction = along / length if length else np.array([1.0, 0.0])
    across = np.array([-direction[1], direction[0]])
    places = samples + (np.arange(int(width)) - (int(width) - 1) / 2)[None, :, None] * across
    return _sampled(self, places).mean(axis=1)


def _sampled(image, places):
    """The values at places, rows x columns x 2, each interpolated; rows x columns, and the bands if there are several."""
    import numpy as np

    limits = np.array([image.width - 1, image.height - 1])
    inside = np.clip(places, 0, limits)
    index = Image.new_from_array(inside.astype(np.float64), interpretation="multiband")
    decimal = image.cast("dpcomplex" if "complex" in image.format else "double")
    # One pixel more on each side, so that the last column and row have a neighbour.
    padded = decimal.embed(1, 1, image.width + 2, image.height + 2, extend="copy")
    sampled = padded.mapim(index + 1, interpolate="bilinear").numpy()
    return sampled.reshape(places.shape[:2] + (() if image.bands == 1 else (-1,)))
