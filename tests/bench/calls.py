# Measures what a call costs beside bare pybind11 and bare libvips, and whether each binding is right to keep the GIL or not.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything is measured in one process, in turns, so that a busy machine slows all alike. libvips' operation cache is off
for both sides: Tintype switches it off when it starts. "Build" makes the operation and its node, as a call does; its pixels
are asked for in a row of their own."""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time

BUILD = pathlib.Path(os.environ["TINTYPE_PROGRAM"]).parents[1]
sys.path[:0] = [str(BUILD / "python"), str(BUILD / "tests" / "bench")]

import bare_calls  # noqa: E402
import tintype as tt  # noqa: E402
from measure import breakeven, reports, times  # noqa: E402
from measure.bindings import BINDINGS, ONCE  # noqa: E402
from measure.policies import is_right, policies  # noqa: E402
from tintype import _tintype  # noqa: E402

ROOT = pathlib.Path(__file__).parents[2]
CALLS = 3000
SLOW_CALLS = 300
PROPERTY_LIMIT = 1.5
OPERATION_LIMIT = 1.3
ALIEN_LIMIT = 10.0
# Steps; what takes long with a long recipe is measured with one.
LONG_RECIPE = 200
# What two threads do more than one in the longest call, where nothing else wants the two cores.
LEAST_GAIN = 1.7


class Report:
    """The table, the figures for the file, and whether a bar was missed."""

    def __init__(self):
        self.figures = {}
        self.missed = []

    def row(self, name, nanoseconds, beside, limit=None):
        ratio = nanoseconds / beside if beside else None
        self.figures[name] = {"ns": nanoseconds, "beside_ns": beside, "ratio": ratio, "allowed": limit}
        text = f"{name:<44}{nanoseconds / 1000:10.3f}{beside / 1000:10.3f}" if beside else f"{name:<44}{nanoseconds / 1000:10.3f}{'':>10}"
        text += f"{ratio:8.2f}" if ratio else f"{'':>8}"
        print(text + (f"   at most {limit:g}" if limit else ""))
        if limit and ratio > limit:
            self.missed.append(name)


def attributes(report, im):
    names = {"im": im, "thing": bare_calls.Thing()}
    found = times.quick({"bare": "thing.width", "ours": "im.width", "bare method": "thing.get()", "method": "im.get_fields()"}, names)
    report.row("property: im.width, bare property", found["ours"], found["bare"], PROPERTY_LIMIT)
    report.row("method: im.get_fields(), bare method", found["method"], found["bare method"])


def operations(report, im):
    picture = bare_calls.Picture()
    chunks = 30
    # Building a blur computes its mask on threads that libvips starts, which takes what the machine's other work lets it.
    for name, ours, bare, calls, limit in [
        ("invert", im.invert, picture.invert_times, CALLS, OPERATION_LIMIT),
        ("gaussblur(2)", lambda: im.gaussblur(2), picture.blur_times, SLOW_CALLS, None),
    ]:
        # With letting go of the results, on both sides.
        mine, theirs = [], []
        for _ in range(chunks):
            mine += times.single(ours, calls // chunks)
            theirs += bare(calls // chunks, False)
        report.row(f"build: im.{name}, vips build", statistics.median(mine), statistics.median(theirs), limit)
        report.row("   the same, mean", statistics.mean(mine), statistics.mean(theirs))
    mine = times.single(lambda: im.invert().numpy(), SLOW_CALLS)
    report.row("build and pixels: im.invert().numpy()", statistics.median(mine), statistics.median(picture.invert_times(SLOW_CALLS, True)))


def document(report, im):
    tt.data.images["calls"] = im
    edits = times.single(tt.ops.invert, CALLS)
    report.row("document edit: tt.ops.invert()", statistics.median(edits), report.figures["build: im.invert, vips build"]["beside_ns"])


def events(report):
    """What a script waits for, and when its handler, which runs on another thread, has been called."""
    called = threading.Semaphore(0)
    told = tt.on("calls.told", lambda event: called.release())
    asked = tt.on("calls.asked", lambda event: None)
    clock = time.perf_counter_ns
    returned, arrived = [], []
    for _ in range(CALLS):
        begin = clock()
        tt.emit("calls.told", number=1)
        returned.append(clock() - begin)
        called.acquire()
        arrived.append(clock() - begin)
    answered = times.single(lambda: tt.ask_handlers("calls.asked", timeout=60), CALLS)
    tt.off("calls.told", told)
    tt.off("calls.asked", asked)
    bare = report.figures["method: im.get_fields(), bare method"]["beside_ns"]
    report.row("event: tt.emit() to one handler, bare method", statistics.median(returned), bare)
    report.row("   until the handler is called", statistics.median(arrived), bare)
    report.row("question: tt.ask_handlers() to one handler", statistics.median(answered), bare)


def alien_threads(report):
    program = BUILD / "tests" / "alien_calls"
    if not program.exists():
        print("alien threads: the program alien_calls is not built here")
        report.missed.append("alien threads")
        return
    for row in json.loads(subprocess.run([program], check=True, capture_output=True, text=True, timeout=600).stdout):
        name = f"calls a second from {row['threads']} alien thread(s)"
        report.figures[name] = row | {"needed": ALIEN_LIMIT}
        print(
            f"{name:<44}{row['pycallable_per_second']:10,.0f}{row['gil_scoped_acquire_per_second']:10,.0f}"
            f"{row['ratio']:8.1f}   at least {ALIEN_LIMIT:g}"
        )
        if row["ratio"] < ALIEN_LIMIT:
            report.missed.append(name)


def break_even(report):
    """Nanoseconds; what the bindings are judged by."""
    gil = times.quick({"keeps": "work(0.0)", "releases": "released(0.0)"}, {"work": bare_calls.work, "released": bare_calls.work_released})
    cost = gil["releases"] - gil["keeps"]
    gains, even = breakeven.measure(bare_calls.work, bare_calls.work_released)
    print(f"\nReleasing and taking back the GIL: {cost:.0f} ns. Two threads that make the same call, released beside kept:")
    print("   " + ", ".join(f"{duration:g} µs {gain:.2f}" for duration, gain in gains) + f"; worth it from {even:.2g} µs on.")
    report.figures["gil"] = {"release_ns": cost, "break_even_ns": even * 1000, "two_threads": gains}
    if gains[-1][1] < LEAST_GAIN:
        report.missed.append(f"break-even: two threads that release the GIL should do {LEAST_GAIN:g} times as much; other work takes the cores")
    return even * 1000


class Measured(tt.Panel):
    """Shown nowhere."""

    title = "Measured"
    size: int = 1


def bindings(report, im):
    even = break_even(report)
    known = policies(ROOT)
    timer = tt.timers.call_later(3600, print)
    gate = threading.Event()
    # It is called once; the other events wait for it.
    handler = _tintype._Handler(lambda event: gate.wait(), "calls.never", "The handler of the benchmark")
    steps = tt.Image.black(16, 16)
    for _ in range(LONG_RECIPE):
        steps = steps.invert()
    names = {"im": im, "recipe": tt.Image.black(16, 16).invert().recipe, "long_recipe": steps.recipe, "native": _tintype,
             "packed_pixels": _tintype.pack(tt.Image.new_from_memory(bytes(64), 8, 8, 1, "uchar")._output)[1][0],
             "output": im.avg()._output, "timer": timer, "handler": handler, "handlers": _tintype._HandlerList(),
             "addon": _tintype.AddonOwner("calls", None),
             "panel": Measured.panel._native}
    taken = times.quick(BINDINGS, names, 50)
    dispatch = times.quick({"bare": "thing.get()"}, {"thing": bare_calls.Thing()})["bare"]
    print(f"\n{'binding, without the dispatch of a bare call':<46}{'ns':>8}  policy")
    timer.cancel()
    gate.set()
    handler.release()
    rows = {}
    for name, nanoseconds in sorted(taken.items(), key=lambda item: item[1]):
        policy = known[name]
        beyond = max(nanoseconds - dispatch, 0.0)
        right = is_right(name, policy, beyond, even)
        rows[name] = {"ns": beyond, "keeps": policy.keeps, "policy": policy.text, "right": right}
        print(f"{name:<46}{beyond:8.0f}  {'' if right else 'WRONG: '}{policy.text[:90]}")
        if not right:
            report.missed.append(f"policy of {name} ({policy.place})")
    unmeasured = [f"{name} ({policy.place})" for name, policy in known.items() if name not in BINDINGS.keys() | ONCE and policy.keeps and not policy.needs_gil]
    if unmeasured:
        report.missed.append("bindings that keep the GIL without being measured: " + ", ".join(unmeasured))
    report.figures["gil"]["bindings"] = rows


def main():
    report = Report()
    im = tt.Image.new_from_list([[1] * 16] * 16).cast("uchar").copy_memory()
    print(f"{'medians, 16 x 16 pixels':<44}{'µs':>10}{'bare µs':>10}{'ratio':>8}")
    attributes(report, im)
    operations(report, im)
    document(report, im)
    events(report)
    alien_threads(report)
    bindings(report, im)

    path = reports.write("calls", report.figures | {"missed": report.missed})
    print(f"\n{'Missed: ' + ', '.join(report.missed) if report.missed else 'All bars are met.'} Written to {path}")
    return 1 if report.missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
