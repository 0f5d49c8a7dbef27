# Objects of images that are larger than what labels are held in memory for: numbered, filtered and measured strip by strip.
# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys
from pathlib import Path

import tintype as tt

SCRIPT = r"""
import resource
import numpy as np
import tintype as tt

small = np.random.default_rng(2).random((170, 170)) < 0.35
# 17,000 pixels square, more than 2^28, as nothing but a recipe.
large = tt.Image.new_from_array(small).zoom(100, 100)
labels, found = large.label(count=True)
wanted, more = tt.Image.new_from_array(small).label(count=True)
assert found["count"] == more["count"] > 500, (found, more)
before = tt.measure(wanted)
t = tt.measure(labels)
assert np.array_equal(t["label"], before["label"])
assert np.array_equal(t["area"], before["area"] * 10_000)
assert np.array_equal(t["left"], before["left"] * 100) and np.array_equal(t["top"], before["top"] * 100)
assert np.allclose(t["x"], before["x"] * 100 + 49.5) and np.allclose(t["y"], before["y"] * 100 + 49.5)
# Any part may be asked for, in any order.
for x, y in ((16_900, 16_900), (0, 0), (5_000, 12_345)):
    part = labels.crop(x, y, 90, 90).numpy()
    own = np.asarray(wanted.numpy())[np.arange(y, y + 90)[:, None] // 100, np.arange(x, x + 90) // 100]
    assert np.array_equal(part, own)
huge = tt.Image.new_from_array(small.astype("i4")).zoom(100, 100)   # the filters keep the format
for name, options, same in (("clear_border", {}, {}), ("remove_small_objects", {"size": 30_000}, {"size": 3}), ("fill_holes", {}, {})):
    shrunk = getattr(huge, name)(**options).subsample(100, 100).numpy()
    assert np.array_equal(shrunk, getattr(tt.Image.new_from_array(small.astype("i4")), name)(**same).numpy()), name
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_images_larger_than_memory_have_the_objects_of_small_ones():
    package = str(Path(tt.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=600,
                          env={"PYTHONPATH": package, "PATH": "/usr/bin:/bin"})
    assert done.returncode == 0, done.stderr
    # Labels alone would take 1100 MB; measured were 367.
    assert int(done.stdout) < 700
