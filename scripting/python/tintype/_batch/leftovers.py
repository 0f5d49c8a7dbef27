# Unfinished outputs: how they are called, and how they are removed when nobody will finish them.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import os
import re

# The leader's number and the file's place; saving puts a name of the same kind around it.
_PART = re.compile(r"^\.{1,2}(?P<stem>.*?)\.(?P<pid>\d+)-\d+\.part.*$")


def part_of(output, index):
    """Where an output is written before it is put in its place: beside it, with its ending, hidden."""
    folder, name = os.path.split(os.path.abspath(output))
    stem, ending = os.path.splitext(name)
    return os.path.join(folder, f".{stem}.{os.getpid()}-{index}.part{ending}")


def remove(outputs, own):
    """Remove what unfinished outputs of this process (`own`), or of batches that are no more, have left behind."""
    stems = {}
    for output in outputs:
        folder, name = os.path.split(os.path.abspath(output))
        stems.setdefault(folder, set()).add(os.path.splitext(name)[0])
    for folder, names in stems.items():
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            for entry in os.listdir(folder):
                found = _PART.match(entry)
                if found and found["stem"] in names and _is_over(int(found["pid"]), own):
                    with contextlib.suppress(FileNotFoundError):
                        os.remove(os.path.join(folder, entry))


def _is_over(pid, own):
    if pid == os.getpid():
        return own
    if own:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
