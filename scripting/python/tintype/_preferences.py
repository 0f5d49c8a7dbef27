# Preferences of add-ons: fields with a page in the window, kept in the person's configuration folder.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
import os
import pathlib
import sys
import tempfile
import threading

from . import _panel
from ._annotations import KINDS as _KINDS
from ._tintype import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Preferences(_panel.Panel):
    """Preferences of an add-on, with a page of their own in Edit, Preferences: declared as a tt.Panel is.

    What the person changes there and what code sets is kept, as JSON in the configuration folder, one file for each `id`
    (otherwise the class' name with that of its module), and is there again the next time, without a window too. A kept value
    that the fields do not allow any more is left out with a message.

    >>> import tintype as tt
    >>> class Settings(tt.Preferences):
    ...     id = "docs.settings"
    ...     title = "Grains"
    ...     folder: str = "out"
    >>> Settings.panel.folder
    'out'
    >>> Settings.panel.close()
    """

    def _prepare(self, parameters):
        self._parameters = parameters
        self._file = _folder() / f"{_file_name(self._id)}.json"
        self._lock = threading.Lock()
        self._load()

    @classmethod
    def _place(cls):
        return "preferences"

    @classmethod
    def _functions(cls, panel, parameters, functions):
        """What the person changes is kept before the code is told."""
        for name, parameter in parameters.items():
            if parameter.kind in ("image", "images"):
                raise ParameterError(f"{cls.title}: {name} cannot be {_KINDS[parameter.kind]}, which cannot be kept in a file")
        return {name: _kept(panel, functions.get(name)) for name in parameters} | {
            name: function for name, function in functions.items() if name not in parameters
        }

    def _load(self):
        for name, value in _read(self._file).items():
            parameter = self._parameters.get(name)
            if parameter is None:
                continue
            try:
                self._native.set_value(name, parameter.check(value, str(self._file)))
            except ParameterError as error:
                print(f"tintype: {error}; its default is used", file=sys.stderr)

    def _save(self):
        with self._lock:
            # What other versions of the add-on have kept stays.
            kept = _read(self._file)
            for name in self._parameters:
                value = self._native.value(name)
                kept[name] = os.fspath(value) if isinstance(value, pathlib.PurePath) else value
            _write(self._file, kept)

    def _value_set(self):
        self._save()


def _kept(panel, told):
    def changed(value):
        panel._save()
        if told:
            told(value)

    return changed


def _folder():
    """Where this person's preferences are."""
    return pathlib.Path(os.environ.get("XDG_CONFIG_HOME") or pathlib.Path.home() / ".config") / "tintype" / "preferences"


def _file_name(id):
    return "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in id)


def _read(path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        print(f"tintype: {path} cannot be read: {error}; defaults are used", file=sys.stderr)
        return {}
    except ValueError as error:
        # The next change writes the file anew, and a comma too many must not cost the rest.
        aside = path.with_suffix(".json.broken")
        os.replace(path, aside)
        print(f"tintype: {path} is not JSON: {error}; defaults are used, and what it held is in {aside}", file=sys.stderr)
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(path, kept):
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
