# Measures operations on whole pictures in memory beside libvips, OpenCV, scipy, scikit-image and Pillow.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everybody gets the same pixels in memory and gives a new array; all are measured in turns in one process, and ours is held to
the pixels of the one who does equal work. A peer that takes five times as long as the best is not asked a second time."""

import argparse
import os
import pathlib
import statistics
import sys
import time

BUILD = pathlib.Path(os.environ["TINTYPE_PROGRAM"]).parents[1]
sys.path[:0] = [str(BUILD / "python"), str(BUILD / "tests" / "bench")]

import numpy as np  # noqa: E402
import tintype as tt  # noqa: E402
from measure import reports  # noqa: E402
from measure.kernels import ROWS  # noqa: E402

ALLOWED_RATIO = 1.25
ALLOWED_MS = 4
SHORT_MS = 15
HOPELESS = 5


def pictures(side):
    """Cells with noise: as hard for a median or a label as a real micrograph."""
    grey = tt.Image.micrograph(width=side, height=side, seed=1).numpy()
    grey = np.ascontiguousarray(grey if grey.ndim == 2 else grey[..., 0]).astype(np.uint8)
    rgb = np.stack([grey, np.roll(grey, 5, 0), np.roll(grey, 9, 1)], -1)
    return {"grey": grey, "rgb": np.ascontiguousarray(rgb), "mask": ((grey > np.median(grey) + 20) * 255).astype(np.uint8)}


def milliseconds(call, argument):
    begin = time.perf_counter()
    result = call(argument)
    return (time.perf_counter() - begin) * 1000, result


def apart(row, form, ours, other):
    """What is wrong with our pixels, or nothing."""
    if row.like is None:
        return ""
    ours, other = np.squeeze(np.asarray(ours)), np.squeeze(np.asarray(other))
    if ours.shape != other.shape:
        return f"ours has the shape {ours.shape}, {row.like}'s {other.shape}"
    if row.edge:
        ours, other = (array[row.edge:-row.edge, row.edge:-row.edge] for array in (ours, other))
    wide = np.complex128 if np.iscomplexobj(ours) else np.float64
    difference = np.abs(ours.astype(wide) - other.astype(wide))
    most = row.most[form] if isinstance(row.most, dict) else row.most
    share = np.mean(difference > most * (np.abs(other).max() if np.iscomplexobj(ours) else 1))
    return f"{share:.2%} of the pixels are more than {most:g} from {row.like}'s, up to {difference.max():g}" if share > row.but else ""


def measure(row, form, array, rounds):
    """The medians in ms by name, and what is wrong with the pixels."""
    image = tt.Image.new_from_array(array)
    calls = {"Tintype": lambda _: row.ours(image)} | row.peers
    times, left_out, results = {}, {}, {}
    for turn in range(rounds + 1):
        # Whoever comes next finds the picture in the processor's cache, or what another left there: all take each place.
        order = list(calls)
        order = order[turn % len(order) :] + order[: turn % len(order)]
        for name in order:
            call = calls[name]
            try:
                taken, result = milliseconds(call, array)
            except (RuntimeError, KeyError, ValueError, OSError, ImportError) as error:
                if name == "Tintype":
                    raise
                left_out[name] = str(error).strip().splitlines()[-1]
                del calls[name]
                continue
            if turn == 0:
                # The first call reads modules and makes threads; it counts only where there is no other.
                times[name] = [taken]
                results[name] = result if name in ("Tintype", row.like) else None
            elif turn == 1:
                times[name] = [taken]
            else:
                times[name].append(taken)
        if turn == 0:
            best = min(values[0] for values in times.values())
            for name in list(calls):
                if name != "Tintype" and times[name][0] > max(HOPELESS * best, 200):
                    del calls[name]
    wrong = apart(row, form, results["Tintype"], results[row.like]) if row.like else ""
    return {name: statistics.median(values) for name, values in times.items()}, left_out, wrong


def show(name, medians, left_out, wrong):
    ours = medians["Tintype"]
    peers = sorted((value, peer) for peer, value in medians.items() if peer != "Tintype")
    best, who = peers[0]
    allowed = max(ALLOWED_RATIO * best, best + ALLOWED_MS if best < SHORT_MS else 0)
    late = ours > allowed
    others = ", ".join(f"{peer} {value:.1f}" for value, peer in peers)
    print(f"{name:<28}{ours:9.1f}{best:9.1f}{ours / best:7.2f}  {'SLOW ' if late else '     '}{others}", flush=True)
    for peer, reason in left_out.items():
        print(f"{'':<28}{peer} cannot: {reason}")
    if wrong:
        print(f"{'':<28}WRONG: {wrong}")
    return {"ms": medians, "best": who, "ratio": ours / best, "slow": late, "wrong": wrong, "cannot": left_out}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="the beginnings of rows; all rows when there are none")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--side", type=int, default=4000, help="pixels")
    arguments = parser.parse_args()
    rows = [row for row in ROWS if not arguments.names or row.name.startswith(tuple(arguments.names))]
    if not rows:
        sys.exit(f"operations: no row begins with {' or '.join(arguments.names)}; there are {', '.join(row.name for row in ROWS)}")
    print(f"{'ms, ' + str(arguments.side) + ' pixels square':<28}{'Tintype':>9}{'best':>9}{'ratio':>7}")
    arrays = pictures(arguments.side)
    found = {}
    for row in rows:
        for form in row.formats:
            array = arrays[row.picture]
            if form == "float":
                array = array.astype(np.float32)
            name = f"{row.name}, {form}"
            found[name] = show(name, *measure(row, form, array, arguments.rounds))
    report = reports.write("operations", {"side": arguments.side, "rounds": arguments.rounds, "allowed": ALLOWED_RATIO, "rows": found})
    missed = [name for name, figures in found.items() if figures["slow"] or figures["wrong"]]
    print(f"Missed: {', '.join(missed)}." if missed else "All within it.", f"Written to {report}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
