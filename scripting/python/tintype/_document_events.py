# Finds out what has happened to the document, for those who want to know.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document tells of every change; a storm of them leads to one look every 20 ms, which compares what is there with what
was there at the last look. So edits wait for nobody, and 100,000 of them make no 100,000 events."""
import threading

from . import _tintype

# name -> what such an event says
BUILT_IN = {
    "image-opened": ("image", "path"),
    "image-added": ("image",),
    "image-removed": ("image",),
    "image-changed": ("image",),
    "active-changed": ("image",),
    "project-opened": ("path",),
    "project-saved": ("path",),
}


class _Look:
    """What was there at one moment."""

    def __init__(self, watch):
        self.replaced = watch.replaced
        self.saved = watch.saved
        found = {name: _tintype.document_image(name) for name in _tintype.image_names()}
        self.images = {name: image for name, image in found.items() if image is not None}
        self.active = _tintype.active_image()


class _Watch:
    def __init__(self, tell, is_wanted):
        self._tell = tell
        self._is_wanted = is_wanted
        self._lock = threading.Lock()
        self._native = _tintype.watch_document(self.look)
        self._last = None

    def begin(self):
        """The first one who wants to know is told of what comes from now on."""
        with self._lock:
            if self._last is None:
                self._last = _Look(self._native)

    def look(self):
        with self._lock:
            last = self._last
            if last is None:
                return
            if not self._is_wanted():
                self._last = None
                return
            now = self._last = _Look(self._native)
            self._compare(last, now)

    def _compare(self, last, now):
        if now.replaced != last.replaced:
            self._tell("project-opened", {"path": _tintype.project_path() or None})
        else:
            self._compare_images(last.images, now.images)
        if now.saved != last.saved:
            self._tell("project-saved", {"path": _tintype.project_path() or None})
        if now.active != last.active:
            self._tell("active-changed", {"image": now.active or None}, "active")

    def _compare_images(self, last, now):
        for name in last:
            if name not in now:
                self._tell("image-removed", {"image": name}, name)
        for name, image in now.items():
            if name not in last:
                self._tell("image-added", {"image": name}, name)
                if path := _tintype.file_of(image):
                    self._tell("image-opened", {"image": name, "path": path}, name)
            elif not image._same(last[name]):
                self._tell("image-changed", {"image": name}, name)


_making = threading.Lock()
_watch = None


def start(tell, is_wanted):
    global _watch
    with _making:
        if _watch is None:
            _watch = _Watch(tell, is_wanted)
    _watch.begin()
