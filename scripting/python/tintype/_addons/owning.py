# Makes the owners of add-ons, in the window and without one.
# SPDX-License-Identifier: GPL-3.0-or-later
import sys
import threading

from .. import _tintype

_lock = threading.Lock()
_is_ready = False


def make_owner(title):
    return _tintype.AddonOwner(title, _identity(title))


def _identity(title):
    """What the add-on's code sees as its `__main__` and sys.argv; where scripts share one interpreter only."""
    runtime = sys.modules.get("tintype_runtime.identity")
    if runtime is None:
        _let_threads_inherit()
        return None
    return runtime.Identity(runtime.new_main(), [title])


def _let_threads_inherit():
    """A thread that an add-on starts belongs to it; in the window they all do so already."""
    global _is_ready
    with _lock:
        if _is_ready:
            return
        if "_tintype_runtime" not in sys.modules:
            _tintype.make_runtime_module()
        from .._runtime import threads

        threads.inherit()
        _is_ready = True
