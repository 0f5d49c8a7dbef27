# How a program without a window ends while timers and handlers are there.
# SPDX-License-Identifier: GPL-3.0-or-later
"""As with threads: what ends by itself is waited for, what does not is dropped. The window's runtime ends its own."""
import atexit
import os
import sys
import threading

from . import _tintype

# Now, not on the first thread that needs it, in the middle of something else.
from ._runtime import adopted  # noqa: F401


def _end():
    if _tintype.end_callbacks():
        return
    # Finalising under a running thread ends the program in a worse way.
    print("Tintype: a handler or timer could not be stopped.", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()
    os._exit(1)


def install():
    if _tintype.has_window():
        return
    # Before the pools of concurrent.futures and the standard library's own exit handlers are gone.
    threading._register_atexit(_tintype.wait_for_callbacks)
    atexit.register(_end)
