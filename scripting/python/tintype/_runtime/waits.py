# Waits of the standard library that Stop can end: simple queues, select, other programs.
# SPDX-License-Identifier: GPL-3.0-or-later
"""What waits in C code hears of nothing. On script threads these waits are cut into slices; everywhere else, and for what is
there at once, they are CPython's own. Nothing here holds a lock that would stay locked when Stop lands. `time.sleep` and
threads are in `threads`, locks in C++.
"""
import contextlib
import functools
import itertools
import os
import queue
import select
import selectors
import signal
import subprocess
import time

import _tintype_runtime as native

from . import threads

SLICE = threads.SLICE  # times are compared so that not-a-number goes to CPython's own, which refuses it

_SimpleQueue = queue.SimpleQueue
_select = select.select
_waitpid = os.waitpid
_fork_exec = subprocess._fork_exec


class SimpleQueue(_SimpleQueue):
    """queue.SimpleQueue, whose get waits in slices."""

    def get(self, block=True, timeout=None):
        if native.identity() is None or not block or (timeout is not None and not timeout > SLICE):
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
    if native.identity() is None or not number or (timeout is not None and not timeout > SLICE):
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
        if native.identity() is None or (timeout is not None and not timeout > SLICE):
            return original(self, timeout)
        return _in_slices(lambda seconds: original(self, seconds), timeout)

    kind.select = select


def waitpid(pid, options, /):
    """os.waitpid"""
    if native.identity() is None or not isinstance(options, int) or options & os.WNOHANG:
        return _waitpid(pid, options)
    found = _waitpid(pid, options | os.WNOHANG)
    if options == 0 and not found[0]:
        _wait_for_end(pid)
    while not found[0]:
        found = _waitpid(pid, options | os.WNOHANG)
        if not found[0]:
            threads.sleep(SLICE)
    return found


def _wait_for_end(pid):
    try:
        ended = os.pidfd_open(pid)
    except OSError:
        return  # any child of several
    try:
        poller = select.poll()
        poller.register(ended, select.POLLIN)
        _in_slices(lambda seconds: poller.poll(seconds * 1000), None)
    finally:
        os.close(ended)


def _end_program(pid):
    # Somebody may have waited for it already; what is under way must not be replaced by that.
    with contextlib.suppress(OSError):
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        os.kill(pid, signal.SIGKILL)
        _waitpid(pid, 0)


def fork_exec(*arguments):
    """subprocess' start of a program. Stop lands when it returns, before anybody has noted which program that is; the list
    notes it in the same instruction."""
    started = []
    try:
        started.extend(itertools.starmap(_fork_exec, [arguments]))
        return started[0]
    except BaseException:
        for pid in started:
            _end_program(pid)
        raise


def _end_what_nobody_gets(make):
    @functools.wraps(make)
    def __init__(self, *arguments, **options):
        try:
            make(self, *arguments, **options)
        except BaseException:
            # Stop: with no object of it, nobody could end the program that has begun.
            if getattr(self, "pid", None) and self.returncode is None:
                _end_program(self.pid)
                self.returncode = -signal.SIGKILL
            raise

    return __init__


def _replace(module, name, ours):
    # By the name of what it stands for, pickle finds CPython's own in another process.
    ours.__module__ = module.__name__
    ours.__name__ = ours.__qualname__ = name
    setattr(module, name, ours)


def install():
    _replace(queue, "SimpleQueue", SimpleQueue)
    _replace(select, "select", sliced_select)
    for kind in (selectors.PollSelector, selectors.EpollSelector):
        _slice_selector(kind)
    # Its select is select.select, which it has found before this.
    selectors.SelectSelector._select = staticmethod(sliced_select)
    _replace(os, "waitpid", waitpid)
    subprocess._fork_exec = fork_exec
    # Another way to start programs, where the same could happen.
    subprocess._USE_POSIX_SPAWN = False
    subprocess.Popen.__init__ = _end_what_nobody_gets(subprocess.Popen.__init__)
