# How many cores this code may use: fewer inside a worker, so that nested calls do not multiply.
# SPDX-License-Identifier: GPL-3.0-or-later
import multiprocessing
import os
import threading

_process_share = None  # of a worker process
_thread_share = threading.local()


def share():
    """The cores for the calling thread, at least one: all of the machine's that this process may run on, or the part of a worker."""
    own = getattr(_thread_share, "count", None) or _process_share
    if own is not None:
        return own
    # A daemonic process, such as a worker of multiprocessing.Pool, may not start others.
    return 1 if multiprocessing.current_process().daemon else len(os.sched_getaffinity(0))


def is_nested():
    """Whether this code runs in a worker."""
    return _process_share is not None or hasattr(_thread_share, "count") or multiprocessing.current_process().daemon


def set_process_share(count):
    """For a worker process."""
    global _process_share
    _process_share = count


def set_thread_share(count):
    """For a worker thread."""
    _thread_share.count = count
