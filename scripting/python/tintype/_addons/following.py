# Keeps a window in step with what other programs switch on and off, and writes down how its add-ons go.
# SPDX-License-Identifier: GPL-3.0-or-later
import atexit
import os
import threading
import time

from . import errors

# Between two looks at the file of what is on.
SECONDS = 1.0
# Between two records of an add-on of which nothing is new but that it was called.
RECORD_SECONDS = 10.0


class Follower:
    """One thread, which looks every second. A window without add-ons imports and does nothing else.

    `file` says what is on; `manager` gives the manager, and makes it when there is something to do; `made` gives it or None.
    """

    def __init__(self, file, manager, made):
        self._file = file
        self._manager = manager
        self._made = made
        self._wanted = made().wanted_at_start() if made() else {}
        self._watched = set()
        self._known = None
        self._damaged = None
        self._is_missing = False
        self._told = set()
        self._records = {}
        self._is_over = threading.Event()

    def start(self):
        atexit.register(self._is_over.set)
        threading.Thread(target=self._run, name="add-ons that others switch", daemon=True).start()

    def _run(self):
        while not self._is_over.is_set():
            try:
                self._look()
                self._write_down()
            except Exception as error:
                self._tell_once(f"What another program has switched on or off is not followed: {errors.one_line(error)}")
            self._is_over.wait(SECONDS)

    def _look(self):
        stamp = _stamp(self._file)
        if stamp == self._known:
            return
        if stamp is None and not self._is_missing:
            # Somebody may be putting another one in its place.
            self._is_missing = True
            return
        self._is_missing = False
        from . import state

        try:
            now = state.read()
        except errors.AddonError as error:
            # Somebody may be writing still, by hand.
            if self._damaged == stamp:
                self._known = stamp
                self._tell_once(f"{error}. Those that are on here stay on until the window is closed")
            self._damaged = stamp
            return
        self._known = stamp
        self._follow(now)

    def _tell_once(self, text):
        if text not in self._told:
            self._told.add(text)
            errors.tell(text)

    def _follow(self, now):
        before, self._wanted = self._wanted, now.enabled
        manager = self._manager()
        for id in sorted(before.keys() - now.enabled.keys()):
            loaded = manager.known(id)
            if loaded is not None and loaded.place == before[id]:
                said = manager.drop(loaded)
                errors.tell(said or f"{loaded.title} was switched off by another program, and is off here too")
        for id, place in sorted(now.enabled.items()):
            loaded = manager.known(id)
            is_on = loaded is not None and loaded.place == place and loaded.state in ("on", "starting")
            if before.get(id) != place and not is_on:
                manager.follow(id, now.enabled)
        for id in self._watched ^ set(now.watched):
            manager.watch_here(id, id in now.watched)
        self._watched = set(now.watched)

    def _write_down(self):
        manager = self._made()
        if manager is None:
            return
        from . import records

        now = {loaded: (records.signature(loaded), loaded.owner.times()) for loaded in manager.all_known() if loaded.is_to_be_recorded()}
        for loaded, (signature, times) in now.items():
            former, called, when = self._records.get(loaded, (None, None, 0.0))
            if signature != former or times != called and time.monotonic() > when + RECORD_SECONDS:
                records.keep(loaded, records.now(loaded), False)
                self._records[loaded] = signature, times, time.monotonic()
        # Those that are gone go.
        self._records = {loaded: record for loaded, record in self._records.items() if loaded in now}


def _stamp(file):
    """Changes with the file; None when there is none."""
    try:
        status = os.stat(file)
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
