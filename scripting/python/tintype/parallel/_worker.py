# The other side: what a worker process does until it is told to end.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Items come in small batches. Before it begins an item, the worker takes its ticket from a pipe; the program may take tickets
from the same pipe, and so give an item that has not begun to somebody else. A ticket is read whole, by one of the two.

Each result goes out before the next item begins, so that no slow item holds others back, and the program knows by the results
which item a dead worker was at.
"""
import collections
import contextlib
import faulthandler
import fcntl
import io
import os
import pickle
import select
import signal
import struct
import sys
import time
from multiprocessing import process

from .. import _tintype
from . import _channel, _failures, _nesting, _pickling

# Messages to the worker.
HELLO, TASK, ITEMS, SHARED_ITEM, FORGET = range(5)
# Messages from it.
READY, RESULT, PRINTED, PRINTED_ERROR = range(4)
# What a result is.
VALUE, ERROR, UNPICKLABLE = range(3)

TICKET = struct.Struct("<I")
IDLE_SECONDS = 60
_F_SETSIG = 10  # Linux; the module fcntl does not name it


class _Printed(io.RawIOBase):
    """What is written to it is printed by the program."""

    def __init__(self, channel, kind, handle):
        self._channel = channel
        self._kind = kind
        self._handle = handle

    def writable(self):
        return True

    def fileno(self):
        return self._handle

    def write(self, data):
        data = bytes(data)
        self._channel.send(self._kind, data)
        return len(data)


def _stream(channel, kind, handle):
    return io.TextIOWrapper(
        io.BufferedWriter(_Printed(channel, kind, handle)), "utf-8", "backslashreplace", line_buffering=True
    )


def _end_with_the_program():
    """The system kills the worker, and what it has started, as soon as the program is gone, whatever either does then."""
    os.setpgid(0, 0)
    program = process.parent_process().sentinel
    fcntl.fcntl(program, fcntl.F_SETOWN, -os.getpid())
    fcntl.fcntl(program, _F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(program, fcntl.F_SETFL, fcntl.fcntl(program, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([program], [], [], 0)[0]:
        os._exit(1)


def _limit_threads(share):
    """What counts cores by itself, libraries for arrays among them, uses the worker's share."""
    _tintype.set_engine_threads(share)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, str(share))


class Worker:
    def __init__(self, channel):
        self._channel = channel
        self._tickets = -1
        self._items = collections.deque()
        self._task = None
        self._task_error = None
        self._packer = _pickling.Packer()
        self._works = False
        self._is_stopped = False

    def run(self):
        signal.signal(signal.SIGTERM, self._stop)
        while not self._is_stopped:
            item = self._next()
            if item is None:
                return
            self._do(*item)

    def _stop(self, number, frame):
        self._is_stopped = True
        if self._works:
            raise _tintype.Cancelled("Stopped.")

    def _next(self):
        """(ticket, data, segments) of the next item; None at the end."""
        while not self._is_stopped:
            ticket = self._take_ticket()
            if ticket is None:
                if not self._wait():
                    return None
                continue
            while not self._has(ticket):
                if not self._listen():
                    return None
            return self._items.popleft()
        return None

    def _take_ticket(self):
        if self._tickets < 0:
            return None
        try:
            return TICKET.unpack(os.read(self._tickets, TICKET.size))[0]
        except BlockingIOError:
            return None

    def _wait(self):
        """Waits for tickets, and reads messages; False when neither will come."""
        sources = [self._channel] if self._tickets < 0 else [self._channel, self._tickets]
        ready = select.select(sources, [], [], IDLE_SECONDS)[0]
        return self._listen() if self._channel in ready else bool(ready)

    def _has(self, ticket):
        """Whether the item has come; those before it were taken back."""
        while self._items and self._items[0][0] != ticket:
            drop(self._items.popleft())
        return bool(self._items)

    def _listen(self):
        """Reads messages; False when there will be no more."""
        try:
            for kind, data, handles in self._channel.receive():
                self._meet(kind, data, handles)
        except (EOFError, ConnectionResetError):
            return False
        return True

    def _meet(self, kind, data, handles):
        if kind == ITEMS:
            self._items.extend(pickle.loads(data))
        elif kind == SHARED_ITEM:
            ticket, data, sizes = pickle.loads(data)
            self._items.append((ticket, data, _with_handles(handles, sizes)))
        elif kind == TASK:
            self._learn(data, handles)
        elif kind == FORGET:
            self._task = None
            _tintype.drop_caches()
        elif kind == HELLO:
            self._tickets, log = handles
            faulthandler.enable(log, all_threads=False)

    def _learn(self, data, handles):
        path, folder, share, task, sizes = pickle.loads(data)
        if sys.path != path:
            sys.path[:] = path
        with contextlib.suppress(OSError):
            os.chdir(folder)
        _nesting.set_process_share(share)
        _limit_threads(share)
        self._task = self._task_error = None
        try:
            self._task = _pickling.unpack(task, _with_handles(handles, sizes))
        except Exception as error:
            self._task_error = error

    def _do(self, ticket, data, segments):
        begin = time.perf_counter()
        try:
            self._works = True
            if self._is_stopped:
                return
            if self._task_error is not None:
                raise self._task_error
            value = self._task(_pickling.unpack(data, segments))
            self._works = False
            parcel = _pickling.pack_result(self._packer, value)
            kind = VALUE
        except _failures.UnpicklableError as error:
            kind, parcel = UNPICKLABLE, self._error(error)
        except BaseException as error:
            self._works = False
            if self._is_stopped:
                return
            kind, parcel = ERROR, self._error(error)
        finally:
            self._works = False
        _flush()
        self._report(ticket, kind, time.perf_counter() - begin, parcel)

    def _error(self, error):
        return _pickling.Parcel(pickle.dumps(_failures.packed(error, _pickling.Packer.pack_whole)))

    def _report(self, ticket, kind, seconds, parcel):
        sizes = [(segment.size, segment.read_only) for segment in parcel.segments]
        self._channel.send(
            RESULT,
            pickle.dumps((ticket, kind, seconds, parcel.data, sizes), _pickling.PROTOCOL),
            [segment.handle for segment in parcel.segments],
        )


def _flush():
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except Exception:
        # The function has put something else in their place, or closed them.
        pass


def drop(item):
    """Closes the handles of an item, or of a result, that nobody wants."""
    for handle, _, _ in item[2]:
        os.close(handle)


def _with_handles(handles, sizes):
    return [(handle, size, read_only) for handle, (size, read_only) in zip(handles, sizes)]


def main(end):
    """The target of the process; `end` is its socket."""
    _end_with_the_program()
    channel = _channel.Channel(end)
    channel.set_blocking(True)
    sys.stdout = _stream(channel, PRINTED, 1)
    sys.stderr = _stream(channel, PRINTED_ERROR, 2)
    channel.send(READY)
    Worker(channel).run()
    sys.stdout.flush()
    sys.stderr.flush()
    # The system would take the end of the program for its own affair while Python ends here.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
