# Runs a script in a process of its own, which the window has started for it.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process has the window's runtime, so that a script behaves here as it does there, but for the main thread: it runs the
script, and so a signal can interrupt what the window cannot.
"""
import os
import signal
import sys

from . import _tintype

STOPPED = ("stopped", "", 130)


class Interruption:
    """The signal by which the window stops the script. It can come at any instruction, and interrupts nothing but the script."""

    def __init__(self):
        self._process = None
        self._runs = False
        signal.signal(signal.SIGINT, self._came)

    def _came(self, number, frame):
        if self._runs:
            self._meet()
            if not self._process.stop_wanted:
                # The script has sent it to itself.
                raise KeyboardInterrupt

    def _meet(self):
        if self._process.stop_wanted and self._process.meet_stop():
            raise _tintype.Cancelled("Stopped.")

    def run(self, script, process):
        """As script.run(); also where the signal has come before, or comes just when the script has ended."""
        self._process = process
        try:
            try:
                self._runs = True
                self._meet()
                return script.run()
            finally:
                self._runs = False
        except (_tintype.Cancelled, KeyboardInterrupt):
            self._runs = False
            sys.stderr.write("Stopped.\n")
            return STOPPED


def main(link):
    """Does what the window asks for at the other end of the line."""
    interruption = Interruption()
    process = _tintype._OwnProcess(link, os.path.dirname(os.path.dirname(__file__)))

    from tintype_runtime.scripts import Script

    script = Script(*process.request())
    process.set_identity(script.identity)
    state, error, exit_code = interruption.run(script, process)
    # No handler runs while Python ends; whoever is not through with it by then is killed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    process.end(state, error, exit_code)
    sys.exit(exit_code)
