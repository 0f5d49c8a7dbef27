# What the person has decided about add-ons: one file of JSON, written whole.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import dataclasses
import json
import os

from .. import _json_files
from .._tintype import NotFoundError
from . import places
from .errors import AddonError

FORMAT = 1
NAME = "addons.json"


@dataclasses.dataclass
class State:
    """`enabled`: where each add-on lay when the person switched it on; another one of that id is not meant."""

    enabled: dict = dataclasses.field(default_factory=dict)
    folders: list = dataclasses.field(default_factory=list)
    watched: list = dataclasses.field(default_factory=list)


def path():
    return places.config_folder() / NAME


def read():
    """Raises AddonError for a file that is not ours, which then stays as it is."""
    file = path()
    try:
        with open(file, encoding="utf-8") as opened:
            found = json.load(opened)
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise AddonError(f"{file} cannot be read: {error.strerror}; it switches no add-on on") from None
    except (ValueError, RecursionError) as error:
        raise AddonError(f"{file} is not JSON: {error}; it switches no add-on on. Mend it or remove it") from None
    return _checked(file, found)


def _checked(file, found):
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        said = found.get("format") if isinstance(found, dict) else found
        raise AddonError(f"{file}: format must be {FORMAT}, not {said!r}; it switches no add-on on. Mend it or remove it")
    texts = {"enabled": dict, "folders": list, "watched": list}
    for name, kind in texts.items():
        value = found.get(name, kind())
        inside = [*value, *value.values()] if isinstance(value, dict) else value
        if not isinstance(value, kind) or not all(isinstance(each, str) for each in inside):
            allowed = "names and places" if kind is dict else "a list of texts"
            raise AddonError(f"{file}: {name} must be {allowed}, not {value!r}")
    return State(**{name: found.get(name, kind()) for name, kind in texts.items()})


@contextlib.contextmanager
def changing():
    """The state as it is now, by which the file is replaced at the end; other programs wait meanwhile."""
    file = path()
    try:
        with _json_files.locked(file):
            state = read()
            yield state
            _json_files.write(file, {"format": FORMAT, **dataclasses.asdict(state)})
    except OSError as error:
        raise AddonError(f"{error.filename or file} cannot be written: {error.strerror}") from None


def change_folders(folder, is_wanted):
    """Whether add-ons are looked for in this folder too. Raises AddonError, and NotFoundError for one that is none of them."""
    path = os.path.abspath(folder)
    if is_wanted and not os.path.exists(path):
        raise AddonError(f"there is no folder {path} to look for add-ons in")
    with changing() as now:
        if not is_wanted and path not in now.folders:
            there = ", ".join(now.folders) or "none"
            raise NotFoundError(f"{path} is none of the folders that add-ons are looked for in; they are: {there}")
        now.folders = [each for each in now.folders if each != path] + [path] * is_wanted
