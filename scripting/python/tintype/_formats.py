# pyvips' methods for one file format each: Image.jpegload(...), image.jpegsave(...), and their kin for buffers and sources.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each is the general method with the loader or saver of libvips named; one that this libvips lacks is a ParameterError."""

from __future__ import annotations

from . import _connections
from ._connections import Source, Target
from ._tintype import Image, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._types import FilePath, Memory

LOADED = (
    "analyze", "csv", "fits", "gif", "heif", "jp2k", "jpeg", "jxl", "magick", "mat", "matrix", "nifti", "openexr", "openslide",
    "pdf", "png", "ppm", "rad", "raw", "svg", "tiff", "vips", "webp",
)  # fmt: skip
SAVED = (
    "csv", "dz", "fits", "gif", "heif", "jp2k", "jpeg", "jxl", "magick", "matrix", "nifti", "png", "ppm", "rad", "raw", "tiff",
    "vips", "webp",
)  # fmt: skip
# libvips reads these from a source only, not from a buffer.
SOURCES_ONLY = ("csv", "matrix", "ppm")
# What the loaders of bare numbers must be told, in this order.
NEEDED = {"raw": ("width", "height", "bands")}


def _loaders(name):
    loader = name + "load"
    needed = NEEDED.get(name, ())
    in_memory = loader + ("_source" if name in SOURCES_ONLY else "_buffer")

    def from_file(filename: FilePath, *values: Any, **options: Any) -> Image:
        if len(values) > len(needed):
            raise ParameterError(f"{loader} takes {len(needed)} values besides the file's name, not {len(values)}")
        return Image.new_from_file(filename, **dict(zip(needed, values)), **options, loader=loader)

    def from_buffer(buffer: Memory, **options: Any) -> Image:
        return Image._open_encoded(buffer, "buffer", False, options | {"loader": in_memory})

    def from_source(source: Source, **options: Any) -> Image:
        return _connections.load_source(source, options | {"loader": loader if _is_file(source) else in_memory})

    from_file.__doc__ = f"Open a file with libvips' loader `{loader}`."
    from_buffer.__doc__ = f"Open an encoded picture in memory with libvips' loader `{loader}`."
    from_source.__doc__ = f"Open the picture of a source with libvips' loader `{loader}`."
    return {loader: from_file, loader + "_buffer": from_buffer, loader + "_source": from_source}


def _is_file(source):
    return isinstance(source, Source) and source.filename() is not None


def _savers(name):
    saver = name + "save"

    def to_file(self: Image, filename: FilePath, **options: Any) -> None:
        self._write_file(filename, options | {"saver": saver})

    def to_buffer(self: Image, **options: Any) -> bytes:
        target = Target()
        _connections.encode(self, target, "", _saver_in_memory(saver), options)
        return target.get("blob")

    def to_target(self: Image, target: Target, **options: Any) -> None:
        _connections.encode(self, target, "", _saver_in_memory(saver), options)

    to_file.__doc__ = f"Save to a file with libvips' saver `{saver}`."
    to_buffer.__doc__ = f"The picture encoded by libvips' saver `{saver}`."
    to_target.__doc__ = f"Encode the picture into a target with libvips' saver `{saver}`."
    return {saver: to_file, saver + "_buffer": to_buffer, saver + "_target": to_target}


def _saver_in_memory(saver):
    """Those of foreign libraries know blobs only."""
    return saver + ("_buffer" if saver in ("magicksave",) else "_target")


def thumbnail_source(source: Source, width: int, **options: Any) -> Image:
    """A thumbnail of the picture of a source, `width` pixels wide at most, decoded only as large as needed."""
    if _is_file(source):
        return Image.thumbnail(source.filename(), width, **options)
    return Image.thumbnail_buffer(bytes(source._bytes()), width, **options)


# The names of all these methods.
METHODS: set[str] = {"thumbnail_source"}


def install(image_class):
    """Give the class a method for each format and direction."""
    for name in LOADED:
        for method, function in _loaders(name).items():
            _add(image_class, method, function, static=True)
    for name in SAVED:
        for method, function in _savers(name).items():
            _add(image_class, method, function, static=False)
    image_class.thumbnail_source = staticmethod(thumbnail_source)


def _add(image_class, name, function, static):
    METHODS.add(name)
    function.__name__ = name
    function.__qualname__ = f"Image.{name}"
    setattr(image_class, name, staticmethod(function) if static else function)
