# Medians of what calls take, measured in turns so that a busy machine slows all alike.
# SPDX-License-Identifier: GPL-3.0-or-later
import itertools
import statistics
import time

CHUNKS = 60


def single(call, count):
    """The nanoseconds of each of `count` calls."""
    clock = time.perf_counter_ns
    found = []
    for _ in itertools.repeat(None, count):
        begin = clock()
        call()
        found.append(clock() - begin)
    return found


def _chunk(text, names, count):
    code = compile(f"for _ in steps: {text}", "<call>", "exec")
    space = names | {"steps": itertools.repeat(None, count)}
    begin = time.perf_counter_ns()
    exec(code, space)
    return (time.perf_counter_ns() - begin) / count


def quick(texts, names, count=1000):
    """The median nanoseconds of expressions that are too quick for a clock around each; the loop itself is taken off.

    `texts` is a dict of expressions, the result one of numbers.
    """
    taken = {name: [] for name in texts}
    empty = []
    for _ in range(CHUNKS):
        empty.append(_chunk("None", names, count))
        for name, text in texts.items():
            taken[name].append(_chunk(text, names, count))
    loop = statistics.median(empty)
    return {name: statistics.median(values) - loop for name, values in taken.items()}
