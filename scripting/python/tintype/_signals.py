# Progress of evaluations, by pyvips' conventions: set_progress and signal_connect.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import time

from . import _tintype
from ._callbacks import check_callable
from ._tintype import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ._tintype import Image

SIGNALS = ("preeval", "eval", "posteval")

# By the id of the Image object, which compares with == to an image and so is no key itself.
_watched: dict[int, _Watch] = {}


class Progress:
    """How far an evaluation is: what handlers of signal_connect get."""

    run: int
    eta: int
    tpels: int
    npels: int
    percent: int

    def __init__(self, pixels: int, fraction: float, seconds: float) -> None:
        self.run = int(seconds)
        self.eta = int(seconds / fraction - seconds) if fraction > 0 else 0
        self.tpels = pixels
        self.npels = int(pixels * fraction)
        self.percent = int(100 * fraction)

    def __repr__(self) -> str:
        return f"<tintype.Progress {self.percent} %, {self.npels} of {self.tpels} pixels>"


class _Watch:
    """The handlers of one Image object, told as long as it lives."""

    def __init__(self, image):
        import weakref

        self._image = weakref.ref(image)
        self._handlers = {name: [] for name in SIGNALS}
        self._number = 0
        self._begin = 0.0
        self._end = weakref.finalize(image, _forget, id(image))
        self._end.atexit = False

    def connect(self, name, handler):
        self._handlers[name].append(handler)

    def listen(self, on):
        if self._number:
            _tintype.unwatch_image(self._number)
            self._number = 0
        image = self._image()
        if on and image is not None:
            self._number = image._watch(self._tell)

    def is_listening(self):
        return self._number != 0

    def _tell(self, moment, fraction):
        image = self._image()
        if image is None:
            return
        if moment == "preeval":
            self._begin = time.monotonic()
        progress = Progress(image.width * image.height, fraction, time.monotonic() - self._begin)
        for handler in self._handlers[moment]:
            handler(image, progress)


def _forget(key):
    watch = _watched.pop(key, None)
    if watch is not None:
        watch.listen(False)


def _watch_of(image):
    return _watched.get(id(image)) or _watched.setdefault(id(image), _Watch(image))


def moved(image):
    """The Image object stands for another image now."""
    watch = _watched.get(id(image))
    if watch is not None and watch.is_listening():
        watch.listen(True)


def set_progress(self, progress: bool) -> None:
    """Whether the handlers of signal_connect are called when this image, or one that is made of it, is evaluated."""
    _watch_of(self).listen(bool(progress))


def signal_connect(self, name: str, handler: Callable[[Image, Progress], Any]) -> None:
    """Call handler(image, progress) at "preeval", "eval" and "posteval", once set_progress(True) was called.

    "eval" comes often, on the threads that compute; what the handler raises ends the evaluation.
    """
    if name not in SIGNALS:
        raise ParameterError(f"signal_connect: name must be one of {', '.join(SIGNALS)}, not {name!r}")
    check_callable(handler, "signal_connect")
    _watch_of(self).connect(name, handler)
