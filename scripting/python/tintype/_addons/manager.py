# The add-ons of this process: which there are, which are on, and all that can be done with them.
# SPDX-License-Identifier: GPL-3.0-or-later
import atexit
import contextlib
import json
import os
import pathlib
import threading

from .._tintype import NotFoundError
from . import finding, importing, manifest, records, requirements, starting, state, watching, wheels
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
        self._seen = set()
        self._has_ended = False
        self.is_child = INHERITED in os.environ
        self._folders = finding.Folders()
        self._paths = wheels.Paths()
        self._start = starting.Start(self)
        self._watcher = watching.Watcher(self)
        atexit.register(self._end)

    # What there is.

    def look(self):
        """Looks through all folders; what cannot be read is among the faults."""
        try:
            kept, faults = state.read(), []
            enabled = kept.enabled | self.wanted()
        except AddonError as error:
            kept, faults, enabled = state.State(), [str(error)], {}
        search = self._folders.search(kept.folders, enabled)
        search.faults[:0] = faults
        self._seen = search.found.keys()
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
        raise self.unknown(id)

    def unknown(self, id, search=None):
        there = ", ".join((search or self.look()).found) or "none"
        return NotFoundError(f"there is no add-on {id!r}; there are: {there}")

    def usable(self, id):
        search = self.look()
        found = search.found.get(id)
        if found is None:
            raise self.unknown(id, search)
        if found.manifest is None:
            raise AddonError(found.fault)
        return found

    def known(self, id):
        with self._lock:
            return self._loaded.get(id)

    def current_id(self):
        """Of the add-on whose code runs on this thread; None elsewhere."""
        return next((each.manifest.id for each in self.all_known() if each.is_own_code()), None)

    def all_known(self):
        """Those that are on, starting, or have failed."""
        with self._lock:
            return list(self._loaded.values())

    # On and off.

    def enable(self, id):
        self.load_enabled()
        loaded = self.known(id)
        if loaded is None or loaded.state not in ("on", "starting"):
            found = self.usable(id)
            loaded = self.begin(found)
        self.wait(loaded)
        try:
            with state.changing() as now:
                now.enabled[id] = loaded.place
        except BaseException:
            self.drop(loaded)
            raise
        return self.get(id)

    def begin(self, found, *, shows_errors=False, keeps_failure=False, is_on_trial=False):
        """The add-on, which is starting. Raises AddonError where it cannot begin, and forgets or keeps it then."""
        if os.environ.get(OFF):
            raise AddonError(f"add-ons are off in this run (--no-addons, or {OFF}): {_called(found.manifest)} is not switched on")
        with self._lock:
            former = self._loaded.get(found.id)
        if former is not None:
            self._unload(former)
        loaded = Loaded(found.manifest, found.place, self._paths, self._start.explain, shows_errors)
        loaded.is_on_trial = is_on_trial
        with self._lock:
            if self._has_ended:
                raise AddonError(f"{_called(found.manifest)} is not switched on: the program ends")
            if self._loaded.get(found.id) is not former:
                raise AddonError(f"{_called(found.manifest)} is being switched on or off by somebody else just now")
            others = self._others(former)
            self._loaded[found.id] = loaded
        try:
            loaded.start(others)
        except AddonError as error:
            if keeps_failure:
                loaded.fail_to_begin(error)
            else:
                self.drop(loaded)
            raise
        except BaseException:
            self.drop(loaded)
            raise
        return loaded

    def _others(self, than):
        """The manifests of those that are on."""
        return [each.manifest for each in self._loaded.values() if each is not than and each.state in ("on", "starting")]

    def check_successor(self, manifest, loaded):
        """Whether this could take the place of one that is on, as far as that is plain beforehand. Raises AddonError."""
        with self._lock:
            others = self._others(loaded)
        requirements.check(manifest, others, self._paths.without(manifest.id))
        importing.check_syntax(manifest)

    def wait(self, loaded):
        if loaded.is_own_code():
            raise AddonError(f"{_called(loaded.manifest)} cannot wait for its own start")
        loaded.wait()
        if loaded.state == "failed":
            raise AddonError(f"{_called(loaded.manifest)} could not be switched on:\n{loaded.error.rstrip()}")
        if loaded.state != "on":
            raise AddonError(f"{_called(loaded.manifest)} was switched off while it started")
        self.hand_down()

    def drop(self, loaded):
        """Takes it out of the process, and says what went wrong meanwhile."""
        if loaded.state == "starting" and loaded.is_own_code():
            raise AddonError(f"{_called(loaded.manifest)} cannot be switched off by its own start; raise an error there instead")
        said = self._unload(loaded)
        with self._lock:
            if self._loaded.get(loaded.manifest.id) is loaded:
                del self._loaded[loaded.manifest.id]
        self.hand_down()
        return said

    def _unload(self, loaded):
        record = None if self.is_child else records.now(loaded)
        said = loaded.unload()
        if not loaded.is_on_trial:
            records.keep(loaded, record, True)
        return said

    def disable(self, id):
        self.load_enabled()
        loaded = self.known(id)
        said = "" if loaded is None else self.drop(loaded)
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
            raise self.unknown(id, search)

    def reload(self, id):
        self.load_enabled()
        loaded = self.known(id)
        if loaded is None:
            self.get(id)
            raise AddonError(f"the add-on {id!r} is off; switch it on instead")
        try:
            found = self.look().switched_on(id, loaded.place)
            if found is None:
                raise AddonError(f"the add-on {id!r} is gone: it was in {loaded.place}")
            self.check_successor(found.manifest, loaded)
        except AddonError as error:
            # It stays on as it was.
            loaded.owner.note_failure("The reload", f"{error}\n", False)
            raise
        said = self.drop(loaded)
        if said:
            tell(said)
        importing.forget_compiled(found.manifest)
        self.wait(self.begin(found, keeps_failure=True, is_on_trial=loaded.is_on_trial))
        return self.get(id)

    @contextlib.contextmanager
    def on_trial(self, path):
        path = pathlib.Path(os.path.abspath(path))
        found = finding.Found(path, "", manifest.read(path))
        found.id = found.manifest.id
        if self.known(found.id) is not None:
            raise AddonError(f"the add-on {found.id!r} is on already; switch it off before another one is tried")
        loaded = self.begin(found, is_on_trial=True)
        try:
            self.wait(loaded)
            yield Addon(found, loaded)
        finally:
            said = self.drop(self.known(found.id) or loaded)
        if said:
            raise AddonError(said)

    # What is to be on.

    def load_enabled(self):
        self._start.load()

    def wanted_at_start(self):
        return self._start.wanted

    def follow(self, id, wanted):
        self._start.follow(id, wanted)

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

    def has_seen(self, name):
        """Whether the last look has found an add-on of this id; without another look."""
        return name in self._seen

    def spec_of(self, name):
        """For `import my_addon`: loads those that are to be on, where they are not yet."""
        return importing.awaiting_spec(name, self._start.bring)

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
            self._has_ended = True
        for each in self.all_known():
            said = self._unload(each)
            if said:
                tell(said)

    # Developing.

    def watch(self, id, is_wanted):
        if is_wanted:
            self.get(id)
        with state.changing() as now:
            now.watched = sorted({*now.watched, id} if is_wanted else {*now.watched} - {id})
        self.watch_here(id, is_wanted)

    def watch_here(self, id, is_wanted):
        self._watcher.set(id, is_wanted)

    def watchable(self, id):
        """The folder or file of an add-on that is on or has failed; None for others."""
        loaded = self.known(id)
        return loaded.manifest.path if loaded is not None and loaded.state in ("on", "failed") else None
