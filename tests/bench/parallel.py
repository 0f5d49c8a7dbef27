# Measures tt.parallel beside multiprocessing and concurrent.futures: speed-up, cost of a task, images of 100 megapixels.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executors take turns, so that a busy machine slows all of them; the medians of the ratios of each round are compared. Their
workers have started before.
"""

import argparse
import concurrent.futures
import gc
import multiprocessing
import os
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(os.environ["TINTYPE_PROGRAM"]).parents[1] / "python"))

import numpy as np  # noqa: E402
import tintype as tt  # noqa: E402
from measure import reports  # noqa: E402

WORKERS = 2
LEAST_SPEED_UP = 0.95  # of multiprocessing.Pool's
MOST_COST = 1.2  # of the better one of the two
MOST_GROWTH = 0.05  # of the image, in a worker's own memory
SIDE = 10_000
MEMORY = {"own": "RssAnon", "shared": "RssShmem", "PSS": "Pss"}
MEGABYTE = 1 << 20


def count_up(steps):
    """Nothing but Python."""
    total = 0
    for step in range(steps):
        total += step % 7
    return total


def nothing(item):
    return item


def memory():
    """What the process has in memory, in bytes: of its own, shared pages that it has mapped, and its part of all of that, where a
    page that n processes have mapped counts as an n-th."""
    fields = {}
    for path in ("/proc/self/status", "/proc/self/smaps_rollup"):
        with open(path) as file:
            fields.update(line.split(":") for line in file if line.count(":") == 1)
    return {name: int(fields[field].split()[0]) * 1024 for name, field in MEMORY.items()}


def look_at(image):
    """Reads all pixels: their sum, when the image had arrived, and the memory of the worker that has it."""
    arrived = time.monotonic()
    return int(np.asarray(image).sum(dtype="int64")), arrived, memory()


def without_image(_):
    """The memory of a worker that has numpy, but no image."""
    gc.collect()
    np.ones(1).sum()
    return memory()


def seconds(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def ours(function, items, workers=WORKERS):
    return tt.parallel.map(function, items, executor="processes", workers=workers)


def take_turns(contenders, rounds):
    """The times of each, in the order of the rounds."""
    times = {name: [] for name in contenders}
    for number in range(rounds):
        # Each comes first as often as last.
        for name in list(contenders)[:: 1 if number % 2 else -1]:
            times[name].append(seconds(contenders[name]))
    return times


def ratio(ones, others):
    """How much longer the ones took: the median of the rounds."""
    return statistics.median(one / other for one, other in zip(ones, others))


def speed_up(pool, rounds, steps, count):
    items = [steps] * count
    times = take_turns(
        {
            "one process": lambda: [count_up(item) for item in items],
            "multiprocessing.Pool": lambda: pool.map(count_up, items, chunksize=1),
            "tt.parallel": lambda: ours(count_up, items),
        },
        rounds,
    )
    print(f"{count} tasks of Python alone on {WORKERS} processes".ljust(52) + "      ms  speed-up")
    rows = {}
    for name, values in times.items():
        rows[name] = {"ms": statistics.median(values) * 1e3, "speed_up": ratio(times["one process"], values)}
        print(f"  {name:<50}{rows[name]['ms']:8.1f}{rows[name]['speed_up']:10.2f}")
    beside = ratio(times["multiprocessing.Pool"], times["tt.parallel"])
    print(f"  speed-up beside multiprocessing.Pool: {beside:.3f} (at least {LEAST_SPEED_UP:g})")
    return {"rows": rows, "ratio": beside, "right": beside >= LEAST_SPEED_UP}


def cost(pool, executor, rounds, count):
    items = range(count)
    contenders = {
        "multiprocessing.Pool.map, chunksize=1": lambda: pool.map(nothing, items, chunksize=1),
        "multiprocessing.Pool.imap": lambda: list(pool.imap(nothing, items)),
        "concurrent.futures.ProcessPoolExecutor.map": lambda: list(executor.map(nothing, items)),
        "tt.parallel.map": lambda: ours(nothing, items),
        "tt.parallel.imap": lambda: list(tt.parallel.imap(nothing, items, executor="processes", workers=WORKERS)),
        "tt.parallel.imap_unordered": lambda: list(
            tt.parallel.imap_unordered(nothing, items, executor="processes", workers=WORKERS)
        ),
    }
    times = take_turns(contenders, rounds)
    print(f"\n{count} tasks that do nothing".ljust(53) + "µs a task  beside the better one")
    peers = {
        False: ("multiprocessing.Pool.map, chunksize=1", "concurrent.futures.ProcessPoolExecutor.map"),
        True: ("multiprocessing.Pool.imap", "concurrent.futures.ProcessPoolExecutor.map"),
    }
    microseconds, ratios = {}, {}
    for name, values in times.items():
        text = ""
        if name.startswith("tt."):
            ratios[name] = max(ratio(values, times[peer]) for peer in peers["imap" in name])
            text = f"{ratios[name]:10.2f} (at most {MOST_COST:g})"
        microseconds[name] = statistics.median(values) / count * 1e6
        print(f"  {name:<50}{microseconds[name]:8.1f}{text}")
    return {"microseconds": microseconds, "ratios": ratios, "right": max(ratios.values()) <= MOST_COST}


def one_image(name, start, array):
    """Sends the picture to a worker that is there already, and looks at what it costs that one."""
    empty = start(without_image, 0)
    sent = time.monotonic()
    total, arrived, after = start(look_at, array)
    if total != SIDE * SIDE:
        raise SystemExit("the pixels have not come as they were")
    growth = {kind: (after[kind] - empty[kind]) for kind in empty}
    print(
        f"  {name:<50}{(arrived - sent) * 1e3:8.0f}"
        + "".join(f"{growth[kind] / MEGABYTE:9.1f}" for kind in growth)
    )
    return {"milliseconds": (arrived - sent) * 1e3, "growth": growth}


def images(pool, path):
    size = SIDE * SIDE
    print(f"\nan image of {size // 10**6} megapixels, {size / MEGABYTE:.0f} MB, to a worker".ljust(53) + "   ms  own MB  shared MB  PSS MB")
    array = np.ones((SIDE, SIDE), "uint8")
    held = tt.Image.new_from_array(array)
    on_disk = tt.Image.new_from_file(path)
    rows = {
        "tt.parallel, pixels in memory": one_image("tt.parallel, pixels in memory", lambda f, i: ours(f, [i], 1)[0], held),
        "tt.parallel, the same again": one_image("tt.parallel, the same again", lambda f, i: ours(f, [i], 1)[0], held),
        "tt.parallel, array of numpy": one_image("tt.parallel, array of numpy", lambda f, i: ours(f, [i], 1)[0], array),
        "multiprocessing.Pool, tt.Image": one_image("multiprocessing.Pool, tt.Image", lambda f, i: pool.apply(f, (i,)), held),
        "multiprocessing.Pool, array of numpy": one_image(
            "multiprocessing.Pool, array of numpy", lambda f, i: pool.apply(f, (i,)), array
        ),
    }
    begin = time.perf_counter()
    means = ours(lambda image: float(image.avg()), [on_disk] * 2)
    print(f"  {'a file of that size: sent, read and averaged twice':<50}{(time.perf_counter() - begin) * 1e3:8.0f}")
    own = max(rows[name]["growth"]["own"] for name in rows if name.startswith("tt."))
    right = own <= MOST_GROWTH * size and means == [1.0, 1.0]
    print(f"  a worker's own memory grows by {own / size:.3f} of the image (at most {MOST_GROWTH:g})")
    return {"rows": rows, "own_growth": own / size, "right": right}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--tasks", type=int, default=4000)
    parser.add_argument("--steps", type=int, default=150_000)
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    folder = reports.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "parallel.v"
    (tt.Image.black(SIDE, SIDE) + 1).cast("uchar").write_to_file(path)
    try:
        with context.Pool(WORKERS) as pool, concurrent.futures.ProcessPoolExecutor(WORKERS, context) as executor:
            pool.map(nothing, range(50), chunksize=1)
            list(executor.map(nothing, range(50)))
            ours(nothing, range(50))
            figures = {
                "speed_up": speed_up(pool, options.rounds, options.steps, 40),
                "cost": cost(pool, executor, options.rounds, options.tasks),
            }
        with context.Pool(1) as pool:
            figures["images"] = images(pool, path)
    finally:
        path.unlink()
    missed = [name for name, figure in figures.items() if not figure["right"]]
    report = reports.write("parallel", {"options": vars(options), **figures})
    print(f"\n{'Missed: ' + ', '.join(missed) if missed else 'All within the bars'}. Written to {report}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
