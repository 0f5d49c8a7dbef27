# Measures how long completion takes to answer, idle and beside a busy console line.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from measure import reports

PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
ALLOWED_MS = 100.0
# Large libraries may take longer.
FREE = ("numpy",)


def measured(rounds):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "times.json"
        subprocess.run(
            [PROGRAM.parents[1] / "tests" / "bench_completion", str(rounds), path],
            check=True, stdout=sys.stderr, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
        return json.loads(path.read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    times = measured(parser.parse_args().rounds)

    failed = []
    very_first = times.pop("first of all, jedi not loaded")
    print(f"{'milliseconds to the answer':<40}{'first':>9}{'median':>9}{'max':>9}")
    failed += ["first of all"] * (very_first < 0)
    print(f"{'first of all, jedi not loaded':<40}{very_first:9.1f}{'  no answer' if very_first < 0 else ''}")
    for load, rows in times.items():
        for question, values in rows.items():
            first, later = values[0], values[1:]
            median = statistics.median(later)
            over = min(values) < 0 or (median > ALLOWED_MS and not question.startswith(FREE))
            failed += [f"{question} ({load})"] * over
            print(f"{question + '   ' + load:<40}{first:9.1f}{median:9.1f}{max(later):9.1f}{'  over' if over else ''}")

    report = reports.write("completion", {"first": very_first, "times": times, "allowed_ms": ALLOWED_MS, "failed": failed})
    print(f"Allowed: a median of {ALLOWED_MS:g} ms, but for {', '.join(FREE)}. "
          f"{'Over: ' + ', '.join(failed) if failed else 'All within it'}. Written to {report}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
