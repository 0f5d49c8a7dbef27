# The add-ons of this process: which there are, which are on, and all that can be done with them.
# SPDX-License-Identifier: GPL-3.0-or-later
import atexit
import contextlib
import json
import os
import pathlib
import threading

from .. import _tintype
from .._tintype import NotFoundError
from . import finding, importing, installing, manifest, places, starting, state, watching, wheels
from .addon import Addon
from .errors import AddonError, tell
from .loading import Loaded

OFF = "TINTYPE_NO_ADDONS"
# What this process has on, for those that it starts: they have the same, whatever the person decides meanwhile.
INHERITED = "TINTYPE_ADDONS_ON"


def _called(manifest):
    return f"{manifest.name} ({manifest.id})"


class Manager:
    """Any thread. The lock is held for a look at the tables only, never while code of an add-on runs."""

    def __init__(self):
        self._lock = threading.Lock()
        self._loaded = {}
        self._paths = wheels.Paths()
        self._start = starting.Start(self)
        self._watcher = watching.Watcher(self)
        atexit.register(self._end)

    # What there is.

    def look(self):
        """Looks through all folders; what cannot be read is among the faults."""
        try:
            extra, fault = state.read().folders, []
        except AddonError as error:
            extra, fault = [], [str(error)]
        search = finding.search(extra)
        search.faults[:0] = fault
        return search

    def all(self, search=None):
        """Those that are found, by this search or a new one, and those that are on though their files are gone."""
        found = (search or self.look()).found
        with self._lock:
            loaded = dict(self._loaded)
        for id, each in loaded.items():
            if id not in found or found[id].manifest is None and each.state in ("on", "starting"):
                found[id] = finding.Found(each.manifest.path, id, each.manifest)
        return [Addon(found[id], loaded.get(id)) for id in sorted(found)]

    def get(self, id):
        for addon in self.all():
            if addon.id == id:
                return addon
        raise self._unknown(id)

    def _unknown(self, id, search=None):
        there = ", ".join((search or self.look()).found) or "none"
        return NotFoundError(f"there is no add-on {id!r}; there are: {there}")

    def _found(self, id):
        search = self.look()
        found = search.found.get(id)
        if found is None:
            raise self._unknown(id, search)
        if found.manifest is None:
            raise AddonError(found.fault)
        return found

    def _known(self, id):
        with self._lock:
            return self._loaded.get(id)

    # On and off.

    def enable(self, id):
        self.load_enabled()
        loaded = self._known(id)
        if loaded is None or loaded.state not in ("on", "starting"):
            found = self._found(id)
            loaded = self.begin(found)
        self._wait(loaded)
        try:
            with state.changing() as now:
                now.enabled[id] = loaded.place
        except BaseException:
            self._drop(loaded)
            raise
        return self.get(id)

    def begin(self, found, shows_errors=False):
        """The add-on, which is starting. Raises AddonError where it cannot begin."""
        if os.environ.get(OFF):
            raise AddonError(f"add-ons are off in this run (--no-addons, or {OFF}): {_called(found.manifest)} is not switched on")
        with self._lock:
            former = self._loaded.get(found.id)
        if former is not None:
            former.unload()
        loaded = Loaded(found.manifest, found.place, self._paths, shows_errors)
        with self._lock:
            if self._loaded.get(found.id) is not former:
                raise AddonError(f"{_called(found.manifest)} is being switched on or off by somebody else just now")
            others = [each.manifest for each in self._loaded.values() if each is not former and each.state in ("on", "starting")]
            self._loaded[found.id] = loaded
        try:
            loaded.start(others)
        except BaseException:
            self._drop(loaded)
            raise
        return loaded

    def _wait(self, loaded):
        if loaded.is_own_code():
            raise AddonError(f"{_called(loaded.manifest)} cannot wait for its own start")
        loaded.wait()
        if loaded.state == "failed":
            raise AddonError(f"{_called(loaded.manifest)} could not be switched on:\n{loaded.error.rstrip()}")
        if loaded.state != "on":
            raise AddonError(f"{_called(loaded.manifest)} was switched off while it started")
        self.hand_down()

    def _drop(self, loaded):
        """Takes it out of the process, and says what went wrong meanwhile."""
        if loaded.state == "starting" and loaded.is_own_code():
            raise AddonError(f"{_called(loaded.manifest)} cannot be switched off by its own start; raise an error there instead")
        said = loaded.unload()
        with self._lock:
            if self._loaded.get(loaded.manifest.id) is loaded:
                del self._loaded[loaded.manifest.id]
        self.hand_down()
        return said

    def disable(self, id):
        self.load_enabled()
        loaded = self._known(id)
        said = "" if loaded is None else self._drop(loaded)
        with state.changing() as now:
            was_enabled = now.enabled.pop(id, None) is not None
        if said:
            tell(said)
        if loaded is None and not was_enabled:
            self._get_off(id)

    def _get_off(self, id):
        """Raises NotFoundError where there is none at all; one that is off may be switched off."""
        search = self.look()
        if id not in search.found:
            raise self._unknown(id, search)

    def reload(self, id):
        self.load_enabled()
        loaded = self._known(id)
        if loaded is None:
            self.get(id)
            raise AddonError(f"the add-on {id!r} is off; switch it on instead")
        # Where its table is wrong now, or its files are gone, it stays on as it was.
        found = self._found_again(id, loaded.place)
        said = self._drop(loaded)
        if said:
            tell(said)
        importing.forget_compiled(found.manifest)
        self._wait(self.begin(found))
        return self.get(id)

    def _found_again(self, id, place):
        """Also where it lies in no folder that is looked through: an add-on on trial."""
        search = self.look()
        if id not in search.found and os.path.exists(place) and os.path.isabs(place):
            search.found[id] = finding.one(pathlib.Path(place))
        found = search.found.get(id)
        if found is None:
            raise AddonError(f"the add-on {id!r} is gone: it was in {place}. It stays on as it was")
        if found.manifest is None:
            raise AddonError(found.fault)
        return found

    @contextlib.contextmanager
    def on_trial(self, path):
        path = pathlib.Path(os.path.abspath(path))
        found = finding.Found(path, "", manifest.read(path))
        found.id = found.manifest.id
        if self._known(found.id) is not None:
            raise AddonError(f"the add-on {found.id!r} is on already; switch it off before another one is tried")
        loaded = self.begin(found)
        try:
            self._wait(loaded)
            yield Addon(found, loaded)
        finally:
            said = self._drop(self._known(found.id) or loaded)
        if said:
            raise AddonError(said)

    # What is to be on.

    def load_enabled(self):
        self._start.load()

    def wanted(self):
        """What is to be on, with its place. Raises AddonError."""
        if os.environ.get(OFF):
            return {}
        inherited = os.environ.get(INHERITED)
        if inherited is None:
            return state.read().enabled
        try:
            return dict(json.loads(inherited))
        except ValueError:
            raise AddonError(f"{INHERITED} must be what Tintype itself has put there, not {inherited!r}; no add-on is on") from None

    def spec_of(self, name):
        """For `import my_addon`: loads those that are to be on, where they are not yet."""
        return importing.awaiting_spec(name, self.load_enabled)

    def hand_down(self):
        """Children have what this process has."""
        with self._lock:
            on = {id: each.place for id, each in self._loaded.items() if each.state in ("on", "starting")}
        if on or INHERITED in os.environ:
            os.environ[INHERITED] = json.dumps(on)

    def _end(self):
        """At Python's end: each may say goodbye."""
        self._watcher.end()
        with self._lock:
            loaded = list(self._loaded.values())
        for each in loaded:
            said = each.unload()
            if said:
                tell(said)

    # Installing.

    def install(self, source, upgrade):
        self.load_enabled()
        with installing.prepared(source) as new:
            id = new.manifest.id
            there = self.look().found.get(id)
            self._check_place(new, there, upgrade)
            loaded = self._known(id)
            # One that has failed is not started again by a new version: that is for the person to say.
            was_on = loaded is not None and loaded.state in ("on", "starting")
            if loaded is not None:
                said = self._drop(loaded)
                if said:
                    tell(said)
            new.put(None if there is None else there.path)
        if was_on:
            self._wait(self.begin(self._found(id)))
        return self.get(id)

    @staticmethod
    def _check_place(new, there, upgrade):
        if there is None:
            return
        if there.is_one_of_several or there.place != places.USER:
            where = there.fault if there.is_one_of_several else f"there is one with the id {there.id!r} in {there.path}"
            raise AddonError(f"{new.manifest.name} is not installed: {where}")
        if not upgrade:
            version = f"version {there.manifest.version}" if there.manifest else "which is broken"
            raise AddonError(
                f"{new.manifest.name} ({there.id}) is installed already, {version}, and stays as it is; to replace it by version "
                f"{new.manifest.version}: upgrade=True, or tintype addon install --upgrade"
            )

    def remove(self, id):
        self.load_enabled()
        search = self.look()
        found = search.found.get(id)
        if found is None:
            raise self._unknown(id, search)
        if found.is_one_of_several:
            raise AddonError(found.fault)
        if found.place != places.USER:
            raise AddonError(f"the add-on {id!r} was not installed, it lies in {found.path}; nothing was removed")
        self.disable(id)
        try:
            installing.remove(found.path)
        except OSError as error:
            raise AddonError(f"{found.path} cannot be removed: {error.strerror}; it is off now") from None

    # Developing.

    def watch_again(self):
        """What the person has said before; in the window only, since others end soon."""
        if _tintype.has_window():
            for id in state.read().watched:
                self._watcher.set(id, True)

    def watch(self, id, is_wanted):
        if is_wanted:
            self.get(id)
        with state.changing() as now:
            now.watched = sorted({*now.watched, id} if is_wanted else {*now.watched} - {id})
        self._watcher.set(id, is_wanted)

    def watchable(self, id):
        """The folder or file of an add-on that is on or has failed; None for others."""
        loaded = self._known(id)
        return loaded.manifest.path if loaded is not None and loaded.state in ("on", "failed") else None

    def change_folders(self, folder, is_wanted):
        path = os.path.abspath(folder)
        if is_wanted and not os.path.exists(path):
            raise AddonError(f"there is no folder {path} to look for add-ons in")
        with state.changing() as now:
            if not is_wanted and path not in now.folders:
                there = ", ".join(now.folders) or "none"
                raise NotFoundError(f"{path} is none of the folders that add-ons are looked for in; they are: {there}")
            now.folders = [each for each in now.folders if each != path] + [path] * is_wanted
