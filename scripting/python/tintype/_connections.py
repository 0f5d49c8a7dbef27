# Sources and targets of bytes, by pyvips' conventions, and pictures read from and written to them.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A source is read to its end when an image is made of it, so that the image can be evaluated any number of times; a target gets
the bytes as they are encoded."""

from __future__ import annotations

import builtins
import os

from . import _files
from ._callbacks import check_callable
from ._tintype import FileError, Image, NotFoundError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ._types import FilePath, Memory

CHUNK = 1 << 16


class Source:
    """Where an encoded picture comes from: a file, memory, or a descriptor such as a pipe's.

    >>> import tintype as tt
    >>> data = tt.Image.black(3, 2).write_to_buffer(".png")
    >>> tt.Image.new_from_source(tt.Source.new_from_memory(data), "").width
    3
    """

    def __init__(self) -> None:
        self._path: FilePath | None = None
        self._data: Memory | None = None
        self._descriptor = -1

    @staticmethod
    def new_from_file(filename: FilePath) -> Source:
        """A file, which must be there when an image is made of it."""
        source = Source()
        source._path = os.fspath(filename)
        return source

    @staticmethod
    def new_from_memory(data: Memory) -> Source:
        """Encoded bytes."""
        source = Source()
        source._data = data
        return source

    @staticmethod
    def new_from_descriptor(descriptor: int) -> Source:
        """A descriptor, which is read to its end, and stays open."""
        source = Source()
        source._descriptor = _checked_descriptor(descriptor)
        return source

    def filename(self) -> str | None:
        """The name of the file; None for other sources."""
        return None if self._path is None else os.fspath(self._path)

    def nick(self) -> str:
        """What messages and recipes call it."""
        return "source"

    def _read(self, size):
        return os.read(self._descriptor, size)

    def _bytes(self):
        """All bytes, read once."""
        if self._data is None:
            chunks = []
            while chunk := _checked_bytes(self._read(CHUNK)):
                chunks.append(chunk)
            self._data = b"".join(chunks)
        return self._data


def _checked_bytes(chunk):
    """What a handler gave, as bytes; a number would stand for as many zeros."""
    if chunk is None:
        return b""
    try:
        return memoryview(chunk).tobytes()
    except TypeError:
        raise ParameterError(f"on_read: the handler must give bytes, and none at the end, not {type(chunk).__name__}") from None


def _checked_descriptor(descriptor):
    if not isinstance(descriptor, int) or descriptor < 0:
        raise ParameterError(f"a descriptor is a number from 0 on, as os.open gives it, not {descriptor!r}")
    return descriptor


class SourceCustom(Source):
    """Bytes that a Python function reads.

    >>> import io
    >>> import tintype as tt
    >>> file = io.BytesIO(tt.Image.black(5, 2).write_to_buffer(".png"))
    >>> source = tt.SourceCustom()
    >>> source.on_read(file.read)
    >>> tt.Image.new_from_source(source, "").width
    5
    """

    def __init__(self) -> None:
        super().__init__()
        self._reader: Callable[[int], Any] | None = None

    def on_read(self, handler: Callable[[int], Any]) -> None:
        """Read with handler(size), which gives that many bytes at most, and none at the end."""
        check_callable(handler, "on_read")
        self._reader = handler

    def on_seek(self, handler: Callable[[int, int], Any]) -> None:
        """Taken as pyvips does; since the source is read once from where it stands, it is not called."""
        check_callable(handler, "on_seek")

    def nick(self) -> str:
        return "sourcecustom"

    def _read(self, size):
        if self._reader is None:
            raise ParameterError("SourceCustom: on_read must say how to read before an image is made of it")
        return self._reader(size)


class Target:
    """Where an encoded picture goes: a file, memory, or a descriptor.

    >>> import tintype as tt
    >>> target = tt.Target.new_to_memory()
    >>> tt.Image.black(3, 2).write_to_target(target, ".png")
    >>> target.get("blob")[1:4]
    b'PNG'
    """

    def __init__(self) -> None:
        self._path: FilePath | None = None
        self._descriptor = -1
        self._written: bytes | None = None

    @staticmethod
    def new_to_file(filename: FilePath) -> Target:
        """A file, which is written over."""
        target = Target()
        target._path = os.fspath(filename)
        return target

    @staticmethod
    def new_to_memory() -> Target:
        """Memory: `get("blob")` has the bytes afterwards."""
        return Target()

    @staticmethod
    def new_to_descriptor(descriptor: int) -> Target:
        """A descriptor, which stays open."""
        target = Target()
        target._descriptor = _checked_descriptor(descriptor)
        return target

    def get(self, name: str) -> bytes:
        """The bytes in memory, as `get("blob")`."""
        if name != "blob" or self._written is None:
            raise NotFoundError(f"Target: there is no '{name}'; a target in memory has 'blob' after it was written to")
        return self._written

    def filename(self) -> str | None:
        """The name of the file; None for other targets."""
        return None if self._path is None else os.fspath(self._path)

    def _take(self, encode):
        """Call encode(write, read, seek, end) once."""
        if self._descriptor >= 0:
            return encode(lambda data: os.write(self._descriptor, data), None, None, None)
        if self._path is None:
            chunks: list[bytes] = []
            encode(chunks.append, None, None, None)
            self._written = b"".join(chunks)
            return None
        try:
            with builtins.open(self._path, "w+b") as file:
                return encode(file.write, file.read, file.seek, file.flush)
        except OSError as error:
            if isinstance(error, FileError):
                raise
            raise FileError(f"{os.fspath(self._path)}: cannot be written: {error.strerror or error}") from None


class TargetCustom(Target):
    """A Python function that takes the bytes as they are encoded, on the threads that encode."""

    def __init__(self) -> None:
        super().__init__()
        self._handlers: dict[str, Callable[..., Any] | None] = {"write": None, "read": None, "seek": None, "end": None}

    def _on(self, name, handler):
        check_callable(handler, f"on_{name}")
        self._handlers[name] = handler

    def on_write(self, handler: Callable[[bytes], Any]) -> None:
        """Write with handler(bytes), which returns how many it took; None means all."""
        self._on("write", handler)

    def on_read(self, handler: Callable[[int], Any]) -> None:
        """Read with handler(size) what was written; some formats need it, with on_seek, and are encoded in memory without."""
        self._on("read", handler)

    def on_seek(self, handler: Callable[[int, int], int]) -> None:
        """Go elsewhere with handler(offset, whence), which returns the new position."""
        self._on("seek", handler)

    def on_end(self, handler: Callable[[], Any]) -> None:
        """Call handler() when all has been written."""
        self._on("end", handler)

    def on_finish(self, handler: Callable[[], Any]) -> None:
        """The same as on_end."""
        self._on("end", handler)

    def _take(self, encode):
        if self._handlers["write"] is None:
            raise ParameterError("TargetCustom: on_write must say how to write before an image is written to it")
        return encode(*self._handlers.values())


def options_in(text, caller):
    """The options in pyvips' "[page=2,shrink=2]"; none in an empty text."""
    if not isinstance(text, str) or (text and not (text.startswith("[") and text.endswith("]"))):
        raise ParameterError(f'{caller}: the options must be a text such as "[page=2]", or "", not {text!r}')
    return _files.split_options("x" + text)[1] if text else {}


def new_from_buffer(data: Memory, options: str = "", **more: Any) -> Image:
    """The first page of an encoded picture in memory: a PNG, a JPEG, … as bytes, which are copied.

    Options are those of libvips' loader for the format, in the text (`"[shrink=2]"`) or by name. Raises FileError for bytes
    that are no picture. A recipe cannot hold the bytes, and says so when it is saved.

    >>> import tintype as tt
    >>> tt.Image.new_from_buffer(tt.Image.black(3, 2).write_to_buffer(".png")).width
    3
    """
    return Image._open_encoded(data, "buffer", False, options_in(options, "new_from_buffer") | more)


def new_from_source(source: Source, options: str = "", **more: Any) -> Image:
    """The first page of the encoded picture that a source holds. Options and errors as for new_from_buffer."""
    return load_source(source, options_in(options, "new_from_source") | more)


def load_source(source, options):
    if not isinstance(source, Source):
        raise ParameterError(f"a Source is needed, not {type(source).__name__}")
    if source.filename() is not None:
        return Image._open_file(source.filename(), False, options)
    return Image._open_encoded(source._bytes(), source.nick(), False, options)


def encode(image, target, suffix, saver, options):
    """Write the image into a Target, in the format of the suffix, or by the saver."""
    if not isinstance(target, Target):
        raise ParameterError(f"a Target is needed, not {type(target).__name__}")
    target._take(lambda write, read, seek, end: image._encode(suffix, saver, options, write, read, seek, end))


def write_to_buffer(self, format_string: str, **options: Any) -> bytes:
    """The picture encoded as a file of the format that the ending names, options of its saver included: ".jpg[Q=90]".

    >>> import tintype as tt
    >>> tt.Image.black(3, 2).write_to_buffer(".png")[1:4]
    b'PNG'
    """
    target = Target()
    write_to_target(self, target, format_string, **options)
    return target.get("blob")


def write_to_target(self, target: Target, format_string: str, **options: Any) -> None:
    """Encode the picture into a target, in the format that the ending names. Raises FileError, or what a handler raised."""
    suffix, inside = _files.split_options(format_string)
    encode(self, target, suffix, "", inside | options)
