# Puts the former version of an add-on back where a program did not survive the new one.
# SPDX-License-Identifier: GPL-3.0-or-later
"""While a new version starts for the first time, the former one lies in the folder of its installation, beside a note of what has to be
moved to have it again. The note is locked by the program that installs; one that nobody locks is of a program that crashed or was
killed then."""
import contextlib
import fcntl
import json
import os
import shutil

from . import places

PREFIX = ".installing-"
NOTE = "undo.json"


@contextlib.contextmanager
def noted(folder, undo):
    """For the time of the block `undo`, (here, there) of each that was moved, is what `recover` does after a crash."""
    note = os.path.join(folder, NOTE)
    with open(note, "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        json.dump([[os.fspath(here), os.fspath(there)] for here, there in undo], file)
        file.flush()
        os.fsync(file.fileno())
        try:
            yield
        finally:
            os.remove(note)


def recover():
    """Does what such notes say. What each add-on that was put back is called in its folder."""
    found = []
    with contextlib.suppress(FileNotFoundError):
        found = [folder for folder in os.scandir(places.user_folder()) if folder.name.startswith(PREFIX)]
    return [name for folder in found if (name := _recover(folder.path))]


def _recover(folder):
    try:
        with open(os.path.join(folder, NOTE), encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            undo = json.load(file)
            # Somebody else may have been quicker.
            if not os.path.exists(file.name):
                return None
            for here, there in undo:
                os.rename(here, there)
            os.remove(file.name)
    except (OSError, ValueError):
        # None is there, it is somebody's who lives, or nothing can be done.
        return None
    shutil.rmtree(folder, ignore_errors=True)
    return os.path.basename(undo[0][0])
