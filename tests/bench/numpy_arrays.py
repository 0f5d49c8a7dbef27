# Measures how long arrays take to become images, and images arrays, beside one copy of the pixels.
# SPDX-License-Identifier: GPL-3.0-or-later
"""100 megapixels of one byte. Wherever the memory allows it nothing may be copied: a way takes at most a hundredth of the time of
one copy, and the process holds no more memory than before. Each way is measured in turns with the copy; what it gives is held to
the pixels in the end."""

import argparse
import os
import pathlib
import statistics
import sys
import time

BUILD = pathlib.Path(os.environ["TINTYPE_PROGRAM"]).parents[1]
sys.path.insert(0, str(BUILD / "python"))

import numpy as np  # noqa: E402
import tintype as tt  # noqa: E402
from measure import reports  # noqa: E402

ALLOWED_SHARE = 0.01
ALLOWED_GROWTH = 1.0  # MB; a thousandth of a copy would be as much


def resident():
    """Megabytes that this process holds."""
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def picture(side):
    return (np.arange(side * side, dtype=np.uint32) % 251).astype(np.uint8).reshape(side, side)


def ways(side):
    """What makes the argument of each way, outside the time, and the way."""
    array = picture(side)
    frozen = array.copy()
    frozen.flags.writeable = False
    data = array.tobytes()
    image = tt.Image.new_from_array(frozen)
    return array, {
        "read-only array to image": (lambda: frozen, tt.Image.new_from_array),
        "handed-over array to image": (array.copy, lambda own: tt.Image.new_from_array(own, copy=False)),
        "array of nobody else to image": (lambda: [array.copy()], lambda own: tt.Image.new_from_array(own.pop())),
        "bytes to image": (lambda: data, lambda own: tt.Image.new_from_memory(own, side, side, 1, "uchar")),
        "image.numpy()": (lambda: image, lambda own: own.numpy()),
        "numpy.asarray(image)": (lambda: image, np.asarray),
        "memoryview(image)": (lambda: image, memoryview),
    }


def measure(side, rounds):
    array, chosen = ways(side)
    times = {"copy": []} | {name: [] for name in chosen}
    growth = dict.fromkeys(chosen, 0.0)
    for _ in range(rounds):
        begin = time.perf_counter()
        copy = array.copy()
        times["copy"].append(time.perf_counter() - begin)
        del copy
        for name, (prepare, way) in chosen.items():
            argument = prepare()
            before = resident()
            begin = time.perf_counter()
            result = way(argument)
            times[name].append(time.perf_counter() - begin)
            growth[name] = max(growth[name], resident() - before)
            if not np.array_equal(np.asarray(result), array):
                sys.exit(f"numpy: {name} gives other pixels")
            del argument, result
    return {name: statistics.median(values) for name, values in times.items()}, growth


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--side", type=int, default=10000, help="pixels")
    arguments = parser.parse_args()
    medians, growth = measure(arguments.side, arguments.rounds)
    copy = medians.pop("copy")
    print(f"{'one copy takes ' + format(copy * 1000, '.1f') + ' ms':<34}{'ms':>9}{'share':>10}{'MB more':>10}")
    for name, value in medians.items():
        print(f"{name:<34}{value * 1000:9.3f}{value / copy:10.5f}{growth[name]:10.1f}")
    missed = [name for name, value in medians.items() if value > ALLOWED_SHARE * copy or growth[name] > ALLOWED_GROWTH]
    figures = {"side": arguments.side, "copy": copy, "seconds": medians, "share": {n: v / copy for n, v in medians.items()},
               "megabytes more": growth, "allowed": {"share": ALLOWED_SHARE, "megabytes": ALLOWED_GROWTH}, "missed": missed}
    path = reports.write("numpy", figures)
    print(f"Missed: {', '.join(missed)}." if missed else "All within it.", f"Written to {path}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
