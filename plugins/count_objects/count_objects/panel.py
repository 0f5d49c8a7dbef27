# The panel: counts the objects of the active image, and shows their outlines, their areas and a table of them.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import threading
from typing import Annotated, NamedTuple, Optional

import numpy as np
import tintype as tt

from .settings import Dark, Depth, Smallest, Smooth, Split, Whole

SETTINGS = ("dark", "smooth", "smallest", "split", "depth", "whole")
KEPT = "count_objects-outlines"
NOTHING_YET = "Open an image and press Count."


class Found(NamedTuple):
    """What the panel shows."""

    outlines: tt.Image
    table: tt.Table


class CountObjects(tt.Panel):
    """Counts and measures the objects of the active image."""

    id = "count_objects"
    title = "Count objects"

    dark: Dark = False
    smooth: Smooth = 1.0
    smallest: Smallest = 20
    split: Split = True
    depth: Depth = 1.0
    whole: Whole = False
    live: Annotated[bool, tt.Field("Live", "Counts again whenever a setting is changed.")] = False
    file: Annotated[Optional[pathlib.Path], tt.Field("File", "Where Save table writes to; a CSV file.")] = None

    layout = [
        "dark",
        "whole",
        "smooth",
        "smallest",
        "split",
        "depth",
        tt.row(tt.button("Count", "count", help="Count the objects of the active image."), "live"),
        tt.label(NOTHING_YET, name="found"),
        tt.image("outlines"),
        tt.button("Keep outlines", "keep", help="Put the image with the outlines into the document."),
        tt.plot("areas"),
        tt.table("objects"),
        tt.section("Save the table", "file", tt.button("Save table", "save"), tt.label("", name="saved"), is_open=False),
    ]

    def __init__(self):
        self._lock = threading.Lock()
        self._image = None  # of the newest wish
        self._wishes = 0
        self._counts = False
        self._found = None
        self._show(None)

    def count(self):
        """Count the objects of the active image. While somebody counts, he does it once more with what was changed."""
        image = tt.active
        # Outlines that were kept, and so became the active image, stand for the image that they were drawn on.
        is_another = image is None or KEPT not in image.get_fields()
        with self._lock:
            if is_another:
                self._image = image
            self._wishes += 1
            if self._counts:
                return
            self._counts = True
        while self._count_once():
            pass

    def _count_once(self):
        """Whether somebody has wished for another count meanwhile, which counts also when this one has failed."""
        with self._lock:
            image, wish = self._image, self._wishes
        try:
            self._show(None if image is None else self._find(image))
        except Exception:
            if not self._goes_on(wish):
                raise
            return True
        except BaseException:
            with self._lock:
                self._counts = False
            raise
        return self._goes_on(wish)

    def _goes_on(self, wish):
        with self._lock:
            self._counts = wish != self._wishes
            return self._counts

    def _find(self, image):
        labels, _ = image.objects.find(**{name: getattr(self, name) for name in SETTINGS})
        return Found(image.objects.outline(labels), tt.measure(labels, image))

    def _show(self, found):
        self._found = found
        is_empty = found is None or len(found.table) == 0
        self.show_text("found", NOTHING_YET if found is None else summary(found.table))
        self.show_text("saved", "")
        self.show_image("outlines", None if found is None else found.outlines)
        self.show_table("objects", None if is_empty else found.table)
        if is_empty:
            self.show_plot("areas", None)
        else:
            areas = found.table["area"]
            self.show_histogram("areas", areas, bins=bars_for(areas), x_title=f"Area ({found.table.units['area']})")
        self.enable("keep", not is_empty)
        self.enable("save", not is_empty)

    def keep(self):
        """Put the image with the outlines into the document, as one undo step."""
        found = self._found
        if found is None:
            return
        with tt.undo_group("Keep outlines"):
            tt.data.images[free_name("outlines")] = found.outlines.set_field(KEPT, "gint", numbers=[1])

    def save(self):
        """Write the table."""
        found = self._found
        if found is None:
            return
        if self.file is None:
            self.show_text("saved", "Choose a file first.")
            return
        path = self.file if self.file.suffix else self.file.with_suffix(".csv")
        found.table.to_csv(path)
        self.show_text("saved", f"{len(found.table)} rows are in {path}.")

    def live_changed(self, value):
        if value:
            self.count()

    def _setting_changed(self, value):
        if self.live:
            self.count()

    dark_changed = smooth_changed = smallest_changed = split_changed = depth_changed = whole_changed = _setting_changed


def summary(table):
    """ "24 objects, median area 1,234 px²". """
    if len(table) == 0:
        return "No objects found. Dark ones on light ground need a tick at Dark objects; small ones a lower Smallest."
    objects = "1 object" if len(table) == 1 else f"{len(table):,} objects"
    return f"{objects}, median area {np.median(table['area']):,.4g} {table.units['area']}"


def bars_for(areas):
    """As many as the square root of the objects, within what a small plot can show."""
    return int(np.clip(np.sqrt(len(areas)) * 2, 5, 40))


def free_name(wish):
    """The name, with a number where there is such an image."""
    name, number = wish, 1
    while name in tt.data.images:
        number += 1
        name = f"{wish} {number}"
    return name
