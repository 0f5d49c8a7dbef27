# Preferences of add-ons: fields with a page in the window, kept in the person's configuration folder.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import contextlib
import json
import os
import pathlib
import sys

from . import _json_files, _panel
from ._addons import places
from ._parameters import KINDS as _KINDS
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
        return {name: _kept(panel, name, functions.get(name)) for name in parameters} | {
            name: function for name, function in functions.items() if name not in parameters
        }

    def _load(self):
        try:
            kept = _read(self._file)
        except OSError as error:
            print(f"tintype: {self._file} cannot be read: {error}; defaults are used", file=sys.stderr)
            return
        for name, value in kept.items():
            parameter = self._parameters.get(name)
            if parameter is None:
                continue
            try:
                self._native.set_value(name, parameter.check(value, str(self._file)))
            except ParameterError as error:
                print(f"tintype: {error}; its default is used", file=sys.stderr)

    def _save(self, name):
        with _json_files.locked(self._file):
            # What other programs have changed meanwhile stays, and what other versions of the add-on have kept.
            kept = _read(self._file)
            value = self._native.value(name)
            kept[name] = os.fspath(value) if isinstance(value, pathlib.PurePath) else value
            _json_files.write(self._file, kept)

    def _value_set(self, name):
        self._save(name)


def _kept(panel, name, told):
    def changed(value):
        panel._save(name)
        if told:
            told(value)

    return changed


def _folder():
    """Where this person's preferences are."""
    return places.config_folder() / "preferences"


def _file_name(id):
    return "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in id)


def _read(path) -> dict[str, Any]:
    """Raises OSError."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as error:
        # The next change writes the file anew, and a comma too many must not cost the rest.
        aside = path.with_suffix(".json.broken")
        with contextlib.suppress(FileNotFoundError):  # another program was quicker
            os.replace(path, aside)
        print(f"tintype: {path} is not JSON: {error}; defaults are used, and what it held is in {aside}", file=sys.stderr)
        return {}
    return kept if isinstance(kept, dict) else {}
