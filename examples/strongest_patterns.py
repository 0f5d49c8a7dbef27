# A script for a process of its own: it spends its time in one call into C code, which nothing else can stop.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draw a picture anew from its strongest patterns, as its singular value decomposition finds them.

    Run in own process (Ctrl+F5) in the window             takes the active image, and adds the new one
    tintype run examples/strongest_patterns.py FILE        takes a file, and writes strongest.png beside it

On a large picture NumPy calculates for minutes in one call, and in the window Stop has to wait for its end. A process of its
own can be ended at any moment; the document is as it was then.
"""

import pathlib
import sys

import numpy as np

import tintype as tt

PATTERNS = 20


def strongest_patterns(picture: tt.Image, count: int) -> tt.Image:
    """In grey, with values from 0 to 255."""
    levels = picture.colourspace("b-w").extract_band(0).numpy().astype(float)
    columns, strengths, rows = np.linalg.svd(levels, full_matrices=False)
    drawn = (columns[:, :count] * strengths[:count]) @ rows[:count]
    return tt.Image.new_from_array(np.clip(np.rint(drawn), 0, 255).astype(np.uint8))


def main() -> None:
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else None
    picture = tt.Image.new_from_file(str(path)) if path else tt.active
    if picture is None:
        sys.exit("Open an image first, or name a file.")
    drawn = strongest_patterns(picture, PATTERNS)
    tt.data.images["Strongest patterns"] = drawn
    print(f"{picture.width} x {picture.height} pixels from {PATTERNS} patterns")
    if path:
        drawn.write_to_file(str(path.with_name("strongest.png")))


if __name__ == "__main__":
    main()
