# Measures a pipeline from file to file beside a bare libvips program, OpenCV, Pillow, ImageMagick, GraphicsMagick and scikit-image.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Crop 100 pixels on each side, shrink to 0.9 bilinearly, sharpen with a 3 x 3 mask, save; RGB of 8 bits, TIFF without
compression. Each is a whole process, its start included, and is measured in turns: wall time, and the most memory it held. Files
lie in memory where the system has a place for that, so that no disk is measured. Bars: 1.05 times the bare libvips program in
both, and quicker than all others. The mask is computed in whole numbers, as that program does by default habit of its users; a
second pair computes it exactly, which is Tintype's default."""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from measure import reports

PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
PEERS = PROGRAM.parents[1] / "tests"
PYTHON = "/usr/bin/python3"
ALLOWED_RATIO = 1.05

TINTYPE = """
import sys, tintype as tt
source, target, precision = sys.argv[1:]
image = tt.Image.new_from_file(source, access="sequential")
image = image.crop(100, 100, image.width - 200, image.height - 200).affine([0.9, 0, 0, 0.9], interpolate="bilinear")
mask = tt.Image.new_from_array([[-1, -1, -1], [-1, 16, -1], [-1, -1, -1]], scale=8)
image = image.conv(mask, precision=precision)
if precision == "float":
    image = image.rint().cast("uchar")
image.write_to_file(target)
"""
PILLOW = """
import sys
from PIL import Image, ImageFilter
Image.MAX_IMAGE_PIXELS = None
image = Image.open(sys.argv[1])
image = image.crop((100, 100, image.width - 100, image.height - 100))
image = image.resize((round(image.width * 0.9), round(image.height * 0.9)), Image.Resampling.BILINEAR)
image.filter(ImageFilter.Kernel((3, 3), (-1, -1, -1, -1, 16, -1, -1, -1, -1), 8)).save(sys.argv[2])
"""
SKIMAGE = """
import sys
import numpy, scipy.ndimage
from skimage import io, transform, util
image = io.imread(sys.argv[1])[100:-100, 100:-100]
image = transform.rescale(image, 0.9, order=1, channel_axis=2)
mask = numpy.array([[-1, -1, -1], [-1, 16, -1], [-1, -1, -1]]) / 8
image = numpy.stack([scipy.ndimage.convolve(image[..., band], mask) for band in range(3)], -1)
io.imsave(sys.argv[2], util.img_as_ubyte(image.clip(0, 1)), check_contrast=False)
"""
MAKE = """
import sys, tintype as tt
side = int(sys.argv[2])
cells = tt.Image.micrograph(width=side, height=side, seed=1).extract_band(0).cast("uchar")
cells.bandjoin([cells.fliphor(), cells.flipver()]).copy(interpretation="srgb").write_to_file(sys.argv[1])
"""
COMPARE = """
import sys, tintype as tt
ours, theirs = (tt.Image.new_from_file(name) for name in sys.argv[1:])
sys.exit(0 if (ours.width, ours.height) == (theirs.width, theirs.height) and (ours - theirs).abs().max() == 0 else 1)
"""


def commands(scripts, source, target, side):
    """What runs each, by name; those that are not installed are missing."""
    run = {
        "Tintype": [PROGRAM, "run", scripts / "tintype_.py", source, target, "integer"],
        "libvips": [PEERS / "pipeline_vips", source, target, "integer"],
        "Tintype, exact": [PROGRAM, "run", scripts / "tintype_.py", source, target, "float"],
        "libvips, exact": [PEERS / "pipeline_vips", source, target, "float"],
        "OpenCV": [PEERS / "pipeline_opencv", source, target],
        "Pillow": [PYTHON, scripts / "pillow_.py", source, target],
        "scikit-image": [PYTHON, scripts / "skimage_.py", source, target],
    }
    area = f"{side - 200}x{side - 200}+100+100"
    mask = "-1,-1,-1,-1,16,-1,-1,-1,-1"
    if shutil.which("gm"):
        run["GraphicsMagick"] = ["gm", "convert", source, "-crop", area, "+repage", "-filter", "triangle", "-resize", "90%",
                                 "-convolve", mask, target]
    if shutil.which("convert"):
        run["ImageMagick"] = ["convert", source, "-crop", area, "+repage", "-filter", "triangle", "-resize", "90%",
                              "-define", "convolve:scale=1/8", "-morphology", "Convolve", f"3x3:{mask}", target]
    return run


def once(command):
    """Seconds and megabytes of one process; nothing when it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return None, (errors.strip().splitlines() or ["no reason given"])[-1]
    return (seconds, usage.ru_maxrss / 1024), ""


def measure(folder, side, rounds):
    """Medians of seconds and megabytes by name, whether the pixels agree, and why some could not."""
    source = folder / f"{side}.tif"
    subprocess.run([PROGRAM, "run", folder / "make_.py", source, str(side)], check=True)
    found, failed = {}, {}
    run = commands(folder, source, folder / "out.tif", side)
    for _ in range(rounds):
        for name, command in run.items():
            if name in failed:
                continue
            figures, reason = once(command)
            if figures is None:
                failed[name] = reason
            else:
                found.setdefault(name, []).append(figures)
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in found.items() if name not in failed}
    agree = {}
    for ours, theirs in (("Tintype", "libvips"), ("Tintype, exact", "libvips, exact")):
        targets = [folder / "ours.tif", folder / "theirs.tif"]
        for name, target in zip((ours, theirs), targets):
            subprocess.run(commands(folder, source, target, side)[name], check=True)
        agree[ours] = subprocess.run([PROGRAM, "run", folder / "compare_.py", *targets]).returncode == 0
    source.unlink()
    return medians, agree, failed


def show(side, medians, agree, failed):
    """Prints the table, and returns what misses its bar."""
    bare = medians["libvips"]
    print(f"{side} x {side:<20}{'s':>8}{'ratio':>7}{'MB':>9}{'ratio':>7}")
    for name, (seconds, megabytes) in medians.items():
        print(f"{name:<27}{seconds:8.2f}{seconds / bare[0]:7.2f}{megabytes:9.0f}{megabytes / bare[1]:7.2f}")
    for name, reason in failed.items():
        print(f"{name:<27} cannot: {reason}")
    missed = [f"{side}: {name} has other pixels than the libvips program" for name, same in agree.items() if not same]
    for ours, theirs in (("Tintype", "libvips"), ("Tintype, exact", "libvips, exact")):
        for index, what in enumerate(("time", "memory")):
            ratio = medians[ours][index] / medians[theirs][index]
            if ratio > ALLOWED_RATIO:
                missed.append(f"{side}: {ours} takes {ratio:.2f} times the {what} of {theirs}")
    others = [name for name in medians if not name.startswith(("Tintype", "libvips"))]
    missed += [f"{side}: {name} is quicker" for name in others if medians[name][0] <= medians["Tintype"][0]]
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sides", type=int, nargs="+", default=[5000, 10000], help="pixels")
    arguments = parser.parse_args()
    memory = pathlib.Path("/dev/shm")
    missed, report = [], {}
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        folder = pathlib.Path(folder)
        for name, text in {"tintype": TINTYPE, "pillow": PILLOW, "skimage": SKIMAGE, "make": MAKE, "compare": COMPARE}.items():
            (folder / f"{name}_.py").write_text(text)
        for side in arguments.sides:
            medians, agree, failed = measure(folder, side, arguments.rounds)
            missed += show(side, medians, agree, failed)
            report[side] = {"seconds and megabytes": medians, "same pixels": agree, "cannot": failed}
    path = reports.write("pipeline", {"rounds": arguments.rounds, "allowed": ALLOWED_RATIO, "sides": report, "missed": missed})
    print("Missed: " + "; ".join(missed) if missed else "All within it.", f"Written to {path}", sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
