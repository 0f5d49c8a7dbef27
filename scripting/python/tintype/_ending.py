# How a program without a window ends while timers and handlers are there.
# SPDX-License-Identifier: GPL-3.0-or-later
"""As with threads: what ends by itself is waited for, what does not is dropped. The window's runtime ends its own."""
import atexit
import functools
import os
import sys
import threading

from . import _tintype

# Now, not on the first thread that needs it, in the middle of something else.
from ._runtime import adopted  # noqa: F401

_exit = sys.exit
_exit_status = None  # what the main thread has given to sys.exit at last


def _remembering_exit(status=None, /):
    """As sys.exit; nobody can ask Python for the code once it is at its end."""
    global _exit_status
    if threading.current_thread() is threading.main_thread():
        _exit_status = status
    _exit(status)


def _exit_code():
    """The program's own, but never that of a program that went well."""
    code = _exit_status if isinstance(_exit_status, int) else 1
    return code & 0xFF or 1


def _end():
    if _tintype.end_callbacks():
        return
    # Finalising under a running thread ends the program in a worse way.
    print("Tintype: a handler or timer could not be stopped.", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()
    os._exit(_exit_code())


def install():
    if _tintype.has_window():
        return
    sys.exit = functools.update_wrapper(_remembering_exit, sys.exit)
    # Before the pools of concurrent.futures and the standard library's own exit handlers are gone.
    threading._register_atexit(_tintype.wait_for_callbacks)
    atexit.register(_end)
