# Runs a command, and measures its time, that of the cores, and the memory of all its processes.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import pathlib
import resource
import subprocess
import threading
import time
from typing import NamedTuple

SAMPLE_SECONDS = 0.05


class Run(NamedTuple):
    seconds: float
    core_seconds: float  # of all processes that were waited for
    peak_bytes: int  # of all processes at once; memory that several share is counted once


def run(command, environment, folder):
    """Runs it in the folder. Raises RuntimeError, with what it said, where it fails."""
    cores = _core_seconds()
    begin = time.perf_counter()
    with subprocess.Popen(
        command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as started:
        peak = [0]
        over = threading.Event()
        watcher = threading.Thread(target=_watch, args=(started.pid, over, peak))
        watcher.start()
        _, errors = started.communicate()
        seconds = time.perf_counter() - begin
        over.set()
        watcher.join()
    if started.returncode:
        raise RuntimeError(f"{command[0]} failed with {started.returncode}: {errors.decode(errors='replace')}")
    return Run(seconds, _core_seconds() - cores, peak[0])


def _core_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(root, over, peak):
    while not over.wait(SAMPLE_SECONDS):
        peak[0] = max(peak[0], sum(_share(pid) for pid in _family(root)))


def _family(root):
    """The process and all that it has started, in any depth."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        # Threads and whole processes may end while they are looked at.
        with contextlib.suppress(OSError):
            for children in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
                waiting += [int(child) for child in children.read_text().split()]
    return found


def _share(pid):
    """The proportional set size in bytes; 0 of a process that has ended."""
    try:
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
