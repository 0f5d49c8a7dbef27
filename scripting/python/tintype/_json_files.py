# Files of JSON that several programs change: one program at a time, and each file written whole.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import errno
import fcntl
import json
import os
import tempfile
import time

LOCK_SECONDS = 5.0


@contextlib.contextmanager
def locked(file):
    """Nobody else who asks changes it meanwhile: read it anew inside. Its folder is made. Raises OSError, also when another
    program keeps the lock."""
    os.makedirs(file.parent, exist_ok=True)
    with open(file.with_suffix(".lock"), "a") as lock:
        _take(lock, file)
        yield


def _take(lock, file):
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                said = f"another program has kept it locked for {LOCK_SECONDS:g} s"
                raise TimeoutError(errno.ETIMEDOUT, said, str(file)) from None
            time.sleep(0.02)


def write(file, content, is_lasting=True):
    """Whoever reads it meanwhile finds the former or the new one. One that is lasting survives that the power fails."""
    number, temporary = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with open(number, "w", encoding="utf-8") as opened:
            json.dump(content, opened, indent=2, sort_keys=True)
            opened.write("\n")
            opened.flush()
            if is_lasting:
                os.fsync(opened.fileno())
        os.replace(temporary, file)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
