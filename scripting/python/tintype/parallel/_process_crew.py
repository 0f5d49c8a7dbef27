# The executor "processes": items on worker processes.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything happens on the thread that asks for results. Each worker has a few items ahead, more where they are small, so that it
needs not wait for the next one; what stands behind a slow item is taken back for a worker that has nothing to do.
"""
import collections
import os
import pickle
import selectors
import threading
import time

from . import _failures, _nesting, _pickling, _process, _serial_crew, _stock, _worker

AHEAD_SECONDS = 0.003
LEAST_AHEAD, MOST_AHEAD = 2, 96
KEPT_IMAGES = 2
MOST_SHARED = 256 << 20  # bytes on their way
GRACE_SECONDS = 0.3
MOST_FAILED_STARTS = 2
_WEIGHT = 0.1  # of the newest time in the mean


def start(task, workers=None, timeout=None, address=""):
    """A crew for the task."""
    return _serial_crew.this_or_serial(ProcessCrew, task, workers, timeout)


class ProcessCrew:
    """Belongs to one thread."""

    def __init__(self, task, count):
        self._selector = selectors.DefaultSelector()
        self._waking = threading.Lock()
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._was_woken = False
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._count = count
        self._share = max(1, _nesting.share() // count)
        self._task = _pickling.pack_task(task)
        self._packer = _pickling.Packer(kept=KEPT_IMAGES)
        self._workers = []
        self._ending = []
        self._waiting = collections.deque()
        self._outcomes = []
        self._pending = 0
        self._shared = 0
        self._mean = 1.0  # seconds for an item
        self._failed_starts = 0

    # What goes in.

    def room(self):
        """How many items it could take now."""
        if self._shared > MOST_SHARED:
            return self._count - self._pending
        return self._count * self._ahead() - self._pending

    def _ahead(self):
        return max(LEAST_AHEAD, min(MOST_AHEAD, int(AHEAD_SECONDS / self._mean)))

    def give(self, index, item, timeout=None):
        """Takes an item; what becomes of it, `take` returns."""
        self._pending += 1
        try:
            parcel = _pickling.pack_item(self._packer, index, item)
        except _failures.UnpicklableError as error:
            self._outcomes.append((index, False, _failures.of_unpicklable(item, index, error)))
            return
        self._shared += parcel.shared_size
        self._waiting.append(_process.Entry(index, item, parcel, timeout))

    def _distribute(self):
        ahead = self._ahead()
        while self._waiting and len(self._workers) < self._count and all(worker.entries for worker in self._workers):
            self._hire().give([self._waiting.popleft()])
        if self._waiting:
            for worker in sorted(self._open_workers(), key=lambda worker: len(worker.entries)):
                space = ahead - len(worker.entries)
                # A full queue is not filled up one by one.
                if not self._waiting or 2 * space < ahead:
                    break
                fair = -(-len(self._waiting) // len(self._workers))
                worker.give([self._waiting.popleft() for _ in range(min(space, fair))])
        else:
            self._share_out()
        self._watch_sending()

    def _open_workers(self):
        return [worker for worker in self._workers if worker.is_open]

    def _share_out(self):
        """Gives items that stand behind others to workers that have none."""
        for idle in self._open_workers():
            if idle.entries or not idle.is_ready:
                continue
            busiest = max(self._workers, key=lambda worker: len(worker.entries))
            if len(busiest.entries) > 1:
                taken = busiest.take_back(len(busiest.entries) // 2)
                if taken:
                    idle.give(taken)

    def _hire(self):
        worker = _stock.take(self._is_free)
        if worker is None:
            worker = _process.WorkerProcess()
        worker.learn(self._task, self._share)
        self._workers.append(worker)
        self._selector.register(worker.channel, selectors.EVENT_READ, worker)
        self._selector.register(worker.handle, selectors.EVENT_READ, worker)
        return worker

    def _is_free(self, worker):
        """Whether a worker of an earlier call has done what it had."""
        self._drain(worker, forget=True)
        return worker.is_open and worker.is_ready and not worker.entries

    def _watch_sending(self):
        for worker in self._open_workers():
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if worker.channel.is_waiting else 0)
            if self._selector.get_key(worker.channel).events != events:
                self._selector.modify(worker.channel, events, worker)

    # What comes back.

    def wake(self):
        """Lets `take` return; any thread."""
        with self._waking:
            if self._wake >= 0:
                os.eventfd_write(self._wake, 1)

    def was_woken(self):
        """Whether the last `take` returned for that."""
        return self._was_woken

    def take(self, seconds):
        """Waits so long for results, and returns what has come: a list of (index, whether it went well, result or Failure)."""
        if not self._outcomes:
            self._distribute()
            self._wait(seconds)
        outcomes, self._outcomes = self._outcomes, []
        self._pending -= len(outcomes)
        return outcomes

    def _wait(self, seconds):
        moments = [moment for worker in self._workers if (moment := worker.deadline()) is not None]
        moments += [worker.kill_at for worker in self._ending if worker.kill_at is not None]
        if moments:
            seconds = max(0, min(seconds, min(moments) - time.monotonic()))
        self._was_woken = False
        for key, events in self._selector.select(seconds):
            worker = key.data
            if worker is None:
                self._was_woken = os.eventfd_read(self._wake) > 0
                continue
            if key.fileobj is worker.handle:
                self._meet_end(worker)
                continue
            if events & selectors.EVENT_WRITE and worker.is_open:
                worker.channel.flush()
            if events & selectors.EVENT_READ and worker.is_open:
                self._drain(worker)
        if moments:
            self._look_at_clock()

    def _drain(self, worker, forget=False):
        """Reads what a worker has sent."""
        try:
            while True:
                for kind, data, handles in worker.channel.receive():
                    if kind == _worker.RESULT:
                        self._meet_result(worker, data, handles, forget)
                    elif kind == _worker.READY:
                        worker.is_ready = True
                        worker.since = time.monotonic()
                        self._failed_starts = 0
                    else:
                        worker.show(kind, data)
                if not forget and self._outcomes:
                    return
        except BlockingIOError:
            return
        except (EOFError, ConnectionResetError):
            # That it has ended is told by its handle.
            worker.is_open = False
            if not forget:
                self._selector.unregister(worker.channel)

    def _meet_result(self, worker, data, handles, forget):
        ticket, kind, seconds, result, sizes = pickle.loads(data)
        segments = [(handle, size, read_only) for handle, (size, read_only) in zip(handles, sizes)]
        entry = worker.done(ticket)
        if entry is None or forget:
            _worker.drop((ticket, result, segments))
            return
        self._mean += _WEIGHT * (seconds - self._mean) if seconds < self._mean else seconds - self._mean
        self._finish(entry, *self._result(entry, kind, result, segments))

    @staticmethod
    def _result(entry, kind, data, segments):
        """(whether it went well, the result or a Failure)"""
        try:
            if kind == _worker.VALUE:
                return True, _pickling.unpack(data, segments)
            packed = pickle.loads(data)
        except Exception as error:
            reason = f"The result of item {entry.index} cannot be read here: {_failures.describe_error(error)}"
            problem = _failures.UnpicklableError(reason).with_traceback(error.__traceback__)
            return False, _failures.of_unpicklable(entry.item, entry.index, problem)
        error = _failures.unpacked(*packed)
        failed = _failures.ERROR if kind == _worker.ERROR else _failures.UNPICKLABLE
        return False, _failures.Failure(entry.item, entry.index, error, packed[2], failed)

    def _finish(self, entry, went_well, value):
        self._shared -= entry.parcel.shared_size
        self._outcomes.append((entry.index, went_well, value))

    # What goes wrong.

    def _look_at_clock(self):
        now = time.monotonic()
        for worker in self._ending:
            worker.kill_late()
        for worker in list(self._workers):
            deadline = worker.deadline()
            if deadline is None or deadline > now:
                continue
            # It can begin no other item now; the one that is late may be done by now, and the next one is not late.
            self._waiting.extendleft(reversed(worker.take_back(len(worker.entries))))
            self._drain(worker)
            deadline = worker.deadline()
            if deadline is None or deadline > now:
                continue
            entry = worker.entries.popleft()
            self._finish(entry, False, _failures.of_timeout(entry.item, entry.index, entry.timeout))
            self._workers.remove(worker)
            self._ending.append(worker)
            worker.interrupt(GRACE_SECONDS)

    def _meet_end(self, worker):
        """A worker has ended; the item that it had begun is lost."""
        while worker.is_open:
            count = len(self._outcomes)
            self._drain(worker)
            if len(self._outcomes) == count:
                break
        self._selector.unregister(worker.handle)
        if worker.is_open:
            worker.is_open = False
            self._selector.unregister(worker.channel)
        if worker in self._ending:
            self._ending.remove(worker)
        else:
            self._workers.remove(worker)
            self._waiting.extendleft(reversed(worker.take_back(len(worker.entries))))
            for entry in worker.entries:
                self._finish(entry, False, _failures.of_crash(entry.item, entry.index, worker.exit_code(), worker.crash_log()))
            worker.entries.clear()
            self._failed_starts += not worker.is_ready
        exit_code, log = worker.exit_code(), worker.crash_log()
        worker.close()
        worker.bury(0)
        if self._failed_starts >= MOST_FAILED_STARTS:
            raise _process.start_error(exit_code, log)

    # The end.

    def leave(self):
        """Nobody wants more results. Items that have begun go on to their end, but for those that have a time limit."""
        workers, ending, self._workers, self._ending = self._workers, self._ending, [], []
        self._close()
        for worker in workers:
            worker.is_open = worker.is_open and worker.channel.fileno() >= 0
            worker.take_back(len(worker.entries))
            worker.forget()
        limited = [worker for worker in workers if worker.entries and worker.entries[0].timeout is not None]
        _stock.give([worker for worker in workers if worker not in limited])
        _process.end_all(ending + limited, GRACE_SECONDS)

    def stop(self):
        """Ends what runs."""
        workers, self._workers, self._ending = self._workers + self._ending, [], []
        self._close()
        _process.end_all(workers, GRACE_SECONDS)

    def __del__(self):
        self._close()

    def _close(self):
        self._selector.close()
        with self._waking:
            handle, self._wake = self._wake, -1
        if handle >= 0:
            os.close(handle)
