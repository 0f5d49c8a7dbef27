# One add-on in this process: its code is started, watched while it starts, and taken out again.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Its code runs on a thread of its own, since nobody knows how long it takes; whoever has asked for it waits as long as they
like. All that it registers belongs to its owner, and so vanishes whatever the add-on itself does about that.
"""
import threading

from . import errors, importing, owning, requirements
from .errors import AddonError

# How long the end of an add-on may take before it goes on without it.
UNREGISTER_SECONDS = 5.0
STOP_SECONDS = 5.0
CALLS_SECONDS = 2.0


class Work:
    """A function on a thread of its own, and how it ended."""

    def __init__(self, function, name):
        self._function = function
        self.over = threading.Event()
        self.error = None
        # A daemon, since code that never ends must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self):
        self._thread.start()
        return self

    def _run(self):
        try:
            self._function()
        except BaseException as error:
            self.error = error
        finally:
            self._function = None
            self.over.set()

    def is_own_thread(self):
        return threading.current_thread() is self._thread

    def wait_for_thread(self, seconds):
        self._thread.join(seconds)


class Loaded:
    """One add-on that is starting, on, or has failed. `state` is "starting", "on", "failed" or "off", `place` where it lies.

    `explain`, called with its id and what was raised at its start, says what there is to say of that, or nothing.
    """

    def __init__(self, manifest, place, paths, explain, shows_errors=False):
        self.manifest = manifest
        self.place = place
        self.state = "starting"
        self.error = ""
        self.title = manifest.name
        self.owner = owning.make_owner(manifest.name)
        self.is_on_trial = False
        self._paths = paths
        self._explain = explain
        self._shows_errors = shows_errors
        self.gone = threading.Event()
        self._module = None
        self._lock = threading.Lock()
        self._is_unloading = False
        self._has_begun = False
        self._work = Work(self._start, f"Add-on {manifest.name}")

    def start(self, others):
        """Begins. Raises AddonError where it is plain beforehand that it cannot be; nothing has been changed then.

        `others` are the manifests of those that are on.
        """
        try:
            wheels = requirements.check(self.manifest, others)
            importing.check_name(self.manifest)
            self._paths.add(self.manifest.id, [wheel.importable() for wheel in wheels])
            self._has_begun = True
            self._work.start()
        except BaseException:
            self._work.over.set()
            raise

    def wait(self, seconds=None):
        """Whether it has come to an end, with `state` "on" or "failed". A stop of the waiting code stops the add-on as well."""
        try:
            return self._work.over.wait(seconds)
        except BaseException:
            self.unload()
            raise

    def is_through(self, seconds):
        """Whether its start has come to an end; for whoever has not asked for it, and so does not stop it."""
        return self._work.over.wait(seconds)

    def fail_to_begin(self, error):
        """For one that could not `start`, and is to be shown so."""
        with self._lock:
            self.state = "failed"
        self.error = str(error)
        self.owner.note_failure("The start", self.error + "\n", False)

    def is_to_be_recorded(self):
        return not self.is_on_trial and self.state in ("on", "failed")

    def last_line(self):
        """What was wrong, without where."""
        return self.error.strip().splitlines()[-1]

    def is_own_code(self):
        return self.owner.is_current or self._work.is_own_thread()

    def _start(self):
        try:
            self._module = self.owner.run(lambda: importing.import_code(self.manifest), "the import")
            self._check_version()
            register = getattr(self._module, "register", None)
            if register is not None:
                self.owner.run(register, "register()")
        except BaseException as error:
            self._fail(error)
            return
        with self._lock:
            if self._is_unloading:
                return
            self.state = "on"

    def _check_version(self):
        said = getattr(self._module, "__version__", self.manifest.version)
        if said != self.manifest.version:
            version = f"version is {self.manifest.version!r}, but the package says __version__ = {said!r}"
            raise AddonError(f"{self.manifest.path}: {version}")

    def _fail(self, error):
        with self._lock:
            if self._is_unloading:
                return
            self.state = "failed"
        said = self._explain(self.manifest.id, error)
        if said:
            error.add_note(said)
        self.error = str(error) if isinstance(error, AddonError) else errors.text_of(error)
        self.owner.note_failure("The start", self.error.rstrip("\n") + "\n", self._shows_errors)
        self._take_out()

    def _take_out(self):
        self.owner.release()
        if not self.owner.is_current:
            self.owner.wait(CALLS_SECONDS)
        # Before that, its name may be that of somebody else's module.
        if self._has_begun:
            importing.forget(self.manifest)
        self._paths.remove(self.manifest.id)
        self._module = None

    def unload(self):
        """Takes all of it out of the process; what went wrong meanwhile as a text, empty when all is well."""
        with self._lock:
            was_unloading, self._is_unloading = self._is_unloading, True
            if not was_unloading:
                state, self.state = self.state, "off"
        if was_unloading:
            self.gone.wait()
            return ""
        try:
            return self._unload(state)
        finally:
            self.gone.set()

    def _unload(self, state):
        said = self._unregister() if state == "on" else ""
        self._take_out()
        if state == "starting" and not self._work.is_own_thread():
            # The stop lands when its Python code runs again.
            self._work.over.wait(STOP_SECONDS)
            self._take_out()
            if not self._work.over.is_set():
                said = f"{self.title}: its start could not be stopped and is left behind: it runs code that is not Python's"
        return said

    def _unregister(self):
        unregister = getattr(self._module, "unregister", None)
        if unregister is None:
            return ""
        work = Work(lambda: self.owner.run(unregister, "unregister()"), f"Add-on {self.title}").start()
        if not work.over.wait(UNREGISTER_SECONDS):
            said = f"{self.title}: unregister() has not come to its end in {UNREGISTER_SECONDS:g} s and is stopped"
            self.owner.note_failure("unregister()", said + "\n", False)
            return said
        if work.error is None:
            return ""
        self.owner.note_failure("unregister()", errors.text_of(work.error), True)
        return f"{self.title}: unregister() failed: {errors.one_line(work.error)}"
