# Loads the add-ons that are to be on, once in a process.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import threading

from .. import _tintype
from . import finding
from .errors import AddonError, one_line, tell

# Nobody waits longer for one add-on before the next one has its turn.
SECONDS = 10.0


class Start:
    """Whoever needs add-ons first loads them, on their own thread; others wait. What fails is told, and raises nothing."""

    def __init__(self, manager):
        self._manager = manager
        self._lock = threading.Lock()
        self._has_begun = False
        self._is_through = threading.Event()

    def load(self):
        # Code of an add-on that waits here might be what the others wait for.
        if self._is_through.is_set() or _tintype.is_addon_code():
            return
        with self._lock:
            is_first, self._has_begun = not self._has_begun, True
        if not is_first:
            self._is_through.wait()
            return
        try:
            self._load_all()
        finally:
            self._is_through.set()

    def _load_all(self):
        try:
            wanted = self._manager.wanted()
        except AddonError as error:
            return tell(str(error))
        if not wanted:
            return None
        search = self._manager.look()
        for fault in search.faults:
            tell(fault)
        for id in sorted(wanted):
            try:
                self._load_one(id, wanted[id], search)
            except AddonError as error:
                tell(f"The add-on {id} is not on: {error}")
            except Exception as error:
                # Whatever is wrong with one, the others go on.
                tell(f"The add-on {id} is not on: {one_line(error)}")
        self._manager.hand_down()
        self._manager.watch_again()
        return None

    def _load_one(self, id, place, search):
        if id not in search.found and os.path.isabs(place) and os.path.exists(place):
            search.found[id] = finding.one(pathlib.Path(place))
        found = search.found.get(id)
        if found is None:
            raise AddonError(f"it is gone from {place}. tintype addon disable {id} forgets it")
        if found.manifest is None:
            raise AddonError(found.fault)
        if found.place != place:
            raise AddonError(f"it was switched on in {place}, and this one is {found.path}: switch it on again if you mean it")
        loaded = self._manager.begin(found, shows_errors=True)
        if not loaded.wait(SECONDS):
            tell(
                f"{loaded.title} has been starting for {SECONDS:g} s, and the others go on without it. Stop it among the jobs, "
                f"or: tintype addon disable {id}"
            )
        elif loaded.state == "failed":
            line = loaded.error.strip().splitlines()[-1]
            off = f"To have it off at the next start: tintype addon disable {id}"
            tell(f"{loaded.title} has failed at the start: {line}. {off}")
