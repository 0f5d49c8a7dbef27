# What an add-on says of itself: the table of addon.toml, or the one in the docstring of a single file.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read without running anything of the add-on's. Every fault names the file, the field, its value and what is allowed."""
import ast
import contextlib
import dataclasses
import keyword
import pathlib
import re
import sys
import tomllib

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from .. import _tintype
from .errors import AddonError

NAME = "addon.toml"
BEGIN, END = "```addon.toml", "```"
MOST_BYTES = 1 << 20
_ID = re.compile(r"[a-z][a-z0-9_]{1,49}")


@dataclasses.dataclass(frozen=True)
class Manifest:
    """One add-on as it lies on the disk; `path` is its folder or its single file."""

    path: pathlib.Path
    id: str
    name: str
    version: str
    authors: tuple
    licence: str
    tintype: str
    description: str
    requires: tuple
    touches: tuple

    @property
    def code(self):
        """The file that is imported."""
        if self.path.is_file():
            return self.path
        package = self.path / self.id / "__init__.py"
        return package if package.is_file() else self.path / f"{self.id}.py"


def read(path):
    """The manifest of an add-on's folder or file. Raises AddonError."""
    path = pathlib.Path(path)
    file = path / NAME if path.is_dir() else path
    if path.suffix == ".zip" and path.is_file():
        raise AddonError(f"{path} is an add-on that is not installed: tintype addon install {path}")
    try:
        with open(file, "rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise AddonError(f"{path} is no add-on: there is no {file.name}") from None
    except OSError as error:
        raise AddonError(f"{file} cannot be read: {error.strerror}") from None
    if len(data) > MOST_BYTES:
        raise AddonError(f"{file} is too long for the table of an add-on: more than {MOST_BYTES} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AddonError(f"{file} is not UTF-8: byte 0x{data[error.start]:02x} at {error.start}") from None
    if file.name != NAME:
        text = _table_in_docstring(file, text)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise AddonError(f"{file}: the table is not TOML: {error}") from None
    try:
        return _checked(file, path, table)
    except ValueError as error:
        # Such as a version with more digits than Python reads.
        raise AddonError(f"{file}: {error}") from None


def _table_in_docstring(file, text):
    try:
        docstring = ast.get_docstring(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise AddonError(f"{file} is not Python: {error}") from None
    lines = (docstring or "").splitlines()
    try:
        begin = lines.index(BEGIN)
        return "\n".join(lines[begin + 1 : lines.index(END, begin + 1)])
    except ValueError:
        raise AddonError(
            f"{file} is no add-on: its docstring needs a line {BEGIN}, then the table (id = …, name = …), then a line {END}"
        ) from None


class _Fault(Exception):
    """What is allowed in a field, for a message."""


def _line(value):
    if not isinstance(value, str) or not value.strip() or len(value) > 200 or not value.isprintable():
        raise _Fault("one line of text, 1 to 200 letters")
    return value.strip()


def _text(value):
    if not isinstance(value, str) or not value.strip() or len(value) > 10_000:
        raise _Fault("a text of 1 to 10000 letters")
    return value.strip()


def _id(value):
    if not isinstance(value, str) or not _ID.fullmatch(value) or keyword.iskeyword(value):
        raise _Fault("the name of its package: 2 to 50 small letters, digits and _, a letter first, no word of Python's own")
    if value in sys.stdlib_module_names or value.partition("_")[0] == "tintype":
        raise _Fault("a name that is not taken by Python or Tintype itself")
    return value


def _version(value):
    if isinstance(value, str):
        with contextlib.suppress(InvalidVersion):
            return str(Version(value))
    raise _Fault('a version such as "1.0.2", a text')


def _versions(value):
    if isinstance(value, str):
        with contextlib.suppress(InvalidSpecifier):
            return str(SpecifierSet(value))
    raise _Fault('a range of versions such as ">=0.5,<2", a text')


def _lines(value):
    if not isinstance(value, list) or len(value) > 100:
        raise _Fault("a list of texts")
    try:
        return tuple(map(_line, value))
    except _Fault as fault:
        raise _Fault(f"a list of texts, each {fault}") from None


def _some_lines(value):
    if not value:
        raise _Fault("a list with one text or more")
    return _lines(value)


def _requirements(value):
    for text in _lines(value):
        try:
            Requirement(text)
        except InvalidRequirement:
            raise _Fault(f'a list of Python packages such as "scipy>=1.9", which {text!r} is not') from None
    return tuple(value)


FIELDS = {
    "id": _id,
    "name": _line,
    "version": _version,
    "authors": _some_lines,
    "licence": _line,
    "tintype": _versions,
    "description": _text,
    "requires": _requirements,
    "touches": _lines,
}
OPTIONAL = {"requires": (), "touches": ()}


def _checked(file, path, table):
    unknown = table.keys() - FIELDS.keys()
    if unknown:
        name = sorted(unknown)[0]
        raise AddonError(f"{file}: there is no field {name!r} (= {_shown(table[name])}); the fields are {', '.join(FIELDS)}")
    missing = [name for name in FIELDS if name not in table and name not in OPTIONAL]
    if missing:
        raise AddonError(f"{file}: {_and(missing)} {'is' if len(missing) == 1 else 'are'} missing")
    values = {}
    for name, check in FIELDS.items():
        try:
            values[name] = check(table[name]) if name in table else OPTIONAL[name]
        except _Fault as fault:
            raise AddonError(f"{file}: {name} must be {fault}; it is {_shown(table[name])}") from None
    made = Manifest(path=path, **values)
    _check_code(file, made)
    if not SpecifierSet(made.tintype).contains(_tintype.version, prereleases=True):
        raise AddonError(f"{file}: tintype: it needs Tintype {made.tintype}, and this is {_tintype.version}")
    return made


def _check_code(file, made):
    if made.path.is_file():
        if made.path.stem != made.id:
            raise AddonError(f"{file}: id must be the name of the file, {made.path.stem!r}; it is {made.id!r}")
    elif not made.code.is_file():
        there = sorted(each.parent.name for each in made.path.glob("*/__init__.py") if each.parent.name != "tests")
        found = f"there is {_and(there)}" if there else "there is none"
        raise AddonError(f"{file}: id must be the name of the Python package beside it; it is {made.id!r}, and {found}")


def _shown(value):
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"


def _and(words):
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else words[0]
