# Measures `tintype batch` beside other ways to shrink, sharpen and save a thousand photographs.
# SPDX-License-Identifier: GPL-3.0-or-later
"""All run one after the other in each round, on all cores, from the same files, in the system's cache, into an empty folder. The
medians are compared. What is far slower, scikit-image, does every tenth file only, and its time is multiplied."""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess

from measure import memory, reports

ROOT = pathlib.Path(__file__).parents[2]
FOLDER = ROOT / "build" / "bench" / "photographs"
PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
POOLS = pathlib.Path(__file__).parent / "measure" / "pools.py"
ALLOWED_RATIO = 1.0
SCALE, QUALITY = 0.5, 90
TENTH = 10
OURS = "tintype batch"

# What one file is to the vips program: two commands, with a picture between them.
VIPS_LOOP = """
vips resize "$1" "$2/.$$.v" {scale} && vips sharpen "$2/.$$.v" "$2/$(basename "$1")[Q={quality}]"
rm -f "$2/.$$.v"
"""


def contenders(files, out, cores):
    """The commands by name, for the folder of the photographs."""
    files = [file.name for file in files]
    percent = f"{SCALE:.0%}"
    return {
        OURS: [PROGRAM, "batch", "--op", f"resize:scale={SCALE}", "--op", "sharpen", *files, "-o", out, "--save", f"Q={QUALITY}", "-q"],
        "tintype batch, processes": [
            PROGRAM, "batch", "--op", f"resize:scale={SCALE}", "--op", "sharpen", *files, "-o", out, "--save", f"Q={QUALITY}", "-q",
            "--executor", "processes",
        ],
        "pool with libvips": ["/usr/bin/python3", POOLS, "vips", SCALE, cores, out, *files],
        "vips in a shell loop": ["xargs", "-P", cores, "-I{}", "-a", _list(files), "sh", "-c",
                                 VIPS_LOOP.format(scale=SCALE, quality=QUALITY), "sh", "{}", out],
        "GraphicsMagick mogrify": ["gm", "mogrify", "-output-directory", out, "-resize", percent, "-sharpen", "0x0.5",
                                   "-quality", QUALITY, *files],
        "ImageMagick mogrify": ["/usr/bin/mogrify", "-path", out, "-resize", percent, "-sharpen", "0x0.5", "-quality", QUALITY, *files],
        "pool with scikit-image": ["/usr/bin/python3", POOLS, "skimage", SCALE, cores, out, *files[::TENTH]],
    }  # fmt: skip


def _list(files):
    path = FOLDER.parent / "photographs.txt"
    path.write_text("\n".join(map(str, files)) + "\n")
    return path


def environment(name, cores):
    chosen = dict(os.environ)
    chosen.pop("PYTHONPATH", None)
    if name == "vips in a shell loop":
        chosen["VIPS_CONCURRENCY"] = "1"
    return chosen


def measure(files, rounds, left_out):
    cores = len(os.sched_getaffinity(0))
    runs = {}
    for _ in range(rounds):
        out = FOLDER.parent / "photographs-out"
        for name, command in contenders(files, out, cores).items():
            if name in left_out:
                continue
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            runs.setdefault(name, []).append(memory.run(list(map(str, command)), environment(name, cores), FOLDER))
            wanted = len(files[::TENTH]) if "scikit" in name else len(files)
            made = len(list(out.glob("*.jpg")))
            if made != wanted:
                raise RuntimeError(f"{name} made {made} files of {wanted}")
            shutil.rmtree(out)
    return runs, cores


def share(name, files):
    """By what the time of those is multiplied that did a part only."""
    return len(files) / len(files[::TENTH]) if "scikit" in name else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help="leave a contender out")
    given = parser.parse_args()

    subprocess.run(
        [PROGRAM, "run", pathlib.Path(__file__).parent / "measure" / "photographs.py", FOLDER, str(given.files)], check=True
    )
    files = sorted(FOLDER.glob("*.jpg"))[: given.files]
    for file in files:
        file.read_bytes()
    runs, cores = measure(files, given.rounds, given.without)

    seconds = {name: statistics.median(run.seconds for run in each) * share(name, files) for name, each in runs.items()}
    work = {name: statistics.median(run.core_seconds for run in each) * share(name, files) for name, each in runs.items()}
    megabytes = {name: max(run.peak_bytes for run in each) / 1e6 for name, each in runs.items()}
    print(f"{f'{len(files)} photographs, {cores} cores':<28}{'s':>8}{'ratio':>8}{'core s':>8}{'MB':>8}{'MB a worker':>13}")
    for name in seconds:
        print(
            f"{name:<28}{seconds[name]:8.1f}{seconds[name] / seconds[OURS]:8.2f}{work[name]:8.1f}{megabytes[name]:8.0f}"
            f"{megabytes[name] / cores:13.0f}"
        )
    best = min(value for name, value in seconds.items() if not name.startswith("tintype"))
    ratio = seconds[OURS] / best
    figures = {"files": len(files), "rounds": given.rounds, "cores": cores, "seconds": seconds, "core_seconds": work}
    figures |= {"megabytes": megabytes, "ratio": ratio}
    report = reports.write("batch", figures | {"allowed": ALLOWED_RATIO})
    print(f"Beside the best of the others: {ratio:.2f} times (at most {ALLOWED_RATIO:g} allowed). Written to {report}")
    return 0 if ratio <= ALLOWED_RATIO else 1


if __name__ == "__main__":
    raise SystemExit(main())
