# Pools of multiprocessing and concurrent.futures: Stop leaves their own threads alone, and they end with their script.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pool serves its workers on threads of its own. An exception that is raised in one of them breaks the pool, and the script
would wait for ever to close it; so Stop passes them by, and the script that was stopped closes its pools.
"""
import atexit
import sys
import threading

import _tintype_runtime as native

_HELPERS = {
    "multiprocessing.managers",
    "multiprocessing.pool",
    "multiprocessing.queues",
    "multiprocessing.resource_sharer",
}
_EXECUTOR = "concurrent.futures.process"


def adopt(function):
    """Whether this, with which a new thread begins, is a pool's own; its thread is the calling script's then."""
    thread = getattr(function, "__self__", None)
    own = native.identity()
    if own is None or not isinstance(thread, threading.Thread):
        return False
    # The workers of a ThreadPool, which run people's code, are of another class.
    serves = type(thread) is threading.Thread and getattr(thread._target, "__module__", None) in _HELPERS
    if serves or type(thread).__module__ == _EXECUTOR:
        own.pool_threads.add(thread)
        return True
    return False


def close_executors(threads):
    """Lets executors that were never shut down end when their work is done, as CPython's exit does."""
    module = sys.modules.get("concurrent.futures.thread")
    for thread in threads:
        reference = getattr(thread, "executor_reference", None)
        if module is not None and thread in module._threads_queues:
            arguments = getattr(thread, "_args", None)
            reference = arguments[0] if arguments else None
        executor = None if reference is None else reference()
        if executor is not None:
            executor.shutdown(wait=False)
        if hasattr(thread, "finish_soon"):  # of tt.parallel.submit
            thread.finish_soon()


def end_left_open():
    """Ends the pools of the calling script that it has not closed, as CPython's exit does, and its workers of tt.parallel."""
    stock = sys.modules.get("tintype.parallel._stock")
    if stock is not None:
        stock.close()
    util = sys.modules.get("multiprocessing.util")
    own = native.identity().pool_threads
    if util is None or not own:
        return
    for finalizer in list(util._finalizer_registry.values()):
        if any(isinstance(part, threading.Thread) and part in own for part in finalizer._args or ()):
            finalizer()


def exit_handler():
    """What multiprocessing does at Python's end, for the caller to run after all other exit handlers: a pool that was left open
    while its workers were still starting can wait for one of them for ever. None where nobody uses multiprocessing."""
    util = sys.modules.get("multiprocessing.util")
    if util is None:
        return None
    atexit.unregister(util._exit_function)
    return util._exit_function
