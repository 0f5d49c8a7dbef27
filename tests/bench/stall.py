# Measures how long the window does not answer while Python works: the time between beats of a 10 ms timer.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each load runs in the real window of a fresh process, on an X server with a window manager. The process beats idle
first, then under the load. A row is over its bar when it is above both the absolute limit and twice what the windows of
the whole run needed while they were idle. measure/loads.py has the loads; one that cannot show that it did all of its work
fails as well."""

import argparse
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

from measure import reports
from measure.loads import LOADS

PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
ROOT = pathlib.Path(__file__).parents[2]
P99_LIMIT_MS = 26.0
MAX_LIMIT_MS = 50.0


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def figures(gaps):
    return {"p50": percentile(gaps, 0.5), "p99": percentile(gaps, 0.99), "max": max(gaps), "beats": len(gaps)}


def options_of(load, folder):
    """The command line; text is written to a file first."""
    texts = [("script", text) for text in load.scripts]
    texts += [(option, text) for option in ("console", "paste") if (text := getattr(load, option))]
    for number, (option, text) in enumerate(texts):
        path = folder / f"{option}{number if option == 'script' else ''}.py"
        path.write_text(text)
        yield from (f"--{option}", str(path))
    if load.show:
        yield from ("--show", load.show)
    if load.aliens:
        yield from ("--aliens", str(load.aliens))


def run(load, most, arguments, folder):
    command = [str(ROOT / "tests" / "run_on_x"), str(PROGRAM.parents[1] / "tests" / "bench_stall")]
    command += options_of(load, folder)
    command += ["--idle", str(arguments.idle), "--most", str(most), "--stacks", str(arguments.stacks)]
    report = folder / "report.json"
    command += ["--report", str(report)]
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment["QT_QPA_PLATFORM"] = "xcb"
    for name in ("CONFIG", "CACHE", "DATA"):
        environment[f"XDG_{name}_HOME"] = str(folder)
    process = subprocess.Popen(command, env=environment, stdout=sys.stderr, start_new_session=True)
    try:
        process.wait(timeout=most + 120)
    finally:
        # The server and the window manager too, when the window came to no end.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if not report.exists():
        sys.exit("stall: the window ended without figures; its own words are above")
    return json.loads(report.read_text())


def row(name, shown, verdict=""):
    print(f"{name:<36}{shown['p50']:8.1f}{shown['p99']:8.1f}{shown['max']:8.1f}{shown['beats']:8d}  {verdict}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("loads", nargs="*", help="parts of the names of the loads to run; all of them when none is given")
    parser.add_argument("--idle", type=float, default=3, help="seconds without a load, in each window")
    parser.add_argument("--most", type=float, default=60, help="seconds after which a load that goes on is left")
    parser.add_argument("--endless", type=float, default=5, help="seconds for loads that never end")
    parser.add_argument("--stacks", type=int, default=0, help="write the stack when a beat is so many milliseconds late")
    arguments = parser.parse_args()

    loads = {name: load for name, load in LOADS.items()
             if not arguments.loads or any(part in name for part in arguments.loads)}
    print(f"{'milliseconds between beats':<36}{'p50':>8}{'p99':>8}{'max':>8}{'beats':>8}")
    idle, rows = [], {}
    for name, load in loads.items():
        with tempfile.TemporaryDirectory() as folder:
            measured = run(load, arguments.endless if load.endless else arguments.most, arguments, pathlib.Path(folder))
        missing = load.missing(measured["work"])
        if not measured["ended"] and not load.endless:
            missing = f"did not end in time: {missing}"
        idle += measured["idle"]
        rows[name] = figures(measured["load"]) | {"idle": figures(measured["idle"]), "missing": missing,
                                                  "work": measured["work"]}
        row(name, rows[name], missing)
    bar = figures(idle)
    row("idle", bar)
    p99, most = max(P99_LIMIT_MS, 2 * bar["p99"]), max(MAX_LIMIT_MS, 2 * bar["max"])
    failed = [name for name, found in rows.items() if found["p99"] > p99 or found["max"] > most or found["missing"]]

    report = reports.write("stall", {"idle": bar, "loads": rows, "allowed_ms": {"p99": p99, "max": most}, "failed": failed})
    print(f"Allowed: p99 {p99:.1f}, max {most:.1f}. {'Failed: ' + ', '.join(failed) if failed else 'All within it'}. "
          f"Written to {report}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
