# Finds out what has happened to the document and to jobs, for those who want to know.
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens is noted without Python; a storm of it leads to one look every 20 ms, which fetches what was noted, and what
has become of the document since the last look. So edits wait for nobody, and 100,000 of them make no 100,000 events."""
import collections
import threading

from . import _tintype

NAMES = (
    "image-opened",
    "image-added",
    "image-removed",
    "image-renamed",
    "image-changed",
    "image-saved",
    "active-changed",
    "project-opened",
    "project-saved",
    "script-started",
    "script-ended",
    "job-ended",
)


class _Watch:
    """Its lock may be taken again by the thread that has it: the collector may run a `__del__` in the middle of a look, and
    that may register a handler."""

    def __init__(self):
        self._tell = self._is_wanted = None
        self._lock = threading.RLock()
        self._works = False
        self._came_within = False
        self._untold = collections.deque()

    def begin(self, tell, is_wanted, register):
        """Registers one who is told of what comes from now on; others are told of what was before."""
        with self._lock:
            if self._works:
                self._came_within = True
                return register()
            self._works = True
            try:
                if self._tell is None:
                    self._tell, self._is_wanted = tell, is_wanted
                    _tintype.watch_events(self.look)
                self._tell_what_happened()
                return register()
            finally:
                self._works = False

    def look(self):
        with self._lock:
            self._works = True
            self._came_within = False
            try:
                if self._is_wanted():
                    self._tell_what_happened()
                    return
                _tintype.rest_events()
                self._untold.clear()
                if self._came_within:
                    _tintype.take_happenings()
            finally:
                self._works = False

    def _tell_what_happened(self):
        # Stop may land in the script on whose thread this runs; what is left then is told with the next look.
        self._untold.extend(_tintype.take_happenings())
        while self._untold:
            self._tell(*self._untold[0])
            self._untold.popleft()


_watch = _Watch()


def start(tell, is_wanted, register):
    return _watch.begin(tell, is_wanted, register)
