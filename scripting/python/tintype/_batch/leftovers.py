# Unfinished outputs: how they are called, and how they are removed when nobody will finish them.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import hashlib
import os
import re

# The leader's number and the file's place; saving puts a name of the same kind around it.
_PART = re.compile(r"^\.{1,2}(?P<stem>.*?)\.(?P<pid>\d+)-\d+\.part.*$")
# Bytes; a file system takes 255 for all.
LONGEST_STEM = 160


def part_of(output, index):
    """Where an output is written before it is put in its place: beside it, with its ending, hidden."""
    folder, name = os.path.split(os.path.abspath(output))
    stem, ending = os.path.splitext(name)
    return os.path.join(folder, f".{_short(stem)}.{os.getpid()}-{index}.part{ending}")


def _short(stem):
    """The same for the same; a name that is allowed leaves no room for what is put around it."""
    if len(os.fsencode(stem)) <= LONGEST_STEM:
        return stem
    mark = "~" + hashlib.sha256(os.fsencode(stem)).hexdigest()[:16]
    while len(os.fsencode(stem)) + len(mark) > LONGEST_STEM:
        stem = stem[:-1]
    return stem + mark


def remove(outputs, own):
    """Remove what unfinished outputs of this process (`own`), or of batches that are no more, have left behind."""
    kept = {}
    for output in outputs:
        folder, name = os.path.split(os.path.abspath(output))
        stem, ending = os.path.splitext(name)
        kept.setdefault(folder, set()).add((_short(stem), ending))
    for folder, names in kept.items():
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            for entry in os.listdir(folder):
                found = _PART.match(entry)
                if found and (found["stem"], os.path.splitext(entry)[1]) in names and _is_over(int(found["pid"]), own):
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
