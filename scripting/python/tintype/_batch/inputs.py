# Finds the files that a batch is to go through: files, folders, patterns, in natural order.
# SPDX-License-Identifier: GPL-3.0-or-later
import dataclasses
import glob
import os
import re
import stat

from .. import _addons, _tintype
from .._tintype import FileError, ParameterError

# Texts that libvips can read as matrices; a folder's tables and lists are no pictures.
NO_PICTURES = ("csv", "mat")


@dataclasses.dataclass(frozen=True)
class Input:
    """One file, and the folder that it was found below."""

    path: str  # as people know it
    root: str

    @property
    def key(self):
        """By which the journal knows it."""
        return os.path.abspath(self.path)

    @property
    def folder(self):
        """The folders between the root and the file; empty when there are none."""
        inside = os.path.relpath(os.path.dirname(self.key), os.path.abspath(self.root))
        return "" if inside == os.curdir else inside


def natural_key(path):
    """Sorts scan2 before scan10, and folder by folder."""
    return [[_part_key(part) for part in re.split(r"([0-9]+)", name) if part] for name in path.split(os.sep)]


def _part_key(part):
    # Other digits, such as ², are letters here: not all of them count.
    return (0, int(part), part) if part.isascii() and part.isdigit() else (1, 0, part)


def find(given, recursive=False, root=None):
    """The Inputs in natural order, each once. Raises FileError for what is not there, ParameterError for what is no path."""
    paths = [given] if isinstance(given, (str, bytes, os.PathLike)) else _listed(given)
    found, listed = [], []
    for path in paths:
        path = _text(path)
        if os.path.isdir(path):
            found += [Input(file, root or path) for file in _pictures_in(path, recursive)]
        elif os.path.isfile(path):
            listed.append(path)
        elif os.path.exists(path):
            raise FileError(f"{path}: this is a {_kind(path)}, not a file; a batch takes files, folders and patterns")
        elif glob.has_magic(path):
            found += [Input(file, root or _fixed_part(path)) for file in _matching(path)]
        else:
            raise FileError(f"{path}: there is no such file or folder")
    if listed:
        shared = root or os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in listed])
        found += [Input(path, shared) for path in listed]
    if not paths:
        raise ParameterError("batch: inputs must name a file, a folder or a pattern at least; the list is empty")
    once = {one.key: one for one in reversed(found)}
    for one in once.values():
        if one.folder.split(os.sep)[0] == os.pardir:
            raise ParameterError(f"batch: {one.path} does not lie below root, which is {root}")
    return sorted(once.values(), key=lambda one: natural_key(one.path))


def _listed(given):
    try:
        return list(given)
    except TypeError:
        raise ParameterError(f"batch: inputs must be a path, a pattern, or several of them, not {given!r}") from None


def _text(path):
    try:
        text = os.fsdecode(path)
    except TypeError:
        raise ParameterError(f"batch: an input must be a path, not {type(path).__name__}") from None
    if not text or "\0" in text:
        raise ParameterError(f"batch: an input must be a path, not {text!r}")
    return text


def _suffixes():
    # Add-ons may bring formats.
    _addons.load_enabled()
    return tuple("." + suffix for suffix in _tintype.loadable_suffixes() if suffix not in NO_PICTURES)


def _pictures_in(folder, recursive):
    suffixes = _suffixes()
    found, deeper = [], False
    for where, folders, files in os.walk(folder, onerror=_refuse_folder):
        # What begins with a dot is hidden: thumbnails of other programs, and unfinished files of ours.
        folders[:] = [name for name in folders if not name.startswith(".")]
        pictures = [name for name in files if name.lower().endswith(suffixes) and not name.startswith(".")]
        found += [path for path in (os.path.join(where, name) for name in pictures) if not _is_special(path)]
        if not recursive:
            deeper = bool(folders)
            break
    if not found:
        hint = "; those below are taken with recursive" if deeper else ""
        raise FileError(f"{folder}: there are no pictures in this folder{hint}")
    return found


def _is_special(path):
    """Whether reading it could take for ever, as from a pipe. A link to nothing is a file that will be reported."""
    return os.path.exists(path) and not os.path.isfile(path)


def _kind(path):
    mode = os.stat(path).st_mode
    return "pipe" if stat.S_ISFIFO(mode) else "socket" if stat.S_ISSOCK(mode) else "device"


def _refuse_folder(error):
    raise FileError(f"{error.filename}: the folder cannot be read: {error.strerror}")


def _matching(pattern):
    found = [path for path in glob.iglob(pattern, recursive=True) if os.path.isfile(path)]
    if not found:
        raise FileError(f"{pattern}: no file matches this pattern")
    return found


def _fixed_part(pattern):
    """The folders of a pattern before the first that is not fixed."""
    parts = pattern.split(os.sep)
    fixed = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    return os.sep.join(parts[:fixed]) or (os.sep if pattern.startswith(os.sep) else os.curdir)


def read_list(stream):
    """The paths that a stream of bytes lists: one a line, or each ended by a null byte, as `find -print0` does."""
    content = stream.read()
    parts = content.split(b"\0") if b"\0" in content else content.splitlines()
    paths = [os.fsdecode(part) for part in parts if part]
    if not paths:
        raise FileError("-: the list of files on the standard input is empty")
    return paths
