# Reloads add-ons whose files change, while somebody works on them.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import threading

from .errors import AddonError, one_line, tell

# What code is made of. What an add-on writes beside it, as a log or a cache, is none, or it would be reloaded for ever.
CODE = (".py", ".toml", ".so", ".whl")
# Between two looks; a change is taken up when the next look finds no other one.
SECONDS = 0.5


def stamp(path):
    """Changes with the files of code below the path, by name, time and length."""
    if os.path.isfile(path):
        return _of(path)
    found = []
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        found += [_of(os.path.join(folder, name)) for name in sorted(files) if name.endswith(CODE)]
    return tuple(found)


def _of(file):
    try:
        status = os.stat(file)
    except OSError:
        return file, None
    return file, status.st_mtime_ns, status.st_size


class Watcher:
    """Has a thread for as long as there is something to watch."""

    def __init__(self, manager):
        self._manager = manager
        self._wake = threading.Condition()
        self._ids = set()
        self._thread = None

    def set(self, id, is_wanted):
        with self._wake:
            (self._ids.add if is_wanted else self._ids.discard)(id)
            if self._ids and self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="add-ons that change", daemon=True)
                self._thread.start()
            self._wake.notify_all()

    def end(self):
        with self._wake:
            self._ids.clear()
            self._wake.notify_all()

    def _watch(self):
        known, changed = {}, {}
        try:
            while ids := self._wait():
                for id in ids:
                    try:
                        self._look(id, known, changed)
                    except Exception as error:
                        # Whatever is wrong with one, all are watched on.
                        tell(f"The add-on {id} could not be reloaded: {one_line(error)}")
        finally:
            with self._wake:
                self._thread = None

    def _wait(self):
        with self._wake:
            if self._ids:
                self._wake.wait(SECONDS)
            return sorted(self._ids)

    def _look(self, id, known, changed):
        path = self._manager.watchable(id)
        if path is None:
            known.pop(id, None)
            return
        now = stamp(path)
        if known.setdefault(id, now) == now:
            return
        if changed.get(id) != now:
            changed[id] = now  # somebody may be writing still
            return
        known[id] = now
        self._reload(id)

    def _reload(self, id):
        try:
            self._manager.reload(id)
        except AddonError as error:
            tell(f"The add-on {id} has changed and could not be reloaded: {error}")
        else:
            tell(f"The add-on {id} has changed and was reloaded")
