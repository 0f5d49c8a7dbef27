# Measures handlers and add-ons: calls a second, what a slow handler costs the others, what enabling costs beside a bare import.
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is compared takes turns in one process, so that a busy machine slows both."""

import argparse
import importlib
import os
import pathlib
import statistics
import sys
import tempfile
import threading
import time

from measure import reports

PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
sys.path.insert(0, str(PROGRAM.parents[1] / "python"))
HANDLERS = (1, 10, 100)
# In a storm a handler drops events beyond 1,000 that wait.
BURST = 500
SLEEP = 1.0
ALLOWED_DELAY = 1.5
ALLOWED_COST = 2.0

TABLE = """
id = "{id}"
name = "Bench"
version = "1.0"
authors = ["Nobody"]
licence = "MIT"
tintype = ">=0.1"
description = "Is switched on and off."
"""
# What one that does something is like: a dozen modules, half of a standard library's size each, and some things registered.
PART = "".join(f"def function_{n}(a, b={n}):\n    '''Something.'''\n    return [a * i + b for i in range({n})]\n\n" for n in range(120))
PARTS = 12
IMPORTS = "".join(f"from . import part{n}\n" for n in range(PARTS))
REGISTERS = """
import tintype as tt

def register():
    for name in "abcd":
        tt.on(f"bench.{name}", part1.function_1)
    tt.timers.call_every(3600, part2.function_2)
"""


def calls_a_second(tt, count, rounds):
    """Calls of so many handlers of one event, each of which does next to nothing."""
    done = threading.Semaphore(0)

    def make():
        def handle(event):
            if event.is_last:
                done.release()

        return handle

    handlers = [tt.on("bench.storm", make()) for _ in range(count)]
    events = max(20, BURST // count)
    rates = []
    for _ in range(rounds):
        begin = time.perf_counter()
        for number in range(events):
            tt.emit("bench.storm", is_last=number == events - 1)
        for _ in range(count):
            done.acquire()
        rates.append(count * events / (time.perf_counter() - begin))
    for handler in handlers:
        tt.off("bench.storm", handler)
    return statistics.median(rates)


def delays(tt, rounds):
    """Milliseconds until a quick handler has been called: beside another quick one, and beside one that sleeps meanwhile."""
    called = threading.Event()
    times = {"beside a quick one": [], "beside one that sleeps": []}

    def quick(event):
        called.set()

    def other(event):
        pass

    def slow(event):
        time.sleep(SLEEP)

    tt.on("bench.told", quick)
    for number in range(2 * rounds):
        name, beside = list(zip(times, (other, slow)))[number % 2]
        tt.on("bench.told", beside)
        called.clear()
        begin = time.perf_counter()
        tt.emit("bench.told")
        called.wait()
        times[name].append((time.perf_counter() - begin) * 1000)
        tt.off("bench.told", beside)
    tt.off("bench.told", quick)
    return {name: statistics.median(values) for name, values in times.items()}


def write_package(folder, id):
    package = folder / id / id
    package.mkdir(parents=True)
    (folder / id / "addon.toml").write_text(TABLE.format(id=id))
    (package / "__init__.py").write_text(IMPORTS + REGISTERS)
    for number in range(PARTS):
        (package / f"part{number}.py").write_text(PART)
    return folder / id


def forget(id):
    for name in [name for name in sys.modules if name.partition(".")[0] == id]:
        del sys.modules[name]


def costs(tt, folder, rounds):
    """Milliseconds of a bare import, and of switching on an add-on with the same code; both compiled before."""
    from tintype import _addons

    bare, addon = write_package(folder, "bench_bare"), write_package(folder, "bench_addon")
    sys.path.insert(0, str(bare))
    manager = _addons.current()
    times = {"bare import": [], "switching on": []}
    for number in range(rounds + 1):
        begin = time.perf_counter()
        importlib.import_module("bench_bare")
        middle = time.perf_counter()
        forget("bench_bare")
        again = time.perf_counter()
        with manager.on_trial(addon):
            end = time.perf_counter()
        if number:
            times["bare import"].append((middle - begin) * 1000)
            times["switching on"].append((end - again) * 1000)
    sys.path.remove(str(bare))
    return {name: statistics.median(values) for name, values in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as home:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(pathlib.Path(home, name))
        # Compiled files are kept, as they are for everybody who has not forbidden it.
        sys.dont_write_bytecode = False
        import tintype as tt

        rates = {f"calls a second, {count} handlers": calls_a_second(tt, count, rounds) for count in HANDLERS}
        told = delays(tt, rounds)
        cost = costs(tt, pathlib.Path(home), rounds)
    for name, rate in rates.items():
        print(f"{name:<40}{rate:12,.0f}")
    delay = told["beside one that sleeps"] / told["beside a quick one"]
    print(f"{'a handler beside a quick one, ms':<40}{told['beside a quick one']:12.3f}")
    print(f"{'beside one that sleeps 1 s, ms':<40}{told['beside one that sleeps']:12.3f}{delay:8.2f} times, allowed {ALLOWED_DELAY}")
    price = cost["switching on"] / cost["bare import"]
    print(f"{'a bare import, ms':<40}{cost['bare import']:12.3f}")
    print(f"{'switching the add-on on, ms':<40}{cost['switching on']:12.3f}{price:8.2f} times, allowed {ALLOWED_COST}")
    print(f"Figures: {reports.write('events', {'rates': rates, 'delays_ms': told, 'costs_ms': cost})}")
    sys.exit(0 if delay <= ALLOWED_DELAY and price <= ALLOWED_COST else 1)


if __name__ == "__main__":
    main()
