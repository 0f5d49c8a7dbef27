# The Python half of the window's runtime: what makes several scripts and a console share one interpreter.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Used by the window only: a headless run is plain CPython, and takes nothing of this package but `adopted`, for the
threads of its callbacks.

`_tintype_runtime` is the C++ half; it knows which script or console line the calling thread belongs to.
"""
import atexit
import sys
import threading


def install():
    """Called once, on the GUI thread, before it gives the GIL away."""
    import tintype_environment

    tintype_environment.add()
    from . import identity, question, streams, threads, waits

    streams.install()
    identity.install()
    threads.install()
    waits.install()
    question.install()


def run_exit_handlers(seconds):
    """What CPython does at its end, for a program that leaves without finalising and not much later than asked."""
    from . import pools, threads

    with threading._shutdown_locks_lock:
        # The main thread waits for this very thread.
        threading._shutdown_locks.discard(threading.main_thread()._tstate_lock)
    # CPython waits for threads without a limit, so that a forgotten loop would keep all handlers from running.
    waiter = threading.Thread(target=threading._shutdown, daemon=True)
    waiter.start()
    waiter.join(seconds / 4)
    if waiter.is_alive():
        threads.stop_left_behind()
        waiter.join(seconds / 4)
    end_pools = pools.exit_handler()
    atexit._run_exitfuncs()
    flush()
    if end_pools:
        ending = threading.Thread(target=end_pools, daemon=True)
        ending.start()
        ending.join(seconds / 8)


def flush():
    """Flushes the streams of the terminal; closed ones have nothing to say."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None and not stream.closed:
            stream.flush()
