# Opening and saving image files, and writing small files whole or not at all.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import builtins
import os

from . import _events
from ._tintype import FileError, Image

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._types import FilePath


def _option(text):
    """The value of an option inside a file name: "90" is a number, "true" a truth value."""
    if text in ("true", "false"):
        return text == "true"
    for convert in (int, float):
        try:
            return convert(text)
        except ValueError:
            pass
    return text


def split_options(path):
    """pyvips' `name.jpg[Q=90,strip]`: the name, and the options as a dict."""
    path = os.fspath(path) if hasattr(path, "__fspath__") else path
    if not isinstance(path, str) or not path.endswith("]") or "[" not in path or os.path.exists(path):
        return path, {}
    name, _, inside = path[:-1].rpartition("[")
    options = {}
    for part in filter(None, inside.split(",")):
        key, equals, text = part.partition("=")
        options[key.strip()] = _option(text.strip()) if equals else True
    return name, options


def new_from_file(path: FilePath, **options: Any) -> Image:
    """The first page of an image file.

    Options are those of libvips' loader for the format: `page`, `n`, `shrink`, `access`, … A damaged file raises
    OperationError when its pixels are asked for; `fail_on="none"` takes what decodes. Raises FileError when the file is
    missing or not an image.

        im = tt.Image.new_from_file("scan.jpg", shrink=2)
    """
    path, inside = split_options(path)
    return Image._open_file(path, False, inside | options)


def open(path: FilePath, **options: Any) -> Image:
    """All planes of an image file: pages, z, time and channels, as `im.axes` tells them. Otherwise as new_from_file.

        im = tt.open("cells.ome.tif")
        dapi = im.plane(z=3, channel="DAPI")
    """
    path, inside = split_options(path)
    return Image._open_file(path, True, inside | options)


def write_to_file(self, path: FilePath, **options: Any) -> None:
    """Save the image in the format that the name ends in, whole or not at all.

    Options are those of libvips' saver for the format: `Q`, `compression`, `lossless`, … A failed save leaves the old file
    untouched. Raises FileError with the reason.

        im.write_to_file("out.jpg", Q=90)
    """
    path, inside = split_options(path)
    self._write_file(path, inside | options)
    _events.tell_saved(self, path)


def read_text(path):
    """The text of a file. Raises FileError."""
    try:
        with builtins.open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{os.fspath(path)}: cannot be read: {_reason(error)}") from None


def write_text(path, text):
    """Write a small file whole or not at all. Raises FileError."""
    path = os.fspath(path)
    beside = f"{path}.{os.getpid()}.tmp" if os.path.isfile(path) or not os.path.exists(path) else None
    try:
        with builtins.open(beside or path, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            if beside:
                os.fsync(file.fileno())
        if beside:
            os.replace(beside, path)
    except OSError as error:
        if beside and os.path.exists(beside):
            os.remove(beside)
        raise FileError(f"{path}: cannot be written: {_reason(error)}") from None


def _reason(error):
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)

