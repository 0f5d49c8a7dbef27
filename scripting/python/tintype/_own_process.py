# Runs a script in a process of its own, which the window has started for it.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process has the window's runtime, so that a script behaves here as it does there, but for the main thread: it runs the
script, and so a signal can interrupt what the window cannot.
"""
import os
import signal
import sys

from . import _tintype


def main(link):
    """Does what the window asks for at the other end of the line."""
    process = _tintype._OwnProcess(link, os.path.dirname(os.path.dirname(__file__)))

    def interrupted(number, frame):
        if process.meet_stop():
            raise _tintype.Cancelled("Stopped.")

    from tintype_runtime.scripts import Script

    script = Script(*process.request())
    process.set_identity(script.identity)
    signal.signal(signal.SIGINT, interrupted)
    state, error, exit_code = script.run()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    process.end(state, error, exit_code)
    sys.exit(exit_code)
