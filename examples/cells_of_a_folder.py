# A batch: counts and measures the cells of every picture of a folder, into one table.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure the cells of all pictures of a folder.

    tintype batch examples/cells_of_a_folder.py PICTURES -o MASKS --format png --table cells.csv
    tintype run examples/cells_of_a_folder.py [PICTURES]       the same from Python; without a folder, with made-up pictures
"""

import pathlib
import sys
import tempfile
from typing import Any

import tintype as tt


def process(image: tt.Image, info: dict[str, Any]) -> tuple[tt.Image, tt.Table]:
    """The cells as a mask, and their measurements."""
    smooth = image.gaussblur(2)
    labels = (smooth > smooth.otsu()).clear_border().split_objects()
    info["cells"] = int(labels.max())
    return labels > 0, tt.measure(labels, image)


def main() -> None:
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="tintype-cells-"))
    if len(sys.argv) < 2:
        for number in range(1, 7):
            tt.Image.micrograph(width=600, height=400, count=20, seed=number).write_to_file(folder / f"cells{number}.png")
    done = tt.batch(
        process, folder, folder / "masks", format="png", table=folder / "cells.csv", report=folder / "report.jsonl", resume=True
    )
    for failure in done.failures:
        print(failure["error"])
    print(f"{done.done} pictures done, {done.done_before} were done before; {done.rows} cells in {folder / 'cells.csv'}")


if __name__ == "__main__":
    main()
