# Measures how long runs without a window take to start, beside plain Python and bindings like pyvips, and how long the window does.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands take turns, so that a busy machine slows all; the medians are compared."""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from measure import reports

PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
PYTHON = "/usr/bin/python3"
PYVIPS_LIKE = str(pathlib.Path(__file__).with_name("measure") / "pyvips_like.py")
BARE = "python3 -c pass"
USE = "import tintype as tt; tt.Image.black(9, 9).gaussblur(1).avg()"

# How many times the start of bare Python each may take.
ALLOWED = {"tintype run -c pass": 1.5, "tintype run -c 'import tintype'": 5.0}

COMMANDS = {
    BARE: [PYTHON, "-c", "pass"],
    "python3 -c 'import numpy'": [PYTHON, "-c", "import numpy"],
    "python3, like pyvips": [PYTHON, PYVIPS_LIKE],
    "python3, like pyvips, all described": [PYTHON, PYVIPS_LIKE, "describe"],
    "tintype run -c pass": [PROGRAM, "run", "-c", "pass"],
    "tintype run -c 'import tintype'": [PROGRAM, "run", "-c", "import tintype"],
    "python3 -c 'import tintype'": [PYTHON, "-c", "import tintype"],
    "tintype run, a first blur": [PROGRAM, "run", "-c", USE],
}

TESTS = PROGRAM.parents[1] / "tests"
# What each program says tells how far it is; the last one runs a script in its window, and is not stopped before it says so.
SCRIPT = """
import os, signal, tintype as tt
tt.Image.black(1, 1).avg()
os.write(1, b"script ran\\n")
os.kill(os.getpid(), signal.SIGKILL)
"""
WINDOWS = {
    "an empty window of Qt's": [TESTS / "bench_empty_window"],
    "the window": [TESTS / "bench_start_window"],
    "the program": [PROGRAM, "--script", "start.py"],
}


def environment(home):
    """As a person's own, but for folders that nobody else writes to; the package for the plain Python."""
    folders = {f"XDG_{name}_HOME": home for name in ("CONFIG", "CACHE", "DATA", "STATE")}
    # Compiled files are kept, as they are for everybody who has not forbidden it.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return own | folders | {"PYTHONPATH": str(PROGRAM.parents[1] / "python"), "QT_QPA_PLATFORM": "offscreen"}


def start(command, variables):
    """The milliseconds until the command has ended."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, env=variables)
    return (time.perf_counter() - begin) * 1000


def open_window(command, home, variables):
    """The milliseconds until each of the words that the program says."""
    begin = time.perf_counter()
    said = {}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=home, env=variables
    ) as process:
        for word in process.stdout:
            said[word.strip()] = (time.perf_counter() - begin) * 1000
    if not said:
        sys.exit(f"{command[0]} opened no window")
    return said


def medians(samples):
    return {name: statistics.median(values) for name, values in samples.items()}


def measure_commands(rounds, variables):
    times = {name: [] for name in COMMANDS}
    for command in COMMANDS.values():
        start(command, variables)  # reads the files into the system's cache
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            times[name].append(start(command, variables))
    return medians(times)


def measure_windows(rounds, home, variables):
    pathlib.Path(home, "start.py").write_text(SCRIPT)
    times = {}
    for number in range(rounds + 1):
        for title, command in WINDOWS.items():
            for word, milliseconds in open_window(command, home, variables).items():
                if number:
                    times.setdefault(f"{title}, {word}", []).append(milliseconds)
    return medians(times)


def show(title, values, unit):
    print(f"{title:<44}{'ms':>8}{'ratio':>8}{'allowed':>9}")
    for name, value in values.items():
        allowed = f"{ALLOWED[name]:9.1f}" if name in ALLOWED else ""
        print(f"{name:<44}{value:8.1f}{value / unit:8.2f}{allowed}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--windows", type=int, default=10, help="how many times each window is opened")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as home:
        commands = measure_commands(arguments.rounds, environment(home))
        windows = measure_windows(arguments.windows, home, environment(home))
    show(f"median of {arguments.rounds} starts", commands, commands[BARE])
    if windows:
        show(f"median of {arguments.windows} windows", windows, next(iter(windows.values())))

    ratios = {name: commands[name] / commands[BARE] for name in ALLOWED}
    missed = [f"{name}: {ratio:.2f} times" for name, ratio in ratios.items() if ratio > ALLOWED[name]]
    report = reports.write("startup", {
        "rounds": arguments.rounds, "median_ms": commands, "ratios": ratios, "allowed": ALLOWED, "window_ms": windows,
    })  # fmt: skip
    print(f"{'Too slow: ' + '; '.join(missed) if missed else 'Within what is allowed.'} Written to {report}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
