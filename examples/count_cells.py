# The sample job: makes a micrograph, finds the cells, counts and measures them, and draws their outlines.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Count and measure the cells of a micrograph.

    tintype run examples/count_cells.py [RESULT.png]       counts, measures, and writes the picture with outlines
    tintype --script examples/count_cells.py               does it in the window and shows both pictures
"""

import pathlib
import sys
import tempfile

import tintype as tt


def find_cells(picture: tt.Image) -> tt.Image:
    """Black and white: white where the picture is brighter than the level that best parts cells from background."""
    smooth = picture.gaussblur(2)
    return smooth > smooth.otsu()


def outline(picture: tt.Image, mask: tt.Image) -> tt.Image:
    """The picture in colour, with the edge of the mask in orange."""
    edge = mask - mask.rank(5, 5, 0)
    red = edge.ifthenelse(255, picture)
    green = edge.ifthenelse(140, picture)
    blue = edge.ifthenelse(0, picture)
    return red.bandjoin([green, blue]).copy(interpretation="srgb")


def main() -> None:
    micrograph = tt.Image.micrograph(width=1200, height=900, count=60, seed=7)
    mask = find_cells(micrograph)
    labels = mask.label()
    cells = tt.measure(labels, micrograph)
    outlined = outline(micrograph, mask)

    tt.data.images["Micrograph"] = micrograph
    tt.data.images["Labels"] = labels
    tt.data.images["Outlined cells"] = outlined
    tt.ui.show("Outlined cells")
    print(f"{len(cells)} cells")
    print(f"Their areas: {cells['area'].min()} to {cells['area'].max()} px², {cells['area'].mean():.0f} on average")

    if not tt.app.has_window:
        path = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="tintype-") + "/cells.png")
        outlined.write_to_file(str(path))
        cells.to_csv(path.with_suffix(".csv"))
        print(f"Their measures: {path.with_suffix('.csv').resolve()}")
        print(f"The cells with their outlines: {path.resolve()}")


if __name__ == "__main__":
    main()
