# Looks into the watched folder, and says which files have arrived whole.
# SPDX-License-Identifier: GPL-3.0-or-later
"""By polling: notifications of the system do not tell what other computers write into a folder of the network."""
import fnmatch
import os
import time

import tintype as tt

# Unfinished files of browsers, of copying programs, of editors.
UNFINISHED = (".part", ".tmp", ".temp", ".crdownload", ".filepart", "~")
# What Tintype opens besides what it can save.
READ_ONLY = (".exr", ".nii", ".pdf", ".svg", ".svgz", ".svs", ".ndpi", ".mrxs", ".scn")
# Texts that can be read as matrices, and pictures without a header; a folder's tables are no pictures.
NO_PICTURES = (".csv", ".mat", ".raw", ".dz", ".szi")


class Folder:
    """The watched folder. `known` is what the journal has, by path: (size, mtime_ns)."""

    def __init__(self, settings, known):
        self._settings = settings
        self._known = known
        self._pending = {}  # path: (size, mtime_ns, since when)
        self._endings = tuple(ending for ending in (*tt.get_suffixes(), *READ_ONLY) if ending not in NO_PICTURES)
        self._left_out = set(settings.left_out())
        self.unreadable = {}  # path: why, as of the last look
        self.problem = ""  # why the folder itself cannot be looked into

    @property
    def is_waiting(self):
        """Whether files are there of which nobody knows yet whether they are whole."""
        return any(path not in self.unreadable for path in self._pending)

    def look(self):
        """(path, size, mtime_ns) of each file that has arrived since the last look."""
        now = time.monotonic()
        self.unreadable = {}
        try:
            found = dict(self._files(self._settings.watch, ""))
        except OSError as error:
            self.problem = error.strerror or str(error)
            return []
        self.problem = ""
        self._pending = {path: one for path, one in self._pending.items() if path in found}
        arrived = [(path, *version) for path, version in sorted(found.items()) if self._is_whole(path, version, now)]
        for path, *version in arrived:
            self._pending.pop(path, None)
            self._known[path] = tuple(version)
        return arrived

    def forget(self, path):
        """It is gone; should it be there again, it arrives again."""
        self._known.pop(path, None)

    def _files(self, folder, inside):
        with os.scandir(folder) as entries:
            for entry in entries:
                path = inside + entry.name
                try:
                    if entry.is_dir():
                        # Links to folders may lead round in circles.
                        if self._settings.recursive and not entry.is_symlink() and self._is_looked_into(entry):
                            yield from self._files(entry.path, path + os.sep)
                    elif self._is_wanted(entry.name) and entry.is_file():
                        found = entry.stat()
                        yield path, (found.st_size, found.st_mtime_ns)
                except FileNotFoundError:
                    pass  # it has vanished while it was looked at
                except OSError as error:
                    self.unreadable[path] = error.strerror

    def _is_looked_into(self, entry):
        return not entry.name.startswith(".") and os.path.realpath(entry.path) not in self._left_out

    def _is_wanted(self, name):
        small = name.lower()
        if name.startswith(".") or small.endswith(UNFINISHED):
            return False
        patterns = self._settings.patterns
        return any(fnmatch.fnmatch(name, one) for one in patterns) if patterns else small.endswith(self._endings)

    def _is_whole(self, path, version, now):
        if self._known.get(path) == version:
            return False
        *before, since = self._pending.get(path, (None, None, now))
        if tuple(before) != version:
            since = now
        self._pending[path] = (*version, since)
        if now - since < self._settings.settle:
            return False
        try:
            os.close(os.open(os.path.join(self._settings.watch, path), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC))
        except OSError as error:
            self.unreadable[path] = error.strerror
            return False
        return True
