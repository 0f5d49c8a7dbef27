# Threads that C++ has started, as Python's own.
# SPDX-License-Identifier: GPL-3.0-or-later
import _thread
import threading


class Adopted(threading.Thread):
    """A thread that C++ started, and so C++ waits for its end, not threading._shutdown."""

    def __init__(self, name):
        super().__init__(name=name, daemon=False)
        self._started.set()
        self._set_ident()
        self._set_native_id()
        self._tstate_lock = _thread._set_sentinel()
        self._tstate_lock.acquire()
        with threading._active_limbo_lock:
            threading._active[self._ident] = self

    def leave(self):
        with threading._active_limbo_lock:
            threading._active.pop(self._ident, None)


def adopt(name):
    """Registers the calling thread; its `leave` is called at its end."""
    return Adopted(name)
