# Add-ons: tt.addons, by which they are listed, switched on and off, and installed. The rest is imported when it is needed.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
import sys
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from .._types import FilePath
    from .addon import Addon

_manager = None
_making = threading.Lock()


def may_have_any():
    """Whether any add-on may be on: all that most programs ever ask, and quick."""
    if os.environ.get("TINTYPE_NO_ADDONS"):
        return False
    return bool(os.environ.get("TINTYPE_ADDONS_ON")) or os.path.exists(_settings())


def _settings():
    home = os.environ.get("XDG_CONFIG_HOME", "")
    home = home if os.path.isabs(home) else os.path.join(os.path.expanduser("~"), ".config")
    return os.path.join(home, "tintype", "addons.json")


def _is_wanted(name):
    """Whether it is the id of an add-on that is to be on; without our own modules, whose imports ask for that too."""
    import json

    try:
        inherited = os.environ.get("TINTYPE_ADDONS_ON")
        if inherited is not None:
            return name in json.loads(inherited)
        with open(_settings(), encoding="utf-8") as file:
            return name in json.load(file)["enabled"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False  # whoever loads them says what is wrong


def current():
    """The one of this process."""
    global _manager
    from .manager import Manager

    with _making:
        if _manager is None:
            _manager = Manager()
    return _manager


def load_enabled():
    """Loads the add-ons that the person has switched on, once in a process; waits while another thread does so.

    What fails is shown, and raises nothing. Does nothing when code of an add-on calls it.
    """
    if may_have_any():
        current().load_enabled()


def start_in_window():
    """Loads them in a window, which from then on follows what other programs switch on and off."""
    is_child = _manager.is_child if _manager is not None else "TINTYPE_ADDONS_ON" in os.environ
    load_enabled()
    if is_child or os.environ.get("TINTYPE_NO_ADDONS"):
        return
    from .following import Follower

    Follower(_settings(), current, lambda: _manager).start()


def _change_folders(folder, is_wanted):
    from . import state

    state.change_folders(folder, is_wanted)


def _installer():
    from .installer import Installer

    return Installer(current())


class _Finder:
    """The last one to be asked for a module that nobody knows: an add-on that is on, or to be on."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if path is not None or "." in name:
            return None
        if may_have_any() and _is_wanted(name):
            return current().spec_of(name)
        # One that is off: the import says so.
        return _manager.spec_of(name) if _manager is not None and _manager.has_seen(name) else None


def install():
    from .. import _tintype

    sys.meta_path.append(_Finder)
    _tintype.bring_formats_by(load_enabled)


class Addons:
    """The add-ons that there are, and what can be done with them. Those that are on are loaded first.

    Any thread may use it. What goes wrong raises AddonError, which names the add-on, and for its files the field, its value
    and what is allowed; NotFoundError where there is no add-on of that id.
    """

    def get(self, id: str) -> Addon:
        """The add-on with this id.

        >>> import tintype as tt
        >>> tt.addons.get("no_such_thing")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        tintype.NotFoundError: there is no add-on 'no_such_thing'; there are: ...
        """
        load_enabled()
        return current().get(id)

    @property
    def problems(self) -> list[str]:
        """What is wrong with whole folders in which add-ons are looked for, and with the file of what is on.

        >>> import tintype as tt
        >>> tt.addons.problems
        []
        """
        return current().look().faults

    def enable(self, id: str) -> Addon:
        """Switch it on, now and at every start, until `disable`. Waits for its start, which Stop ends.

        Raises AddonError with the traceback when it fails; then nothing of it is left, and it stays off. Python packages that
        it needs and that are not there are named, with what to install.
        """
        return current().enable(id)

    def disable(self, id: str) -> None:
        """Switch it off, now and for good: all that it has registered vanishes, and code of its that runs is stopped."""
        current().disable(id)

    def reload(self, id: str) -> Addon:
        """Switch it off and on again, with its files as they are now. Raises AddonError as `enable` does."""
        return current().reload(id)

    def watch(self, id: str, on: bool = True) -> None:
        """Reload it whenever its files change, in this program and in every window, until it is watched no more."""
        current().watch(id, on)

    def install(self, source: FilePath, upgrade: bool = False) -> Addon:
        """Copy an add-on from a folder, a zip file or a single .py file into the person's own folder. It stays off.

        One that is installed already is replaced with `upgrade` only, and loaded anew if it is on.
        """
        return _installer().install(source, upgrade)

    def remove(self, id: str) -> None:
        """Switch off an add-on that was installed, and delete its files."""
        _installer().remove(id)

    def add_folder(self, folder: FilePath) -> None:
        """Look for add-ons in this folder too, or the folder itself is one; kept until `remove_folder`."""
        _change_folders(folder, True)

    def remove_folder(self, folder: FilePath) -> None:
        """No longer look for add-ons there. Those that are on stay on until the next start."""
        _change_folders(folder, False)

    def trial(self, path: FilePath) -> AbstractContextManager[Addon]:
        """Have the add-on in this folder or file on for the time of a `with` block: for its tests. Nothing is kept.

        Raises AddonError when it cannot be switched on, and at the end when `unregister()` fails.

        >>> import tintype as tt, pathlib, tempfile
        >>> file = pathlib.Path(tempfile.mkdtemp(), "ticking.py")
        >>> _ = file.write_text('''\"\"\"
        ... ```addon.toml
        ... id = "ticking"
        ... name = "Ticking"
        ... version = "1.0"
        ... authors = ["Me"]
        ... licence = "MIT"
        ... tintype = ">=0.1"
        ... description = "Ticks every hour."
        ... ```
        ... \"\"\"
        ... import tintype as tt
        ...
        ... def register():
        ...     tt.timers.call_every(3600, print, "tick")
        ... ''')
        >>> with tt.addons.trial(file) as addon:
        ...     print(addon, addon.registered)
        <add-on ticking 1.0, on> [Registered(kind='timer', title='The timer print')]
        >>> addon.state
        'off'
        """
        return current().on_trial(path)

    # The last one: within the class the word means this from here on.
    def list(self) -> list[Addon]:
        """All add-ons that are found, those that are off or broken too, by their ids.

        >>> import tintype as tt
        >>> [addon.id for addon in tt.addons.list() if addon.state == "broken"]
        []
        """
        load_enabled()
        return current().all()

    def __repr__(self) -> str:
        return "<add-ons: list(), get(id), enable(id), disable(id), reload(id), install(path), remove(id)>"
