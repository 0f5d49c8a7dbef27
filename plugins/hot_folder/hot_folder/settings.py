# What a hot folder is told to do: a settings file, or keywords, checked before anything begins.
# SPDX-License-Identifier: GPL-3.0-or-later
import dataclasses
import math
import os
import pathlib
import tomllib
from typing import Any, NamedTuple

import tintype as tt

LEAVE = "leave"
# The outputs' names below each destination, in the fields of tt.batch.
NAMES = "{folder}/{stem}.{ext}"


class Field(NamedTuple):
    """How one setting is read: `check` gives its value, or None for what is not allowed."""

    check: Any
    default: Any
    allowed: str


def _path(value):
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    return value if isinstance(value, str) and value.strip() and "\0" not in value else None


def _number(least, most=math.inf):
    def check(value):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return float(value) if is_number and math.isfinite(value) and least <= value <= most else None

    return check


def _name(value):
    value = _path(value)
    return None if value is None or os.path.isabs(value) or ".." in value.split(os.sep) else value


def _whole(least, most):
    return lambda value: value if type(value) is int and least <= value <= most else None


def _patterns(value):
    return list(value) if isinstance(value, (list, tuple)) and all(isinstance(one, str) and one for one in value) else None


PATHS = ("watch", "results", "recipe", "routes", "journal", "after", "failed")
FIELDS = {
    "watch": Field(_path, None, "the path of a folder"),
    "results": Field(_path, None, "the path of a folder"),
    "recipe": Field(_path, None, "the path of a recipe (.json), of a project's image (cells.tint#mask) or of a Python file"),
    "routes": Field(_path, None, "the path of a folder of routing scripts, or of one script"),
    "output": Field(_name, NAMES, "the name of an output below its destination, such as '{stem}.png'"),
    "save": Field(lambda value: dict(value) if isinstance(value, dict) else None, {}, "a table of options of the saver"),
    "after": Field(_path, LEAVE, "'leave', or the path of a folder to move finished files to"),
    "failed": Field(_path, LEAVE, "'leave', or the path of a folder to move files to that have failed"),
    "patterns": Field(_patterns, [], "a list of patterns such as ['*.tif']; an empty one takes all pictures"),
    "recursive": Field(lambda value: value if isinstance(value, bool) else None, False, "true or false"),
    "workers": Field(_whole(1, 256), os.cpu_count() or 1, "a whole number from 1 to 256"),
    "retries": Field(_whole(0, 1000), 3, "a whole number from 0 to 1000"),
    "pause": Field(_number(0, 86400), 2.0, "a number of seconds from 0 to 86400"),
    "settle": Field(_number(0, 3600), 1.0, "a number of seconds from 0 to 3600"),
    "interval": Field(_number(0.01, 3600), 1.0, "a number of seconds from 0.01 to 3600"),
    "timeout": Field(_number(0.1, 86400), 600.0, "a number of seconds from 0.1 to 86400"),
    "finish": Field(_number(0, 3600), 10.0, "a number of seconds from 0 to 3600"),
    "journal": Field(_path, None, "the path of a folder"),
}
NEEDED = ("watch", "results")


@dataclasses.dataclass(frozen=True)
class Settings:
    """One hot folder. Paths are absolute; those that are given as relative ones count from `base`, otherwise from the current
    folder. Raises ParameterError, which names field, value and what is allowed."""

    name: str
    watch: str
    results: str
    recipe: str | None
    routes: str | None
    output: str
    save: dict
    after: str
    failed: str
    patterns: list
    recursive: bool
    workers: int
    retries: int
    pause: float
    settle: float
    interval: float
    timeout: float
    finish: float
    journal: str

    def __init__(self, *, name: str = "", where: str = "hot folder", base: str | os.PathLike = "", **given: Any) -> None:
        values = {field: _checked(field, given, where) for field in FIELDS}
        for field in given:
            if field not in FIELDS:
                raise tt.ParameterError(f"{where}: there is no setting {field!r}; there are {', '.join(FIELDS)}")
        for field in PATHS:
            if values[field] is not None and values[field] != LEAVE:
                values[field] = os.path.normpath(os.path.join(os.path.abspath(base), os.path.expanduser(values[field])))
        if values["journal"] is None:
            values["journal"] = os.path.join(values["results"], ".hotfolder", os.path.basename(values["watch"]) or "root")
        for field, value in values.items():
            object.__setattr__(self, field, value)
        object.__setattr__(self, "name", name or os.path.basename(self.watch))
        self._refuse_circles(where)

    def is_watched(self, folder):
        """Whether what lies in this folder would be taken for an arrival."""
        folder, watch = os.path.realpath(folder), os.path.realpath(self.watch)
        if folder == watch:
            return True
        if not self.recursive or not folder.startswith(watch.rstrip(os.sep) + os.sep):
            return False
        return not any(is_below(folder, own) for own in self.left_out())

    def left_out(self):
        """Folders of our own, which nobody looks into where they lie in the watched one."""
        return [os.path.realpath(folder) for folder in (self.results, self.journal, self.after, self.failed) if folder != LEAVE]

    def _refuse_circles(self, where):
        watch = os.path.realpath(self.watch)
        for field in ("results", "after", "failed", "journal"):
            value = getattr(self, field)
            if value != LEAVE and os.path.realpath(value) == watch:
                raise tt.ParameterError(f"{where}: {field} must be another folder than watch, not {value!r}: what comes would go round")
            if self.recursive and field != "journal" and is_below(watch, os.path.realpath(value)):
                raise tt.ParameterError(f"{where}: {field} must not hold the watched folder when recursive is true, not {value!r}")


def is_below(path, folder):
    """Whether the path is this folder or lies in it; both without links."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _checked(field, given, where):
    check, default, allowed = FIELDS[field]
    if given.get(field) is None:
        if field in NEEDED:
            raise tt.ParameterError(f"{where}: {field} is missing; it must be {allowed}")
        return default
    value = check(given[field])
    if value is None:
        raise tt.ParameterError(f"{where}: {field} must be {allowed}, not {given[field]!r}")
    return value


def read(path):
    """The Settings of a file: one hot folder, or a table for each; what stands above the tables holds for all of them. Raises
    FileError or ParameterError."""
    path = pathlib.Path(path)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise tt.FileError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise tt.ParameterError(f"{path}: this is not TOML: {error}") from None
    tables = {name: value for name, value in content.items() if isinstance(value, dict) and name not in FIELDS}
    common = {name: value for name, value in content.items() if name not in tables}
    if not tables:
        return [Settings(name=path.stem, where=str(path), base=path.absolute().parent, **_names(common, path))]
    made = [
        Settings(name=name, where=f"{path}: [{name}]", base=path.absolute().parent, **_names(common | table, f"{path}: [{name}]"))
        for name, table in tables.items()
    ]
    _refuse_doubles(made, path)
    return made


def _names(given, where):
    for reserved in ("name", "where", "base"):
        if reserved in given:
            raise tt.ParameterError(f"{where}: there is no setting {reserved!r}; there are {', '.join(FIELDS)}")
    return given


def _refuse_doubles(made, path):
    owners = {}
    for one in made:
        other = owners.setdefault(os.path.realpath(one.journal), one)
        if other is not one:
            raise tt.ParameterError(
                f"{path}: [{other.name}] and [{one.name}] would keep one journal, {one.journal}; give them a journal each"
            )
