# Progress, waiting and being stopped, in the window and without one.
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

    def close(self, finished):
        pass


class _NoBar:
    """Nobody looks."""

    def show(self, done, total):
        pass

    def close(self, finished):
        pass


def _is_worker():
    """Whether this process belongs to a pool: the one that started it shows how far all are."""
    processes = sys.modules.get("multiprocessing.process")
    return processes is not None and processes.parent_process() is not None


def bar(title):
    """What shows how far something is, here and now: show(done, total), any number of times, then close(finished)."""
    if _tintype.has_job():
        return _JobBar(title)
    headless = sys.modules.get("tintype_headless")
    if (headless and headless.quiet) or sys.stderr is None or _is_worker():
        return _NoBar()
    if headless and headless.json:
        from ._progress_lines import JsonLines

        return JsonLines(title)
    if sys.stderr.isatty():
        from ._terminal_bar import TerminalBar, is_able

        if is_able():
            return TerminalBar(title)
    from ._progress_lines import PlainLines

    return PlainLines(title)


def _length(iterable):
    try:
        return len(iterable)
    except TypeError:
        return 0


def progress(iterable: Iterable[T], title: str = "Working", total: int | None = None) -> Iterator[T]:
    """Go through the items and show how far it is. Stop ends the loop.

    In the window the Jobs panel shows it; on a terminal a bar, which gives way to what is printed; elsewhere a line now and then
    on the standard error. `tintype run --quiet` shows nothing. `total` is the number of items where the iterable does not know it.

    >>> import tintype as tt
    >>> [n * n for n in tt.progress([1, 2, 3], "Squaring")]
    [1, 4, 9]
    """
    total = _length(iterable) if total is None else total
    shown_by = bar(title)
    shown = 0.0
    done = 0
    finished = False
    try:
        if total:
            # Whoever ends before the first item knows of how many.
            shown_by.show(done, total)
        for item in iterable:
            _tintype.check_cancelled()
            now = time.monotonic()
            if now - shown >= INTERVAL:
                shown_by.show(done, total)
                shown = now
            yield item
            done += 1
        shown_by.show(done, total or done)
        finished = True
    finally:
        shown_by.close(finished)


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
