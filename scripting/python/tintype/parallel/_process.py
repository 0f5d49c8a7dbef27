# The program's handle on one worker process.
# SPDX-License-Identifier: GPL-3.0-or-later
import codecs
import collections
import contextlib
import os
import pickle
import select
import signal
import sys
import time
from multiprocessing import context, process

from .. import _processes
from .._tintype import Error
from . import _channel, _pickling, _worker

_LOG_LENGTH = 1 << 16
_DECODER = codecs.getincrementaldecoder("utf-8")


class _Process(context.SpawnProcess):
    """A new Python that does not import the script: functions travel with what they need."""

    @staticmethod
    def _Popen(process_object):
        with _processes.without_script():
            return context.SpawnProcess._Popen(process_object)


def _start(end):
    """The process whose socket this is."""
    # A daemonic process, such as a worker of a pool, may start none, since they would be left behind; these are not.
    settings = process.current_process()._config
    daemon = settings.pop("daemon", None)
    started = _Process(target=_worker.main, args=(end,), name="tintype worker")
    try:
        started.start()
    finally:
        end.close()
        if daemon is not None:
            settings["daemon"] = daemon
    # Nobody else waits for it, and multiprocessing not at the program's end.
    process._children.discard(started)
    return started


class Entry:
    """An item that somebody waits for."""

    __slots__ = ("index", "item", "parcel", "timeout", "ticket")

    def __init__(self, index, item, parcel, timeout):
        self.index = index
        self.item = item
        self.parcel = parcel
        self.timeout = timeout
        self.ticket = -1


class WorkerProcess:
    """One worker. Belongs to one thread at a time."""

    def __init__(self):
        self.channel, end = _channel.pair()
        self._take_end, self._give_end = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._log = os.memfd_create("tintype-crash", os.MFD_CLOEXEC)
        self._next_ticket = 0
        self.entries = collections.deque()  # that it has and that are not done, in its order
        self.since = None  # when the first of them began; None before it is ready
        self.is_ready = False
        self.is_open = True  # until it has closed its end
        self.is_ending = False
        self._kill_at = None
        self._decoders = {}
        self._process = _start(end)
        self.handle = os.pidfd_open(self._process.pid)
        self.channel.send(_worker.HELLO, handles=[self._take_end, self._log])

    @property
    def is_alive(self):
        return not select.select([self.handle], [], [], 0)[0]

    def learn(self, parcel, share):
        """What it does with the items from now on."""
        sizes = [(segment.size, segment.read_only) for segment in parcel.segments]
        setting = (list(sys.path), os.getcwd(), share, parcel.data, sizes)
        handles = [segment.handle for segment in parcel.segments]
        self.channel.send(_worker.TASK, pickle.dumps(setting, _pickling.PROTOCOL), handles, parcel)

    def forget(self):
        """It does nothing with items any more, and so needs not keep what that would use."""
        if self.is_open:
            self.channel.send(_worker.FORGET)

    def give(self, entries):
        """Sends items, and a ticket for each."""
        if not self.entries:
            self.since = time.monotonic()
        tickets = b""
        plain = []
        for entry in entries:
            entry.ticket = self._next_ticket
            self._next_ticket = (self._next_ticket + 1) & 0xFFFFFFFF
            tickets += _worker.TICKET.pack(entry.ticket)
            if entry.parcel.segments:
                self._give_plain(plain)
                plain = []
                self._give_shared(entry)
            else:
                plain.append((entry.ticket, entry.parcel.data, ()))
        self._give_plain(plain)
        self.entries.extend(entries)
        os.write(self._give_end, tickets)

    def _give_plain(self, items):
        if items:
            self.channel.send(_worker.ITEMS, pickle.dumps(items, _pickling.PROTOCOL))

    def _give_shared(self, entry):
        parcel = entry.parcel
        sizes = [(segment.size, segment.read_only) for segment in parcel.segments]
        handles = [segment.handle for segment in parcel.segments]
        data = pickle.dumps((entry.ticket, parcel.data, sizes), _pickling.PROTOCOL)
        self.channel.send(_worker.SHARED_ITEM, data, handles, parcel)

    def take_back(self, most):
        """Up to `most` of the items that it has not begun, the first ones."""
        taken = []
        while len(taken) < most:
            try:
                ticket = os.read(self._take_end, _worker.TICKET.size)
            except BlockingIOError:
                break
            number = _worker.TICKET.unpack(ticket)[0]
            entry = next(entry for entry in self.entries if entry.ticket == number)
            self.entries.remove(entry)
            taken.append(entry)
        return taken

    def done(self, ticket):
        """The item of a result; None when nobody waits for it any more."""
        now = time.monotonic()
        if self.entries and self.entries[0].ticket == ticket:
            self.since = now
            return self.entries.popleft()
        for entry in self.entries:
            if entry.ticket == ticket:
                self.entries.remove(entry)
                return entry
        return None

    def deadline(self):
        """When the item that it works on is out of time; None when it has a right to any time."""
        if not self.is_ready or not self.entries or self.entries[0].timeout is None:
            return None
        return self.since + self.entries[0].timeout

    def show(self, kind, data):
        """Prints what it has printed; a letter may come in two parts."""
        stream = sys.stdout if kind == _worker.PRINTED else sys.stderr
        text = self._decoders.setdefault(kind, _DECODER("replace")).decode(data)
        if stream is not None:
            stream.write(text)
            stream.flush()

    def crash_log(self):
        """The stack that a crash has left, as text."""
        return os.pread(self._log, _LOG_LENGTH, 0).decode("utf-8", "replace")

    def exit_code(self):
        """Of a process that has ended: as of multiprocessing; None when somebody else has waited for it."""
        self._process.join()
        return self._process.exitcode

    def interrupt(self, grace):
        """Raises Cancelled in it; after `grace` seconds `kill_late` kills it."""
        self.is_ending = True
        self._kill_at = time.monotonic() + grace
        self._signal(signal.SIGTERM)

    @property
    def kill_at(self):
        return self._kill_at

    def kill_late(self):
        """Kills it when its grace is over."""
        if self._kill_at is not None and time.monotonic() >= self._kill_at:
            self._kill_at = None
            self.kill()

    def kill(self):
        """Ends it now, with the programs that it has started."""
        self.is_ending = True
        self._signal(signal.SIGKILL)

    def _signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, number)
            if number == signal.SIGKILL and self.is_ready:
                os.killpg(self._process.pid, number)

    def close(self):
        """Lets go of it; one that still runs ends when it has nothing to do."""
        self.channel.close()
        for handle in (self._take_end, self._give_end, self._log):
            os.close(handle)
        self._take_end = self._give_end = self._log = -1

    def bury(self, seconds):
        """Waits for its end, and kills it when that does not come."""
        if not select.select([self.handle], [], [], max(0, seconds))[0]:
            self.kill()
        self._process.join()
        os.close(self.handle)
        # Somebody who waits for any child at all may have got its exit code; then it counts as running for ever.
        with contextlib.suppress(ValueError):
            self._process.close()


def end_all(workers, seconds):
    """Lets workers end that have nothing to do, interrupts the others, and waits so long before it kills."""
    until = time.monotonic() + seconds
    try:
        for worker in workers:
            if worker.entries or not worker.is_ready:
                worker.interrupt(seconds)
            worker.close()
        for worker in workers:
            select.select([worker.handle], [], [], max(0, until - time.monotonic()))
    finally:
        for worker in workers:
            worker.bury(0)


def start_error(exit_code, log):
    """A worker that died before it was ready."""
    how = f"ended with exit code {exit_code}" if (exit_code or 0) >= 0 else f"was ended by signal {-exit_code}"
    return Error(f"A worker process {how} before it could begin. {log}".strip())
