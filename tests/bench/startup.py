# Measures how long a run without a window takes to start, beside plain Python.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two take turns, so that a busy machine slows both; the medians are compared."""

import argparse
import os
import pathlib
import statistics
import subprocess
import time

from measure import reports

PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
ALLOWED_RATIO = 4.0

COMMANDS = {
    "python3 -c pass": ["/usr/bin/python3", "-c", "pass"],
    "tintype run -c pass": [str(PROGRAM), "run", "-c", "pass"],
    "tintype run -c 'import tintype'": [str(PROGRAM), "run", "-c", "import tintype"],
}


def milliseconds(command):
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return (time.perf_counter() - begin) * 1000


def measure(rounds):
    times = {name: [] for name in COMMANDS}
    for command in COMMANDS.values():
        milliseconds(command)  # reads the files into the system's cache
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            times[name].append(milliseconds(command))
    return {name: statistics.median(values) for name, values in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds

    medians = measure(rounds)
    bare = medians["python3 -c pass"]
    print(f"{'median of ' + str(rounds) + ' starts':<34}{'ms':>8}{'ratio':>8}")
    for name, value in medians.items():
        print(f"{name:<34}{value:8.1f}{value / bare:8.2f}")

    ratio = medians["tintype run -c pass"] / bare
    report = reports.write("startup", {"rounds": rounds, "median_ms": medians, "ratio": ratio, "allowed": ALLOWED_RATIO})
    print(f"Start beside plain Python: {ratio:.2f} times (at most {ALLOWED_RATIO:g} allowed). Written to {report}")
    return 0 if ratio <= ALLOWED_RATIO else 1


if __name__ == "__main__":
    raise SystemExit(main())
