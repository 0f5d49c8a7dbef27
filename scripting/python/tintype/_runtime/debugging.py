# Keeps Python's debugger in the code of the person: it must not step into print() or out of a line into the runtime.
# SPDX-License-Identifier: GPL-3.0-or-later
"""pdb works as it is, since it asks by input(), which asks in the window. But where CPython has functions in C, such as the
stream that print() writes to, the runtime has Python code, into which a debugger would step.
"""
import sys

_PACKAGE = __name__.partition(".")[0]


def _is_ours(frame):
    return str(frame.f_globals.get("__name__")).partition(".")[0] == _PACKAGE


def _install():
    import bdb

    stop_here = bdb.Bdb.stop_here
    if getattr(stop_here, "keeps_out", False):
        return

    def stop_outside(self, frame):
        return not _is_ours(frame) and stop_here(self, frame)

    stop_outside.keeps_out = True
    bdb.Bdb.stop_here = stop_outside


class KeptOutside:
    """Around code of a person; a debugger that is still at work afterwards lets go."""

    def __enter__(self):
        _install()

    def __exit__(self, *error):
        trace = sys.gettrace()
        if trace is not None and isinstance(getattr(trace, "__self__", None), sys.modules["bdb"].Bdb):
            sys.settrace(None)
