# pyvips' functions and small classes that belong to no image.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import builtins

from . import _addons, _formats, _metadata, _namespaces, _tintype
from ._tintype import Image, NotFoundError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Interpolate(str):
    """A way to find colours between pixels; as good as its name alone, `interpolate="bicubic"`.

    >>> import tintype as tt
    >>> tt.Image.black(9, 9).affine([2, 0, 0, 2], interpolate=tt.Interpolate.new("bicubic")).width
    18
    """

    NEAREST = "nearest"
    BILINEAR = "bilinear"
    BICUBIC = "bicubic"
    LBB = "lbb"
    NOHALO = "nohalo"
    VSQBS = "vsqbs"

    @staticmethod
    def new(name: str) -> Interpolate:
        """The interpolator of that name: nearest, bilinear, bicubic, lbb, nohalo, vsqbs."""
        known = [value for key, value in vars(Interpolate).items() if key.isupper()]
        if name not in known:
            raise ParameterError(f"Interpolate: name must be one of {', '.join(known)}, not {name!r}")
        return Interpolate(name)


class Operation:
    """Operations by their names."""

    @staticmethod
    def call(operation_name: str, *values: Any, **options: Any) -> Any:
        """Call an operation with all its inputs, images included; it returns what the method of that name does.

        >>> import tintype as tt
        >>> tt.Operation.call("black", 4, 3).width
        4
        """
        if operation_name not in _tintype.operation_ids() and operation_name not in _formats.METHODS:
            _namespaces.unknown(operation_name)
        return getattr(Image, operation_name)(*values, **options)


class Region:
    """Pixels of an image, one rectangle after the other.

    >>> import tintype as tt
    >>> tt.Region.new(tt.Image.black(9, 9) + [1, 2]).fetch(2, 3, 2, 1)
    b'\\x00\\x00\\x80?\\x00\\x00\\x00@\\x00\\x00\\x80?\\x00\\x00\\x00@'
    """

    def __init__(self, image: Image) -> None:
        self._image = image

    @staticmethod
    def new(image: Image) -> Region:
        """A region on the image."""
        return Region(image)

    def fetch(self, x: int, y: int, w: int, h: int) -> bytes:
        """The pixels of the rectangle as bytes, rows from top to bottom."""
        return self._image.crop(x, y, w, h).write_to_memory()

    @property
    def width(self) -> int:
        """The width of the image."""
        return self._image.width

    @property
    def height(self) -> int:
        """The height of the image."""
        return self._image.height


# What was asked for; Tintype's memory of pipelines has sizes of its own.
_cache = {"max": 100, "max_mem": 100 << 20, "max_files": 100, "trace": False}


def _remember(name, value):
    if not isinstance(value, int) or value < 0:
        raise ParameterError(f"cache_set_{name}: a whole number from 0 on is needed, not {value!r}")
    _cache[name] = value
    if value == 0:
        _tintype.drop_caches()


def cache_set_max(mx: int) -> None:
    """Taken as pyvips does. 0 forgets all pipelines that were built; other numbers have no effect."""
    _remember("max", mx)


def cache_set_max_mem(mx: int) -> None:
    """Taken as pyvips does. 0 forgets all pipelines that were built; other numbers have no effect."""
    _remember("max_mem", mx)


def cache_set_max_files(mx: int) -> None:
    """Taken as pyvips does. 0 forgets all pipelines that were built; other numbers have no effect."""
    _remember("max_files", mx)


def cache_set_trace(trace: bool) -> None:
    """Taken as pyvips does, without effect."""
    _cache["trace"] = bool(trace)


def cache_get_max() -> int:
    """What cache_set_max was given last."""
    return _cache["max"]


def cache_get_max_mem() -> int:
    """What cache_set_max_mem was given last."""
    return _cache["max_mem"]


def cache_get_max_files() -> int:
    """What cache_set_max_files was given last."""
    return _cache["max_files"]


def version(flag: int) -> int:
    """A number of the version of libvips: 0 the major one, 1 the minor one, 2 the micro one."""
    if flag not in (0, 1, 2):
        raise ParameterError(f"version: flag must be 0, 1 or 2, not {flag!r}")
    return _tintype.engine_version[flag]


def at_least_libvips(x: int, y: int) -> bool:
    """Whether libvips has at least the version x.y."""
    return tuple(_tintype.engine_version[:2]) >= (x, y)


def get_suffixes() -> builtins.list[str]:
    """The file name endings, with the dot, that can be saved."""
    _addons.load_enabled()
    return ["." + suffix for suffix in _tintype.savable_suffixes()]


def type_find(basename: str, nickname: str) -> int:
    """A number other than 0 when there is an operation of that name."""
    if nickname in _tintype.operation_ids() or nickname in _formats.METHODS:
        return 5000 + sum(map(ord, nickname))
    return _metadata.type_from_name(nickname)


def values_for_enum(name: str) -> builtins.list[str]:
    """The values of a libvips enumeration: values_for_enum("VipsKernel")."""
    values = _tintype.choices(name)
    if not values:
        raise NotFoundError(f"values_for_enum: libvips has no enumeration '{name}'")
    return values


def shutdown() -> None:
    """Taken as pyvips does, without effect: images may live until the end."""
