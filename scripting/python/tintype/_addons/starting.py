# Loads the add-ons that are to be on, once in a process: in their order, and before those that import them.
# SPDX-License-Identifier: GPL-3.0-or-later
import threading
import types

from .. import _tintype
from . import replacing
from .errors import AddonError, one_line, tell

# Nobody waits longer for one add-on before the next one has its turn.
SECONDS = 10.0


class Start:
    """Whoever needs add-ons first loads them, on their own thread; others wait. What fails is told, and raises nothing.

    One that imports another one brings that on meanwhile, on the thread of its own start.
    """

    def __init__(self, manager):
        self._manager = manager
        self._lock = threading.Lock()
        self._has_begun = False
        self._is_through = threading.Event()
        self._planning = threading.Lock()
        self._plan = None
        self._begun = {}
        self._faults = {}
        self._imports = {}

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
            wanted, search = self._planned()
        except AddonError as error:
            return tell(str(error))
        if not wanted:
            return None
        for fault in search.faults:
            tell(fault)
        for id in sorted(wanted):
            self._load_one(id)
        self._manager.hand_down()
        return None

    def _planned(self):
        """What is to be on, with its place, and where it lies. Raises AddonError."""
        with self._planning:
            if self._plan is None:
                wanted = self._manager.wanted()
                for name in replacing.recover() if wanted else ():
                    tell(f"{name}: the program did not survive its new version; the former one is there again")
                self._plan = wanted, self._manager.look() if wanted else None
            return self._plan

    @property
    def wanted(self):
        """What was to be on when it began, with its place."""
        return {} if self._plan is None else self._plan[0]

    def _load_one(self, id):
        # One that is on trial is handed down to processes, and is on here already.
        if self._manager.known(id) is None:
            self._begin(id)
        self._tell_how(id)

    def follow(self, id, wanted):
        """What another program has switched on is started here too; `wanted` is all that is to be on now, with its place."""
        self._faults.pop(id, None)
        self._renew(id, wanted)
        self._begin(id)
        if self._tell_how(id):
            tell(f"{self._manager.known(id).title} was switched on by another program, and is on here too")
        self._manager.hand_down()

    def _renew(self, id, wanted):
        # This one may import others that were switched on with it.
        search = self._manager.look()
        with self._planning:
            before = {} if self._plan is None else self._plan[0]
            self._plan = wanted, search
        with self._lock:
            for one in wanted:
                if one == id or one not in before:
                    self._begun.pop(one, None)

    def _tell_how(self, id):
        """Waits for its start, and says what went wrong; whether all is well."""
        loaded = self._manager.known(id)
        if id in self._faults:
            tell(f"The add-on {id} is not on: {self._faults[id]}")
        elif loaded is None:
            pass  # somebody has switched it off meanwhile
        elif not loaded.wait(SECONDS):
            tell(
                f"{loaded.title} has been starting for {SECONDS:g} s, and the others go on without it. Stop it among the jobs, "
                f"or: tintype addon disable {id}"
            )
        elif loaded.state == "failed":
            off = f"To have it off at the next start: tintype addon disable {id}"
            tell(f"{loaded.title} has failed at the start: {loaded.last_line()}. {off}")
        return loaded is not None and loaded.state == "on"

    def _begin(self, id):
        """Once; whoever comes second waits until it is plain that it has begun, or why not."""
        with self._lock:
            is_first = id not in self._begun
            is_plain = self._begun.setdefault(id, threading.Event())
        if not is_first:
            is_plain.wait()
            return
        try:
            wanted, search = self._planned()
            self._begin_in(id, wanted[id], search)
        finally:
            is_plain.set()

    def _begin_in(self, id, place, search):
        """The one that was switched on there; why it cannot be is kept."""
        try:
            found = search.switched_on(id, place)
            if found is None:
                raise AddonError(f"it is gone from {place}. tintype addon disable {id} forgets it")
            self._manager.begin(found, shows_errors=True, keeps_failure=True)
        except AddonError as error:
            self._faults[id] = str(error)
        except Exception as error:
            # Whatever is wrong with one, the others go on.
            self._faults[id] = one_line(error)

    # What add-ons import.

    def bring(self, id):
        """For whoever imports it: has it started, if it is to be on, and waits. Why it is not on, empty when it is."""
        self.load()
        importer = self._manager.current_id()
        self._imports[importer] = id
        try:
            if _tintype.is_addon_code() and id in self._planned()[0]:
                self._begin(id)
            loaded = self._manager.known(id)
            # In slices, between which a stop lands; it is not for the one that is waited for.
            while loaded is not None and not loaded.is_through(0.1):
                pass
        except AddonError as error:
            return str(error)
        finally:
            self._imports.pop(importer, None)
        return self._reason(id, loaded)

    def _reason(self, id, loaded):
        if loaded is None:
            fault = self._faults.get(id)
            said = f"could not be switched on: {fault}" if fault else f"is off. Switch it on: tintype addon enable {id}"
            return f"the add-on {id} {said}"
        return "" if loaded.state == "on" else f"the add-on {loaded.title} ({id}) has failed: {loaded.last_line()}"

    def explain(self, id, error):
        """What there is to say of an error at the start of this add-on: that they import each other. Empty otherwise."""
        if isinstance(error, AttributeError) and isinstance(error.obj, types.ModuleType):
            name = error.obj.__name__
        else:
            name = error.name if isinstance(error, ImportError) else ""
        chain = [(name or "").partition(".")[0]]
        while chain[-1] in self._imports and chain[-1] != id:
            chain.append(self._imports[chain[-1]])
        if len(chain) == 1 or chain[-1] != id:
            return ""
        return f"These add-ons import each other: {id} imports {', which imports '.join(chain)}"
