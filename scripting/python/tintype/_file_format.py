# File formats that Python functions open and save: what they are described by, and how the engine calls them.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pathlib
import weakref

from . import _annotations, _callbacks, _operation, _tintype
from ._annotations import NOTHING
from ._tintype import Image, OperationError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

# By id: what the engine calls, for as long as it may.
_defined = weakref.WeakValueDictionary()


def file_format(
    id: str,
    *,
    title: str = "",
    suffixes: str | Iterable[str],
    load: Callable[..., Any] | None = None,
    save: Callable[..., Any] | None = None,
    sniff: bytes | Iterable[bytes] = (),
) -> None:
    """Open or save files of one more format, wherever Tintype opens or saves pictures: tt.open, the window, batches, recipes.

    `id` is what code says, `loader="npy"`, of small letters, digits and _; people read `title` (made of the id when left out).
    `suffixes` are the endings of its files, such as [".npy"]; `sniff` are the bytes with which its files begin, or several such.

    `load(path)` gives the picture: a tt.Image, or an array; a list of them for pages; or a dict of them for channels, by their
    names. It is called once when a file is opened, and again when its result was forgotten. `save(image, path)` writes the image
    to a new file, which takes the place of the old one when the function has come to its end. The path is a str, or a
    pathlib.Path where the annotation says so. Further parameters are options, described by annotations as those of an operation:
    `tt.open(path, page=2)`, `im.write_to_file(path, quality=80)`.

    Both run on whichever thread needs them, never on that of the window, and are ended by Stop. What they raise is a FileError
    that names the file and the format. What Tintype opens itself it goes on opening itself; a file that it does not know is given
    to the format of its suffix, or else to one whose `sniff` it begins with.

    The format belongs to the script, the console or the add-on that defines it and goes with it. Defining it again replaces it.
    Raises ParameterError for an id or a suffix that somebody else has, or Tintype itself, and for what cannot be described.

    >>> import tintype as tt
    >>> def load(path):
    ...     with open(path) as file:
    ...         return tt.Image.black(*map(int, file.read().split()))
    >>> tt.file_format("dark", title="Dark picture", suffixes=".dark", load=load)
    >>> with open("night.dark", "w") as file:
    ...     _ = file.write("4 3")
    >>> tt.open("night.dark").width
    4
    >>> tt.remove_file_format("dark")
    """
    for name, value in (("id", id), ("title", title)):
        if not isinstance(value, str):
            raise ParameterError(f"file_format: {name} must be a text, not {value!r}")
    said = {
        "id": id,
        "title": title or _annotations.title_from(id),
        "suffixes": _suffixes(id, suffixes),
        "beginnings": _beginnings(id, sniff),
        "load": load,
        "save": save,
    }
    _add(said)


def remove_file_format(id: str) -> None:
    """Take away a file format that this script, console or add-on has defined.

    Raises NotFoundError when there is none of that id, and ParameterError when it is somebody else's.

    >>> import tintype as tt
    >>> tt.file_format("doc_same", suffixes=".same", load=lambda path: tt.Image.black(1, 1))
    >>> tt.remove_file_format("doc_same")
    """
    _tintype.remove_file_format(id)


def _add(said):
    id = said["id"]
    caller = f"file format '{id}'"
    load = _way(said["load"], said, f"{caller}, load", ["path"], Load)
    save = _way(said["save"], said, f"{caller}, save", ["image", "path"], Save)
    _tintype.add_file_format({key: said[key] for key in ("id", "title", "suffixes", "beginnings")}, load, save)
    if not _tintype.is_addon_code():
        _defined[id] = (load or save)[1]


def define_again(said):
    """Define one that has come from another process, as defined_here gave it there."""
    _add(said)


def defined_here():
    """(id, what was said of it) of each that is no add-on's."""
    ids = set(_tintype.file_format_ids())
    return [(id, way.said) for id, way in list(_defined.items()) if id in ids]


def _suffixes(id, given):
    suffixes = [given] if isinstance(given, str) else _listed(given, f"file format '{id}': suffixes must be texts such as .npy")
    for suffix in suffixes:
        if not isinstance(suffix, str) or not suffix.startswith(".") or len(suffix) < 2:
            raise ParameterError(f"file format '{id}': a suffix must be a text that begins with a dot, such as .npy, not {suffix!r}")
    return [suffix[1:].lower() for suffix in suffixes]


def _beginnings(id, given):
    beginnings = [given] if isinstance(given, bytes) else _listed(given, f"file format '{id}': sniff must be bytes")
    for bytes_ in beginnings:
        if not isinstance(bytes_, bytes):
            raise ParameterError(f"file format '{id}': sniff must be bytes, such as b'NUMPY', not {bytes_!r}")
    return beginnings


def _listed(given, message):
    try:
        return list(given)
    except TypeError:
        raise ParameterError(f"{message}, not {given!r}") from None


def _way(function, said, caller, first, kind):
    """(description, what the engine calls) of load or save; None where there is none."""
    if function is None:
        return None
    _callbacks.check_callable(function, caller)
    parameters = list(_operation.parameters_of(function, caller))
    by_place = [each for each in parameters if each.kind != each.KEYWORD_ONLY]
    if len(by_place) < len(first):
        raise ParameterError(f"{caller}: the function must take {' and '.join(first)} first, as in {kind.__name__.lower()}({', '.join(first)})")
    hints = _annotations.hints(function, caller)
    names = [each.name for each in by_place[: len(first)]]
    options = [_option(each, hints, caller) for each in parameters if each.name not in names]
    options.sort(key=lambda option: option.default is not NOTHING or option.optional)
    description = {
        "id": said["id"],
        "title": said["title"],
        "category": "",
        "help": "",
        "keywords": [],
        "tilewise": False,
        "inputs": [_operation.described_input(option) for option in options],
        "outputs": [],
    }
    wants_path = isinstance(hints.get(names[-1]), type) and issubclass(hints[names[-1]], pathlib.PurePath)
    return description, kind(function, options, pathlib.Path if wants_path else str, said)


def _option(parameter, hints, caller):
    default = NOTHING if parameter.default is parameter.empty else parameter.default
    option = _annotations.read(parameter.name, hints.get(parameter.name, NOTHING), default, caller)
    if option.kind in ("image", "images"):
        raise ParameterError(f"{caller}: the option {option.name} is {_annotations.KINDS[option.kind]}; options are numbers, texts and paths")
    if option.name in RESERVED:
        raise ParameterError(f"{caller}: an option cannot be called {option.name}; Tintype uses that name")
    return option


# By which file nodes, and calls that open or save, say something else.
RESERVED = ("filename", "size", "modified", "planes", "loader", "saver", "brought_by", "shown", "image", "path")


class _Way:
    def __init__(self, function, options, path_type, said):
        self.said = said  # to define it again elsewhere
        self._function = function
        self._options = options
        self._path_type = path_type

    def _chosen(self, given):
        """What was said of the options; what was left out has Python's own default."""
        return {
            each.name: pathlib.Path(given[each.name]) if each.kind == "path" else each.from_plain(given[each.name])
            for each in self._options
            if each.name in given
        }

    def __repr__(self):
        return f"<{type(self).__name__} by {_callbacks.title_of(self._function)}>"


class Load(_Way):
    """What the engine calls to open a file: gives the planes, the name of their axis, and their labels."""

    def __call__(self, given):
        found = self._function(self._path_type(given["filename"]), **self._chosen(given))
        if isinstance(found, dict):
            return [[_image(plane) for plane in _some(found.values())], "channel", [str(name) for name in found]]
        planes = found if isinstance(found, (list, tuple)) else [found]
        return [[_image(plane) for plane in _some(planes)], "page", []]


class Save(_Way):
    """What the engine calls to save an image."""

    def __call__(self, given):
        self._function(given["image"], self._path_type(given["filename"]), **self._chosen(given))
        return []


def _some(planes):
    if not planes:
        raise OperationError("its function gave no planes")
    return planes


def _image(found):
    if isinstance(found, Image):
        return found
    if hasattr(found, "__array_interface__") or hasattr(found, "__array__"):
        return Image.new_from_array(found)
    hint = "; does it lack a return?" if found is None else ""
    raise OperationError(
        f"its function must give an image, an array, a list of them for pages or a dict of them for channels, not {_annotations.value_text(found)}{hint}"
    )
