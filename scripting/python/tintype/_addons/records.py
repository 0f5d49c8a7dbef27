# What is remembered of how each add-on went when it was last on: for those who ask without running it.
# SPDX-License-Identifier: GPL-3.0-or-later
"""One file of JSON for each add-on: what it had registered, how long its callbacks took, what failed. The window writes it while the
add-on is on, every program when it is switched off or ends."""
import contextlib
import json
import os
import time

from .. import _json_files, _tintype
from . import places

MOST_FAILURES = 20


def folder():
    return places.state_folder() / "addons"


def _file(id):
    return folder() / f"{id}.json"


def read(id):
    """What is remembered, None where nothing is or where it cannot be read."""
    try:
        with open(_file(id), encoding="utf-8") as opened:
            found = json.load(opened)
    except (OSError, ValueError, RecursionError):
        return None
    return found if _is_record(found) else None


def _is_record(found):
    if not isinstance(found, dict) or not all(isinstance(found.get(name), type(value)) for name, value in _of_nothing().items()):
        return False
    lists = {"registered": 2, "failures": 3}
    are_whole = all(isinstance(each, list) and len(each) == count for name, count in lists.items() for each in found[name])
    times = [each[0] for each in found["failures"]] if are_whole else [None]
    return are_whole and len(found["times"]) == 3 and all(isinstance(one, (int, float)) for one in [*times, *found["times"]])


def _of_nothing():
    return {"version": "", "time": 0.0, "program": "", "process": 0, "is_over": True, "registered": [], "times": [0, 0.0, 0.0], "failures": []}


def now(loaded):
    """How this one goes, to be kept; asked for before it is switched off."""
    return {
        "version": loaded.manifest.version, "time": time.time(), "process": os.getpid(),
        "program": "a window" if _tintype.has_window() else "a run without a window",
        "registered": [list(each) for each in loaded.owner.contents()], "times": list(loaded.owner.times()),
    }  # fmt: skip


def keep(loaded, record, is_over):
    """Writes that down with its last failures; with None instead only these, for one of many processes of a program."""
    failures = [list(each) for each in loaded.owner.failures()]
    if record is None and not failures:
        return
    file = _file(loaded.manifest.id)
    # An add-on must not fail because what it did cannot be remembered.
    with contextlib.suppress(OSError), _json_files.locked(file):
        kept = read(loaded.manifest.id) or _of_nothing()
        kept["failures"] = sorted(kept["failures"] + [each for each in failures if each not in kept["failures"]])[-MOST_FAILURES:]
        if record is not None:
            kept |= record | {"is_over": is_over}
        _json_files.write(file, kept, is_lasting=False)


def signature(loaded):
    """Changes when there is something new to be written down but for times."""
    return loaded.state, len(loaded.owner.contents()), tuple(each[0] for each in loaded.owner.failures())


def forget(id):
    for file in (_file(id), _file(id).with_suffix(".lock")):
        with contextlib.suppress(OSError):
            file.unlink()
