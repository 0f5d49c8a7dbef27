# Threads of scripts: who they belong to, and waits that Stop can end.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thread belongs to the script that starts it. Context variables would not do: a new thread starts without them. All
threads begin in start_new_thread, so that one function is wrapped, and no class of the standard library is touched by it.

CPython raises an exception from another thread only when the thread runs Python code again. So on script threads, waits
are cut into slices, and Stop lands between two of them. Waiting for locks is C++'s (StoppableLocks): Python code that has
got a lock can be stopped before it has a chance to give it back.
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
_sleep = time.sleep
_wait_for_tstate_lock = threading.Thread._wait_for_tstate_lock
_excepthook = threading.excepthook


def start_new_thread(function, args, kwargs=None, /):
    """Starts a thread that belongs to the caller's script."""
    kwargs = {} if kwargs is None else kwargs
    start = native.begin_thread(pools.adopt(function))
    if start is None or not callable(function) or type(args) is not tuple or type(kwargs) is not dict:
        return _start_new_thread(function, args, kwargs)
    return _start_new_thread(native.run_in, (start, function, args, kwargs, _is_stopped))


def _is_stopped(function, error):
    """Whether a thread was ended by Stop, which it then is without a word; perhaps amid its start, when nobody knows it."""
    thread = getattr(function, "__self__", None)
    if not isinstance(thread, threading.Thread):
        return isinstance(error, cancelled())
    # threading fails to forget a thread that it has not registered yet.
    if not isinstance(error, cancelled()) and not isinstance(error.__context__, cancelled()):
        return False
    with threading._active_limbo_lock:
        threading._limbo.pop(thread, None)
    if not thread._started.is_set():
        thread._is_stopped = thread._tstate_lock is None
        thread._started.set()
    return True


def sleep(seconds, /):
    """As time.sleep, in slices."""
    number = isinstance(seconds, (int, float)) or hasattr(seconds, "__index__")
    if native.identity() is None or not number or not SLICE < seconds < threading.TIMEOUT_MAX:
        return _sleep(seconds)
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        _sleep(min(left, SLICE))
    return None


def wait_for_end(self, block=True, timeout=-1):
    """What Thread.join and is_alive wait by. CPython's own, when it is stopped, takes a running thread for one that has ended."""
    lock = self._tstate_lock
    if lock is None or native.identity() is None:
        _wait_for_tstate_lock(self, block, timeout)
    elif native.wait_until_free(lock, block, timeout):
        self._stop()


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


def inherit():
    """All that a program without a window needs of this: threads belong to whoever starts them, and end with them."""
    _thread.start_new_thread = _thread.start_new = start_new_thread
    threading._start_new_thread = start_new_thread
    threading.excepthook = excepthook


def install():
    inherit()
    threading.Thread._wait_for_tstate_lock = wait_for_end
    time.sleep = sleep
