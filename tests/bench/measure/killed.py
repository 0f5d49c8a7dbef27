# Runs a batch undisturbed, and again while it is killed and resumed, and says what came out differently.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import pathlib
import signal
import subprocess
import time
from typing import NamedTuple

SECONDS = 600
# What two runs differ in rightly: how long they took, and where they wrote.
OF_THE_RUN = ("seconds", "output")


class Killings(NamedTuple):
    count: int
    inside: int  # those that hit after the first file was done and before the last
    differences: list


def compare(folder, words, kills, chance):
    """Runs `words` in the folder into whole/, and into killed/ with so many kills at random moments (`chance` is a
    random.Random); the results are compared byte by byte."""
    whole, killed = _options("whole"), _options("killed")
    begin = time.monotonic()
    run([*words, *whole], folder)
    alone = time.monotonic() - begin
    command = [*words, *killed, "--resume"]
    inside = 0
    for kill in range(kills):
        _run_and_kill(command, folder, alone, kills, chance)
        inside += 0 < _done(folder) < len(_report(folder / "whole.jsonl"))
    run(command, folder)
    return Killings(kills, inside, differences(folder))


def run(command, folder):
    """Raises CalledProcessError where it fails."""
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=SECONDS)


def _options(name):
    return ["-o", name, "--report", f"{name}.jsonl", "--table", f"{name}.csv"]


def _run_and_kill(command, folder, alone, kills, chance):
    """Kills after the start and, on average, as much work that the kills spread over the whole batch; the workers are left to
    find out by themselves."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
        before = _size(folder)
        deadline = time.monotonic() + SECONDS
        # It is at work when the journal grows.
        while running.poll() is None and _size(folder) == before and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 2 * alone / kills))
        running.send_signal(signal.SIGKILL)
        errors = running.stderr.read()
        code = running.wait(timeout=SECONDS)
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the batch ended with {code} before it was killed: {errors.decode(errors='replace')}")


def _size(folder):
    journal = folder / "killed.jsonl.journal"
    return journal.stat().st_size if journal.exists() else -1


def _journal(folder):
    journal = folder / "killed.jsonl.journal"
    return journal.read_bytes().splitlines() if journal.exists() else []


def _done(folder):
    return sum(line.startswith(b'{"done":') for line in _journal(folder))


def _report(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def differences(folder):
    """What differs between whole and killed: outputs, report, table, and files that nobody asked for."""
    found = []
    one, other = (_files(folder / name) for name in ("whole", "killed"))
    found += [f"only one has {name}" for name in sorted(one.keys() ^ other.keys())]
    found += [f"{name} differs" for name in sorted(one.keys() & other.keys()) if one[name] != other[name]]
    reports = [
        [{key: value for key, value in record.items() if key not in OF_THE_RUN} for record in _report(folder / f"{name}.jsonl")]
        for name in ("whole", "killed")
    ]
    found += ["the reports differ"] if reports[0] != reports[1] else []
    found += ["the tables differ"] if (folder / "whole.csv").read_bytes() != (folder / "killed.csv").read_bytes() else []
    ended = [json.loads(line)["done"] for line in _journal(folder) if line.startswith(b'{"done":')]
    found += [f"{key} was done {ended.count(key)} times" for key in set(ended) if ended.count(key) != 1]
    found += [f"{len(one)} outputs, but {len(ended)} files were done"] if len(ended) != len(reports[0]) else []
    return found


def _files(root):
    return {str(path.relative_to(root)): path.read_bytes() for path in pathlib.Path(root).rglob("*") if path.is_file()}


