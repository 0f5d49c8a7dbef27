# Threads of scripts: who they belong to, and waits that Stop can end.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thread belongs to the script that starts it. Context variables would not do: a new thread starts without them. All
threads begin in start_new_thread, so that one function is wrapped, and no class of the standard library is touched by it.

CPython raises an exception from another thread only when the thread runs Python code again. So on script threads, waits
are cut into slices, and Stop lands between two of them.
"""
import _thread
import sys
import threading
import time

import _tintype_runtime as native

from . import pools
from .adopted import Adopted

SLICE = 0.05

_start_new_thread = _thread.start_new_thread
_allocate_lock = _thread.allocate_lock
_sleep = time.sleep
_join = threading.Thread.join
_excepthook = threading.excepthook


def start_new_thread(function, args, kwargs=None, /):
    """Starts a thread that belongs to the caller's script."""
    context = native.context()
    kwargs = {} if kwargs is None else kwargs
    if context is None or not callable(function) or type(args) is not tuple or type(kwargs) is not dict:
        return _start_new_thread(function, args, kwargs)
    if pools.adopt(function):
        function, args, kwargs = pools.serve, (function, args, kwargs), {}
    return _start_new_thread(native.run_in, (context, function, args, kwargs))


def sleep(seconds, /):
    """As time.sleep, in slices."""
    number = isinstance(seconds, (int, float)) or hasattr(seconds, "__index__")
    if native.identity() is None or not number or not SLICE < seconds < threading.TIMEOUT_MAX:
        return _sleep(seconds)
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        _sleep(min(left, SLICE))
    return None


class Waiter:
    """The lock that a condition waits on, with an acquire in slices."""

    __slots__ = ("_lock", "release", "locked")

    def __init__(self):
        self._lock = _allocate_lock()
        self.release = self._lock.release
        self.locked = self._lock.locked

    def acquire(self, blocking=True, timeout=-1):
        acquire = self._lock.acquire
        if not blocking or 0 <= timeout <= SLICE:
            return acquire(blocking, timeout)
        if timeout < 0:
            while not acquire(True, SLICE):
                pass
            return True
        end = time.monotonic() + timeout
        while (left := end - time.monotonic()) > 0:
            if acquire(True, min(left, SLICE)):
                return True
        return acquire(False)


def allocate_waiter():
    return _allocate_lock() if native.identity() is None else Waiter()


def join(self, timeout=None):
    """As Thread.join, in slices."""
    if native.identity() is None:
        return _join(self, timeout)
    end = None if timeout is None else time.monotonic() + max(timeout, 0)
    while True:
        left = SLICE if end is None else end - time.monotonic()
        _join(self, max(0, min(left, SLICE)))
        if not self.is_alive() or left <= 0:
            return None


def excepthook(args, /):
    """A stopped thread ends without a word, as one that calls sys.exit does."""
    if args.exc_type is not None and issubclass(args.exc_type, cancelled()):
        return
    _excepthook(args)


def cancelled():
    """The exception that stops a script: tintype.Cancelled, where the package could be imported."""
    module = sys.modules.get("tintype._tintype")
    return getattr(module, "Cancelled", KeyboardInterrupt)


def wait_for_children(seconds=None):
    """Waits for the threads that the calling script has started and that are not daemons."""
    end = None if seconds is None else time.monotonic() + seconds
    here = _thread.get_ident()
    while True:
        own = set(native.threads()) - {here}
        helpers = native.identity().pool_threads
        left = [t for t in threading.enumerate() if (t.ident in own or t in helpers) and not t.daemon]
        # Those of the callback pool are the runtime's own.
        left = [t for t in left if not isinstance(t, Adopted)]
        pools.close_executors(left)
        if not left or (end is not None and time.monotonic() >= end):
            return
        left[0].join(None if end is None else max(0, end - time.monotonic()))


def stop_left_behind():
    """Stops the threads that keep Python from ending."""
    for thread in threading.enumerate():
        if not thread.daemon and thread is not threading.main_thread() and not isinstance(thread, Adopted):
            native.stop_thread(thread.ident)


def install():
    _thread.start_new_thread = _thread.start_new = start_new_thread
    threading._start_new_thread = start_new_thread
    threading._allocate_lock = allocate_waiter
    threading.Thread.join = join
    threading.excepthook = excepthook
    time.sleep = sleep
