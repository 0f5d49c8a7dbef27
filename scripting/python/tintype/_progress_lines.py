# Progress where there is no terminal: a line now and then, for people who read a log, or as JSON for programs.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import sys
import time

from ._pace import Pace, duration

# A line comes when a tenth more is done and a second has passed, or when this many seconds have.
LONGEST_SILENCE = 30
SHORTEST_SILENCE = 1


class _Lines:
    def __init__(self, title):
        self._title = title
        self._pace = Pace()
        self._told_at = time.monotonic()
        self._told = 0
        self._last = (0, 0)

    def show(self, done, total):
        self._last = done, total
        if total and done >= total:
            return  # the end says so
        silence = time.monotonic() - self._told_at
        step = total / 10 if total else 0
        if silence >= LONGEST_SILENCE or (silence >= SHORTEST_SILENCE and step and done - self._told >= step):
            self._told_at, self._told = time.monotonic(), done
            self._tell(done, total)

    def close(self, finished):
        self._end(*self._last, finished)


class PlainLines(_Lines):
    """`Measuring: 30 of 100 (30 %), 2.5/s, 28 s left`."""

    def _tell(self, done, total):
        self._write(f"{self._counted(done, total)}, {self._pace.words(done, total)}".removesuffix(", "))

    def _end(self, done, total, finished):
        time_taken = duration(self._pace.seconds())
        self._write(f"{self._counted(done, total)}, {'done' if finished else 'ended'} after {time_taken}")

    def _counted(self, done, total):
        return f"{done} of {total} ({100 * done // total} %)" if total else str(done)

    def _write(self, text):
        # Whoever read it may be gone; the work goes on.
        with contextlib.suppress(OSError):
            print(f"{self._title}: {text}", file=sys.stderr, flush=True)


class JsonLines(_Lines):
    def _tell(self, done, total):
        from tintype_headless import json_lines

        left = self._pace.left(done, total)
        json_lines.tell(
            "progress", title=self._title, done=done, total=total or None, seconds=round(self._pace.seconds(), 3),
            left=None if left is None else round(left, 3),
        )  # fmt: skip

    def _end(self, done, total, finished):
        self._tell(done, total)
