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
    def __init__(self, tell, is_wanted):
        self._tell = tell
        self._is_wanted = is_wanted
        self._lock = threading.Lock()
        self._last = None
        _tintype.watch_events(self.look)

    def begin(self, register):
        """Registers one who is told of what comes from now on; others are told of what was before."""
        with self._lock:
            self._look()
            if self._last is None:
                _tintype.take_happenings()
                self._last = _Document()
            return register()

    def look(self):
        with self._lock:
            self._look()

    def _look(self):
        last = self._last
        if last is None:
            return
        if not self._is_wanted():
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


_making = threading.Lock()
_watch = None


def start(tell, is_wanted, register):
    global _watch
    with _making:
        if _watch is None:
            _watch = _Watch(tell, is_wanted)
    return _watch.begin(register)
