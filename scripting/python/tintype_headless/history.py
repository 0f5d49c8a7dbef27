# The lines that were typed in the console, kept from run to run.
# SPDX-License-Identifier: GPL-3.0-or-later
import atexit
import os
import sys

MOST_LINES = 10_000


def path():
    """In the person's folder for state, as the XDG base directory specification names it."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    return os.path.join(state, "tintype", "console_history")


def keep(readline):
    """Reads the history, and adds this run's lines to it at the end; several consoles may do so."""
    file = path()
    try:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        # What was typed may be nobody else's business.
        os.close(os.open(file, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600))
        readline.read_history_file(file)
    except OSError as error:
        print(f"The history of the console is not kept: {error}", file=sys.stderr)
        return
    readline.set_history_length(MOST_LINES)
    known = readline.get_current_history_length()
    atexit.register(_save, readline, file, known)


def _save(readline, file, known):
    try:
        readline.append_history_file(readline.get_current_history_length() - known, file)
    except OSError as error:
        print(f"The history of the console could not be kept: {error}", file=sys.stderr)
