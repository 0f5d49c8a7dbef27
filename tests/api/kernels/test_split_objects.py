# Objects that are cut at their necks, beside the same done pixel by pixel.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
import scipy.ndimage as nd
import skimage.data

import tintype as tt


def slanting_beads():
    """Strings of beads in slanting lines: objects that fill little of their boxes, which lie over each other."""
    y, x = np.mgrid[:170, :170]
    along, across = (x - y) % 24 - 12, (x + y) % 40 - 20
    return (np.abs(across) < 3) | (np.hypot(along, across) < 8)


def split_by_hand(mask, depth):
    """What split_objects says it does, pixel by pixel."""
    squares = np.rint(nd.distance_transform_edt(mask) ** 2)
    parts, joined, peaks = {}, [], []

    def root(part):
        while joined[part] != part:
            part = joined[part]
        return part

    for y, x in sorted(zip(*np.nonzero(mask)), key=lambda place: (-squares[place], place)):
        near = [(ny, nx) for ny in (y - 1, y, y + 1) for nx in (x - 1, x, x + 1) if (ny, nx) in parts]
        own = parts[max(near, key=lambda place: squares[place])] if near else len(joined)
        if not near:
            joined.append(own)
            peaks.append(np.sqrt(squares[y, x]))
        for place in near:
            low, high = sorted((root(own), root(parts[place])))
            if peaks[high] - np.sqrt(squares[y, x]) <= depth:
                joined[high] = low
        parts[y, x] = own
    split = np.zeros(mask.shape, int)
    for place, part in parts.items():
        split[place] = root(part) + 1
    found, first = np.unique(split[mask], return_index=True)
    numbers = np.zeros(found.max() + 1, int)
    numbers[found[np.argsort(first)]] = np.arange(len(found)) + 1
    return numbers[split]


@pytest.mark.parametrize("depth", [0, 0.7, 3])
@pytest.mark.parametrize("picture", [slanting_beads, lambda: skimage.data.coins()[60:200, 30:220] > 115, lambda: np.random.default_rng(5).random((60, 70)) < 0.5])
def test_objects_are_split_as_by_hand(picture, depth):
    mask = picture()
    assert np.array_equal(tt.Image.new_from_array(mask).split_objects(depth=depth).numpy(), split_by_hand(mask, depth))
