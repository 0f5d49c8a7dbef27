# The executor "threads": items on threads of this process.
# SPDX-License-Identifier: GPL-3.0-or-later
"""In the window the threads belong to the script that starts them, so that Stop and its output reach them."""
import collections
import queue
import threading
import time

from .. import _tintype
from .._tintype import Cancelled
from . import _failures, _nesting, _serial_crew

AHEAD = 4
END_SECONDS = 0.5
LOOK_SECONDS = 0.05  # between two looks at the clock, where there are time limits
_SETTLE_SECONDS = 0.001
_SETTLE_STEPS = 100


def start(task, workers=None, timeout=None, address=""):
    """A crew for the task."""
    return _serial_crew.this_or_serial(ThreadCrew, task, workers, timeout)


class _Worker:
    """A thread, and the item that it is at."""

    def __init__(self, crew, share):
        self._crew = crew
        self._share = share
        self._lock = threading.Lock()
        self._is_given_up = False
        self.entry = None
        self.deadline = None
        self.thread = threading.Thread(target=self._run, name="tintype worker", daemon=True)

    def start(self):
        self.thread.start()

    def _run(self):
        _nesting.set_thread_share(self._share)
        try:
            while (entry := self._crew.items.get()) is not None:
                self._do(*entry)
        except Cancelled:
            # It was given up, or the script was stopped, which its own thread hears as well.
            pass

    def _do(self, index, item, timeout):
        with self._lock:
            if self._is_given_up:
                return
            self.entry = (index, item, timeout)
            self.deadline = None if timeout is None else time.monotonic() + timeout
        try:
            outcome = (index, True, self._crew.task(item))
        except BaseException as error:
            if self._is_given_up:
                raise Cancelled("Stopped.") from None
            outcome = (index, False, _failures.of_error(item, index, error))
        with self._lock:
            self.entry = self.deadline = None
        if self._is_given_up:
            # What was raised lands here, unless the function has swallowed it; not in the next item.
            for _ in range(_SETTLE_STEPS):
                time.sleep(_SETTLE_SECONDS)
            raise Cancelled("Stopped.")
        self._crew.outcomes.put(outcome)

    def give_up(self):
        """Raises Cancelled in its item; returns that, and None where it has none any more."""
        with self._lock:
            entry = self.entry
            if entry is not None:
                self._is_given_up = True
                _tintype.cancel_thread(self.thread.ident)
            return entry

    def stop(self):
        """The same; also where it is just about to begin an item, or has not even started."""
        with self._lock:
            self._is_given_up = True
            if self.entry is not None:
                _tintype.cancel_thread(self.thread.ident)

    def join(self, seconds):
        if self.thread.ident is not None:
            self.thread.join(seconds)


class ThreadCrew:
    """Belongs to one thread."""

    def __init__(self, task, count):
        self.task = task
        self.items = queue.SimpleQueue()
        self.outcomes = queue.SimpleQueue()
        self._count = count
        self._share = max(1, _nesting.share() // count)
        self._workers = []
        self._pending = 0
        self._has_limits = False
        self._was_woken = False

    def room(self):
        """How many items it could take now."""
        return self._count * AHEAD - self._pending

    def give(self, index, item, timeout=None):
        """Takes an item; what becomes of it, `take` returns."""
        self._pending += 1
        self._has_limits = self._has_limits or timeout is not None
        self.items.put((index, item, timeout))
        if len(self._workers) < min(self._count, self._pending):
            self._hire(len(self._workers))

    def _hire(self, place):
        """A worker for the place; `stop` must find it also where Ctrl+C comes while its thread is being started."""
        worker = _Worker(self, self._share)
        self._workers[place : place + 1] = [worker]
        worker.start()

    def take(self, seconds):
        """Waits so long for results, and returns what has come: a list of (index, whether it went well, result or Failure)."""
        until = time.monotonic() + seconds
        self._was_woken = False
        while True:
            left = until - time.monotonic()
            outcomes = self._come(min(left, LOOK_SECONDS) if self._has_limits else left)
            if self._has_limits:
                outcomes += self._late()
            if outcomes or self._was_woken or left <= 0:
                self._pending -= len(outcomes)
                return outcomes

    def _come(self, seconds):
        outcomes = []
        try:
            outcomes.append(self.outcomes.get(timeout=max(0.0, seconds)))
            while True:
                outcomes.append(self.outcomes.get_nowait())
        except queue.Empty:
            pass
        self._was_woken = None in outcomes
        return [outcome for outcome in outcomes if outcome is not None]

    def _late(self):
        """Gives up what is out of time; others take the places of its threads."""
        late = []
        now = time.monotonic()
        for place, worker in enumerate(self._workers):
            deadline = worker.deadline
            if deadline is None or deadline > now:
                continue
            entry = worker.give_up()
            if entry is None:
                continue  # it is done just now
            index, item, timeout = entry
            late.append((index, False, _failures.of_timeout(item, index, timeout)))
            self._hire(place)
        return late

    def wake(self):
        """Lets `take` return; any thread."""
        self.outcomes.put(None)

    def was_woken(self):
        """Whether the last `take` returned for that."""
        return self._was_woken

    def leave(self):
        """Nobody wants more results. Items that have begun go on to their end."""
        self._drop_waiting()
        for _ in self._workers:
            self.items.put(None)

    def stop(self):
        """Ends what runs, where that can be ended."""
        self._drop_waiting()
        for worker in self._workers:
            worker.stop()
        for _ in self._workers:
            self.items.put(None)
        until = time.monotonic() + END_SECONDS
        for worker in self._workers:
            worker.join(max(0.0, until - time.monotonic()))

    def _drop_waiting(self):
        collections.deque(iter(self._drop_one, False), maxlen=0)

    def _drop_one(self):
        try:
            self.items.get_nowait()
        except queue.Empty:
            return False
        return True
