# Progress, waiting and being stopped, in the window and on a terminal.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import sys
import time

from . import _tintype

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._types import T

INTERVAL = 0.1


class _JobBar:
    """Shows progress in the window's list of jobs."""

    def __init__(self, title):
        self._title = title

    def show(self, done, total):
        _tintype.report_progress(done / total if total else -1.0, self._title)

    def close(self):
        pass


class _TerminalBar:
    """Draws progress on one line of a terminal."""

    WIDTH = 30

    def __init__(self, title):
        self._title = title
        self._start = time.monotonic()

    def show(self, done, total):
        if not total:
            text = f"{self._title}: {done}"
        else:
            filled = self.WIDTH * done // total
            bar = "#" * filled + "." * (self.WIDTH - filled)
            text = f"{self._title}: {100 * done // total:3d} % [{bar}] {done} of {total}{self._left(done, total)}"
        sys.stderr.write("\r\x1b[K" + text)
        sys.stderr.flush()

    def _left(self, done, total):
        if not done or done == total:
            return ""
        seconds = (time.monotonic() - self._start) / done * (total - done)
        return f", {seconds:.0f} s left" if seconds < 100 else f", {seconds / 60:.0f} min left"

    def close(self):
        sys.stderr.write("\n")
        sys.stderr.flush()


class _NoBar:
    """Nobody looks."""

    def show(self, done, total):
        pass

    def close(self):
        pass


def _bar(title):
    if _tintype.has_job():
        return _JobBar(title)
    if sys.stderr is not None and sys.stderr.isatty():
        return _TerminalBar(title)
    return _NoBar()


def _length(iterable):
    try:
        return len(iterable)
    except TypeError:
        return 0


def progress(iterable: Iterable[T], title: str = "Working", total: int | None = None) -> Iterator[T]:
    """Go through the items and show how far it is: in the Jobs panel, or on a terminal. Stop ends the loop.

    `total` is the number of items where the iterable does not know it.

    >>> import tintype as tt
    >>> [n * n for n in tt.progress([1, 2, 3], "Squaring")]
    [1, 4, 9]
    """
    total = _length(iterable) if total is None else total
    bar = _bar(title)
    shown = 0.0
    done = 0
    try:
        for item in iterable:
            _tintype.check_cancelled()
            now = time.monotonic()
            if now - shown >= INTERVAL:
                bar.show(done, total)
                shown = now
            yield item
            done += 1
        bar.show(done, total or done)
    finally:
        bar.close()


def sleep(seconds: float) -> None:
    """Wait; Stop ends it at once, with Cancelled.

    >>> import tintype as tt
    >>> tt.sleep(0.01)
    """
    _tintype.check_cancelled()
    if not _tintype.has_job():
        time.sleep(seconds)
        return
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        _tintype.wait_cancelled(left)
