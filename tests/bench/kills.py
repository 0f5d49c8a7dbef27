# Kills a batch of 1,000 files a hundred times at random, resumes it each time, and compares what comes out with an undisturbed run.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import os
import pathlib
import random
import tempfile

from measure import killed, reports

PROGRAM = os.environ["TINTYPE_PROGRAM"]
WORK = """
import tintype as tt

def process(image, info):
    mask = image > image.otsu()
    cells = tt.measure(mask.label(), image)
    info["cells"] = len(cells)
    return mask.invert(), cells
"""
PICTURES = """
import os, sys, tintype as tt
os.makedirs("in/deep")
for index in range(int(sys.argv[1])):
    folder = "in/deep" if index % 5 == 4 else "in"
    tt.Image.micrograph(width=96, height=64, count=4, seed=index).write_to_file(f"{folder}/p{index + 1}.png")
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--executor", default="processes", choices=("processes", "threads"))
    given = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="tintype-kills-") as name:
        folder = pathlib.Path(name)
        (folder / "measure.py").write_text(WORK)
        killed.run([PROGRAM, "run", "-c", PICTURES, str(given.files)], folder)
        words = [PROGRAM, "batch", "measure.py", "in", "-r", "--executor", given.executor, "-j", "2", "-q"]
        killings = killed.compare(folder, words, given.kills, random.Random(given.seed))
    report = reports.write("kills", vars(given) | killings._asdict())
    print(f"{given.files} files, killed {killings.count} times, {killings.inside} of them in the middle of the work.")
    print("\n".join(killings.differences) or "Outputs, report and table are those of an undisturbed run; each file was done once.")
    print(f"Written to {report}")
    return 1 if killings.differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
