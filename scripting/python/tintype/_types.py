# The words that the package's annotations use. Only type checkers and editors read this; nothing imports it at run time.
# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Sequence
from os import PathLike
from typing import Any, TypeVar, Union

import numpy.typing as npt

from tintype import Image

T = TypeVar("T")

Array = npt.NDArray[Any]
FilePath = Union[str, PathLike[str]]
Memory = Union[bytes, bytearray, memoryview, Array]

# One number, or one for each band.
Numeric = Union[float, Sequence[float], Array]
WholeNumbers = Union[int, Sequence[int], Array]
# Rows of numbers.
Matrix = Sequence[Sequence[float]]
# What may stand for an image: a number and a list stand for an image of that colour.
ImageLike = Union[Image, Numeric, Matrix]
# What a recipe is used on.
Picture = Union[Image, FilePath, Array]

# The value of a metadata field.
Metadata = Union[bool, int, float, str, bytes, list[Any]]
