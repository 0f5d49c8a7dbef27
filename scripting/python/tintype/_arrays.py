# Images from arrays, lists and memory, and arrays from images.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import sys

from . import _memory, _tintype
from ._tintype import Image, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ._types import Array, Matrix, Memory


def _is_matrix(value):
    """A list of rows, or one row, of plain numbers."""
    if not isinstance(value, (list, tuple)) or not value:
        return False
    rows = value if isinstance(value[0], (list, tuple)) else [value]
    return all(isinstance(row, (list, tuple)) and row and not isinstance(row[0], (list, tuple)) for row in rows)


def _from_matrix(value, scale, offset):
    rows = value if isinstance(value[0], (list, tuple)) else [value]
    width = len(rows[0])
    for index, row in enumerate(rows):
        if len(row) != width:
            raise ParameterError(
                f"new_from_array: the rows of a matrix must be of one length, but row 0 has {width} numbers and "
                f"row {index} has {len(row)}"
            )
    return Image.matrix([number for row in rows for number in row], width, scale=scale, offset=offset)


def _usable(array):
    """The array in a type, byte order and layout that images have; a new one only where it must be."""
    import numpy

    if array.dtype == bool:
        return array.astype(numpy.uint8, order="C") * numpy.uint8(255)
    if array.dtype in (numpy.int64, numpy.uint64):
        return _narrowed(array)
    if array.dtype == numpy.float16:
        return array.astype(numpy.float32, order="C")
    wanted = array.dtype if array.dtype.isnative else array.dtype.newbyteorder("=")
    return numpy.require(array, wanted, ["C_CONTIGUOUS", "ALIGNED"])


def _narrowed(array):
    """64-bit integers, numpy's default, in 32 bits where they fit."""
    import numpy

    target = numpy.iinfo(numpy.int32 if array.dtype == numpy.int64 else numpy.uint32)
    if array.size and (array.min() < target.min or array.max() > target.max):
        raise ParameterError(
            f"new_from_array: integers in images have 32 bits ({target.min} to {target.max}), but the array holds "
            f"{array.min()} to {array.max()}; convert it to float64 first"
        )
    return array.astype(target.dtype, order="C")


def _checked(array):
    """What was given, as an array of numbers with the shape of an image."""
    import numpy

    try:
        array = numpy.asarray(array)
    except ValueError as error:
        raise ParameterError(f"new_from_array: the rows must be of one length ({error})") from None
    if array.ndim == 0 and array.dtype.kind in "biufc":
        array = array.reshape(1, 1)
    if 0 in array.shape or array.ndim not in (1, 2, 3):
        raise ParameterError(
            f"new_from_array: the shape must be height x width or height x width x bands, each at least 1, not {array.shape}"
        )
    if array.dtype == object:
        raise ParameterError(f"new_from_array: an array of numbers is needed, not of {type(array.flat[0]).__name__}")
    if array.dtype.kind not in "biufc":
        raise ParameterError(f"new_from_array: an image cannot hold numbers of the type {array.dtype}")
    return array


def _hand_over(array):
    """Take away the writeable flags of an array, and of those that it is a view of."""
    chain, owner = [], array
    while hasattr(owner, "flags"):
        chain.append(owner)
        owner = owner.base
    owner = owner.obj if isinstance(owner, memoryview) else owner
    if not _memory.is_read_only(owner):
        raise ParameterError(
            f"new_from_array: the memory belongs to a {type(owner).__name__}, through which it can be written to; leave copy=False out"
        )
    for view in chain:
        view.flags.writeable = False


def _interpretation(wanted, array):
    """The name that was given, checked; "" for what is usual. `auto` is pyvips' guess."""
    if wanted is None:
        return ""
    known = [*_tintype.choices("VipsInterpretation"), "auto"]
    if wanted not in known:
        raise ParameterError(f"new_from_array: interpretation must be one of {', '.join(known)}, not {wanted!r}")
    return _guessed(array) if wanted == "auto" else wanted


def _guessed(array):
    bands = array.shape[2] if array.ndim == 3 else 1
    if array.dtype.kind == "c":
        return "fourier"
    if array.dtype.kind == "i":
        return "matrix" if bands == 1 and array.dtype.itemsize < 4 else "multiband"
    if bands > 4 or (array.dtype.kind == "u" and array.dtype.itemsize > 2):
        return "multiband"
    names = {"u1": ("b-w", "rgb"), "u2": ("grey16", "rgb16")}.get(array.dtype.str[1:], ("b-w", "scrgb"))
    return names[bands > 2]


def new_from_array(
    array: Array | Matrix | Sequence[float],
    scale: float = 1.0,
    offset: float = 0.0,
    interpretation: str | None = None,
    copy: bool | None = None,
) -> Image:
    """An image from an array, or from a list of rows of numbers.

    An array has the shape height x width or height x width x bands. Later changes of it do not show: its memory is used as it
    is when it is read-only, or when nobody else has the array any more, and copied otherwise. `copy=False` hands the array
    over: it becomes read-only, and is used as it is, or ParameterError says why it cannot be; `copy=True` always copies. True
    and False become 255 and 0. A list of rows makes a matrix, a double image with one band, with the `scale` and `offset` that
    convolution uses. `interpretation="auto"` guesses as pyvips does: decimal colours are scRGB. Raises ParameterError for other
    shapes and types.

    >>> import tintype as tt
    >>> tt.Image.new_from_array([[1, 2], [3, 4]]).tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    >>> import numpy
    >>> tt.Image.new_from_array(numpy.zeros((20, 30, 3), "uint8")).interpretation
    'srgb'
    """
    if interpretation is None and _is_matrix(array):
        return _from_matrix(array, scale, offset)
    given, array = array, None
    lonely = sys.getrefcount(given) == _memory.NOBODY_ELSE and hasattr(given, "flags") and _memory.is_lonely_base(given)
    array = _checked(given)
    usable = _usable(array)
    is_new = not _shares_memory(usable, given)
    if copy is False and is_new:
        raise ParameterError(
            f"new_from_array: an array of {array.dtype} with the strides {array.strides} has to be copied for an image; "
            "leave copy=False out"
        )
    if copy is False:
        _hand_over(usable)
    share = copy is not True and (is_new or lonely or copy is False or _memory.is_read_only(usable))
    return Image._from_buffer(usable, _interpretation(interpretation, usable), share)


def _shares_memory(array, given):
    """Whether the array may be on the memory of what was given; what is no array may keep its memory."""
    import numpy

    return numpy.may_share_memory(array, given) if isinstance(given, numpy.ndarray) else not isinstance(given, (list, tuple))


def new_from_list(rows: Matrix | Sequence[float], scale: float = 1.0, offset: float = 0.0) -> Image:
    """A matrix from a list of rows of numbers, as new_from_array makes it.

    >>> import tintype as tt
    >>> tt.Image.new_from_list([[1, 2, 3]]).width
    3
    """
    return new_from_array(rows, scale, offset)


def new_from_memory(data: Memory, width: int, height: int, bands: int, format: str) -> Image:
    """An image from packed pixels: rows from top to bottom, the bands of a pixel side by side.

    Memory that is read-only, as that of bytes, is used as it is; memory that somebody may write to is copied.

    >>> import tintype as tt
    >>> tt.Image.new_from_memory(bytes([1, 2, 3, 4]), 2, 2, 1, "uchar").tolist()
    [[1, 2], [3, 4]]
    """
    return Image._from_memory(data, width, height, bands, format, _memory.is_read_only(data))


def numpy(self, dtype: Any = None, plane: int | None = None) -> Array:
    """The pixels as a numpy array: height x width, with the bands as a last axis when there are several.

    Nothing is copied. The array is your own and may be written to when its pixels were computed for it; it is read-only when
    they stand in memory anyway, as those of an image made from an array: `numpy.array(image)` makes a copy. An image with
    planes gives all of them, along the first axes, in the order of `axes`; or only that of the index `plane`.

    >>> import tintype as tt
    >>> tt.Image.black(3, 2).numpy()
    array([[0, 0, 0],
           [0, 0, 0]], dtype=uint8)
    """
    count = self.planes if plane is None else 1
    if count == 1:
        array = self._array(plane or 0)
    else:
        import numpy as np

        array = np.stack([self._array(index) for index in range(count)])
        sizes = [size if isinstance(size, int) else len(size) for size in self.axes.values()]
        array = array.reshape(sizes + list(array.shape[1:]))
    return array if dtype is None else array.astype(dtype, copy=False)


def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
    # numpy has asked for a buffer before, and swallowed what went wrong.
    self._raise_view_error()
    array = numpy(self, dtype)
    return array.copy() if copy and not array.flags.writeable else array


def tolist(self) -> list[Any]:
    """The pixels as lists in a list: rows of numbers, or rows of lists when there are several bands."""
    return numpy(self).tolist()


def pil(self) -> Any:
    """The pixels as an image of Pillow's, which must be installed: grey, RGB or RGBA of 8 bits, or one band of other numbers.

    picture = tt.Image.new_from_file("scan.jpg").pil()
    """
    import PIL.Image

    return PIL.Image.fromarray(numpy(self))
