# Worker processes that have nothing to do just now: the next call of the same script takes them, and needs not start others.
# SPDX-License-Identifier: GPL-3.0-or-later
import select
import sys
import threading
import weakref
from multiprocessing import util

from . import _process

END_SECONDS = 0.5

_lock = threading.Lock()
_of_program = []
_of_scripts = weakref.WeakKeyDictionary()  # in the window; a script has modules of its own, and may change them


def _mine():
    runtime = sys.modules.get("_tintype_runtime")
    identity = None if runtime is None else runtime.identity()
    return _of_program if identity is None else _of_scripts.setdefault(identity, [])


def take(is_free):
    """The worker that was given last and for which is_free(worker) is true; None when there is none."""
    with _lock:
        waiting = _mine()
        ended = [worker for worker in waiting if not worker.is_alive]
        for worker in ended:
            waiting.remove(worker)
        found = next((worker for worker in reversed(waiting) if is_free(worker)), None)
        if found is not None:
            waiting.remove(found)
    for worker in ended:
        worker.close()
        worker.bury(0)
    return found


def give(workers):
    """Workers that somebody has no items for any more; they may still be at one."""
    with _lock:
        _mine().extend(worker for worker in workers if worker.is_open)
    # The garbage collector may come to a worker's channel before it comes to the loop that used it.
    _process.end_all([worker for worker in workers if not worker.is_open], 0)


def close():
    """Ends those of the calling script; or those of the program."""
    with _lock:
        waiting = _mine()
        workers = waiting[:]
        waiting.clear()
    _process.end_all(workers, END_SECONDS)


# Before multiprocessing waits for what is left.
util.Finalize(None, close, exitpriority=100)
