# Says which steps can begin now, and with what.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
from typing import Any, NamedTuple

from . import delivery, steps
from .settings import LEAVE


class Begun(NamedTuple):
    """A step of a file that begins: the Entry, the step with its values or None, and what the journal is told before."""

    entry: Any
    call: tuple
    notes: tuple = ()


class Beginnings:
    """Reads the journal and looks which names are free, and changes nothing: names may lie on a share that takes its time, for which
    the journal must not be kept from others."""

    def __init__(self, settings, journal):
        self._settings = settings
        self._journal = journal
        self._promised = set()  # names that were found by this look

    def choose(self, room, under_way):
        """A Begun for each of the next files, `room` at most, without those under way."""
        self._promised.clear()
        entries = self._journal.due(room, under_way) if room > 0 else ()
        return [getattr(self, f"_{entry.state}")(entry) for entry in entries]

    def _free_name(self, path, is_promised):
        target = delivery.free_name(path, lambda one: one in self._promised or is_promised(one))
        self._promised.add(target)
        return target

    def _arrived(self, entry):
        version = (entry.size, entry.mtime_ns)
        return Begun(entry, (steps.process, self._settings, entry.path, version, str(self._journal.stage(entry.id))))

    def _processed(self, entry):
        return Begun(entry, (steps.route, self._settings, entry.path, entry.metadata))

    def _routed(self, entry):
        parcels, notes = [], []
        for one in self._journal.deliveries(entry.id):
            if one.target is None:
                one = one._replace(target=self._free_name(os.path.join(one.folder, one.name), self._journal.is_promised))
                notes.append((self._journal.decide, one.id, one.target))
            parcels.append((one.id, one.staged, one.target, self._journal.part(one), one.sha256))
        return Begun(entry, (steps.deliver, self._settings, parcels), tuple(notes))

    def _delivered(self, entry):
        return self._move(entry, self._settings.after)

    def _failing(self, entry):
        return self._move(entry, self._settings.failed)

    def _move(self, entry, folder):
        target = entry.moved_to
        if target is None and folder == LEAVE:
            # The settings were others when it was to be moved.
            ends = (self._journal.move_on, "done") if entry.state == "delivered" else (self._journal.failed,)
            return Begun(entry, None, (ends,))
        notes = ()
        if target is None:
            target = self._free_name(os.path.join(folder, entry.path), self._journal.is_move_promised)
            notes = ((self._journal.will_move, target),)
        return Begun(entry, (steps.move, self._settings, entry.path, (entry.size, entry.mtime_ns), target), notes)
