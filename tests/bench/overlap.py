# Measures what a pure-Python thread gets done beside four Python threads in native operations, and beside four C++ programs.
# SPDX-License-Identifier: GPL-3.0-or-later
"""An operation that kept the GIL would let one thread run at a time: the rate of the fifth thread would fall to a fraction.
Beside four programs that blur the same picture it only shares the cores. Both are measured in turns, each in a process of
its own. The fifth thread would do well too beside four that wait for each other: so these must blur as much as the programs
do. libvips gets one thread for each blur, or a single blur would use all cores."""

import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time

from measure import reports

PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
THREADS = 4
ALLOWED_RATIO = 0.8
ONE_THREAD = os.environ | {"VIPS_CONCURRENCY": "1"}


def count(seconds):
    """How often a second a plain loop goes round."""
    steps = 0
    begin = time.perf_counter()
    while (passed := time.perf_counter() - begin) < seconds:
        for _ in range(1000):
            steps += 1
    return steps / passed


def beside_threads(seconds, in_turns):
    """The child of this benchmark: four threads blur while this one counts."""
    import tintype as tt

    picture = tt.Image.new_from_array(tt.Image.micrograph(width=400, height=400, seed=1).numpy())
    ended = threading.Event()
    blurs = [0] * THREADS
    begin = threading.Barrier(THREADS + 1)
    turn = threading.Lock() if in_turns else contextlib.nullcontext()

    def work(index):
        begin.wait()
        while not ended.is_set():
            with turn:
                picture.gaussblur(10).avg()
            blurs[index] += not ended.is_set()

    threads = [threading.Thread(target=work, args=(index,)) for index in range(THREADS)]
    for thread in threads:
        thread.start()
    begin.wait()
    rate = count(seconds)
    ended.set()
    for thread in threads:
        thread.join()
    if not all(blurs):
        sys.exit(f"overlap: a thread blurred nothing, so there was no load: {blurs}")
    print(json.dumps({"rate": rate, "blurs": sum(blurs)}))


def threads_round(seconds, in_turns):
    command = [PROGRAM, "run", __file__, "--child", str(seconds), *(["--in-turns"] if in_turns else [])]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=ONE_THREAD).stdout)


def programs_round(seconds, _):
    command = [PROGRAM.parents[1] / "tests" / "blur_loop", str(seconds)]
    programs = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ONE_THREAD) for _ in range(THREADS)]
    for program in programs:
        program.stdout.readline()
    for program in programs:
        program.stdin.write("\n")
        program.stdin.flush()
    rate = count(seconds)
    return {"rate": rate, "blurs": sum(int(program.communicate()[0]) for program in programs)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--in-turns", action="store_true", help="the threads wait for each other; the benchmark must fail then")
    parser.add_argument("--child", type=float, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        return beside_threads(arguments.child, arguments.in_turns)

    rounds = {"four C++ programs": programs_round, "four Python threads": threads_round}
    found = {name: [] for name in rounds}
    for _ in range(arguments.rounds):
        for name, measured in rounds.items():
            found[name].append(measured(arguments.seconds, arguments.in_turns))
    medians = {name: {key: statistics.median(each[key] for each in rows) for key in ("rate", "blurs")}
               for name, rows in found.items()}
    print(f"{'a Python loop beside':<28}{'steps a second':>16}{'blurs':>8}")
    for name, figures in medians.items():
        print(f"{name:<28}{figures['rate']:16,.0f}{figures['blurs']:8.0f}")
    threads, programs = medians["four Python threads"], medians["four C++ programs"]
    ratios = {key: threads[key] / programs[key] for key in programs}
    report = reports.write("overlap", {"medians": medians, "rounds": found, "ratios": ratios, "allowed": ALLOWED_RATIO})
    print(f"Beside threads it keeps {ratios['rate']:.2f} of the rate, and they do {ratios['blurs']:.2f} of the blurs "
          f"(at least {ALLOWED_RATIO:g} of both wanted). Written to {report}")
    return 0 if min(ratios.values()) >= ALLOWED_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
