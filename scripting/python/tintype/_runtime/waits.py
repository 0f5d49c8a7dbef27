# Waits of the standard library that Stop can end: locks, simple queues, select, other programs.
# SPDX-License-Identifier: GPL-3.0-or-later
"""What waits in C code hears of nothing. On script threads these waits are cut into slices; everywhere else, and for what is
there at once, they are CPython's own. `time.sleep` and what `threading` builds upon are in `threads`.
"""
import os
import queue
import select
import selectors
import threading
import time

import _tintype_runtime as native

from . import threads

SLICE = threads.SLICE

_Lock = threading.Lock
_RLock = threading.RLock
_SimpleQueue = queue.SimpleQueue
_select = select.select
_waitpid = os.waitpid


class Lock(threads.Waiter):
    """threading.Lock of a script."""

    __slots__ = ("__weakref__",)

    acquire_lock = threads.Waiter.acquire

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *error):
        self.release()

    def release_lock(self):
        self.release()

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()

    def __repr__(self):
        return repr(self._lock)


def lock():
    """threading.Lock"""
    return _Lock() if native.identity() is None else Lock()


def rlock(*arguments, **keywords):
    """threading.RLock"""
    return _RLock(*arguments, **keywords) if native.identity() is None else threading._PyRLock(*arguments, **keywords)


class SimpleQueue(_SimpleQueue):
    """queue.SimpleQueue, whose get waits in slices."""

    def get(self, block=True, timeout=None):
        if native.identity() is None or not block or (timeout is not None and timeout <= SLICE):
            return _SimpleQueue.get(self, block, timeout)
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = SLICE if end is None else max(0, min(SLICE, end - time.monotonic()))
            try:
                return _SimpleQueue.get(self, True, left)
            except queue.Empty:
                if end is not None and time.monotonic() >= end:
                    raise


def _in_slices(wait, timeout):
    """Calls wait(seconds) until it returns something or the time is up."""
    end = None if timeout is None else time.monotonic() + timeout
    while True:
        left = SLICE if end is None else end - time.monotonic()
        found = wait(max(0, min(left, SLICE)))
        if found or left <= SLICE and end is not None:
            return found


def sliced_select(rlist, wlist, xlist, timeout=None, /):
    """select.select"""
    number = timeout is None or isinstance(timeout, (int, float))
    if native.identity() is None or not number or (timeout is not None and timeout <= SLICE):
        return _select(rlist, wlist, xlist, timeout)
    found = []

    def wait(seconds):
        found[:] = _select(rlist, wlist, xlist, seconds)
        return any(found)

    _in_slices(wait, timeout)
    return tuple(found)


def _slice_selector(kind):
    original = kind.select

    def select(self, timeout=None):
        if native.identity() is None or (timeout is not None and timeout <= SLICE):
            return original(self, timeout)
        return _in_slices(lambda seconds: original(self, seconds), timeout)

    kind.select = select


def waitpid(pid, options, /):
    """os.waitpid"""
    if native.identity() is None or not isinstance(options, int) or options & os.WNOHANG:
        return _waitpid(pid, options)
    found = _waitpid(pid, options | os.WNOHANG)
    if found[0]:
        return found
    try:
        ended = os.pidfd_open(pid)
    except OSError:
        return _waitpid(pid, options)  # any child of several
    try:
        sliced_select([ended], [], [], None)
    finally:
        os.close(ended)
    return _waitpid(pid, options)


def _replace(module, name, ours):
    # By the name of what it stands for, pickle finds CPython's own in another process.
    ours.__module__ = module.__name__
    ours.__name__ = ours.__qualname__ = name
    setattr(module, name, ours)


def install():
    _replace(threading, "Lock", lock)
    _replace(threading, "RLock", rlock)
    _replace(queue, "SimpleQueue", SimpleQueue)
    _replace(select, "select", sliced_select)
    for kind in (selectors.PollSelector, selectors.EpollSelector):
        _slice_selector(kind)
    # Its select is select.select, which it has found before this.
    selectors.SelectSelector._select = staticmethod(sliced_select)
    _replace(os, "waitpid", waitpid)
