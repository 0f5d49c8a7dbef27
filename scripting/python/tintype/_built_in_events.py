# Finds out what has happened to the document and to jobs, for those who want to know.
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens is noted without Python; a storm of it leads to one look every 20 ms, which compares the document with what
it was at the last look and fetches what was noted besides. So edits wait for nobody, and 100,000 of them make no 100,000
events."""
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


class _Document:
    """What was there at one moment."""

    def __init__(self):
        found = {name: _tintype.document_image(name) for name in _tintype.image_names()}
        self.images = {name: image for name, image in found.items() if image is not None}
        self.active = _tintype.active_image()


class _Watch:
    """Its lock may be taken again by the thread that has it: the collector may run a `__del__` in the middle of a look, and
    that may register a handler."""

    def __init__(self):
        self._tell = self._is_wanted = None
        self._lock = threading.RLock()
        self._works = False
        self._came_within = False
        self._last = None

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
                self._look()
                if self._last is None:
                    _tintype.take_happenings()
                    self._last = _Document()
                return register()
            finally:
                self._works = False

    def look(self):
        with self._lock:
            self._works = True
            try:
                self._look()
            finally:
                self._works = False

    def _look(self):
        last = self._last
        if last is None:
            return
        self._came_within = False
        if not self._is_wanted() and not self._came_within:
            self._last = None
            return
        happened = _tintype.take_happenings()
        now = self._last = _Document()
        # What a project brings is not told image by image.
        if not any(name == "project-opened" for name, data in happened):
            self._compare_images(last.images, now.images)
        for name, data in happened:
            self._tell(name, data)
        if now.active != last.active:
            self._tell("active-changed", {"image": now.active or None}, "active")

    def _compare_images(self, last, now):
        added = {name: image for name, image in now.items() if name not in last}
        for name, image in last.items():
            if name not in now:
                new_name = next((other for other, each in added.items() if each._same(image)), None)
                if new_name is None:
                    self._tell("image-removed", {"image": name}, name)
                else:
                    del added[new_name]
                    self._tell("image-renamed", {"image": new_name, "old_name": name})
        for name, image in added.items():
            self._tell("image-added", {"image": name}, name)
            if path := _tintype.file_of(image):
                self._tell("image-opened", {"image": name, "path": path}, name)
        for name, image in now.items():
            if name in last and not image._same(last[name]):
                self._tell("image-changed", {"image": name}, name)


_watch = _Watch()


def start(tell, is_wanted, register):
    return _watch.begin(tell, is_wanted, register)
