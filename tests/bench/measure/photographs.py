# Photographs for benchmarks: cuts out of scikit-image's pictures, in the size of a small camera's.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import os
import pathlib

import tintype as tt

SOURCES = pathlib.Path("/usr/lib/python3/dist-packages/skimage/data")
NAMES = ("astronaut.png", "chelsea.png", "coffee.png", "hubble_deep_field.jpg", "motorcycle_left.png", "retina.jpg", "rocket.jpg")
WIDTH, HEIGHT = 1500, 1000
QUALITY = 90
SHIFTS = 16  # how many cuts there are of one picture


def photograph(index):
    """The index-th of them as an image: enlarged, cut out, with a little grain, as cameras have it."""
    source = tt.Image.new_from_file(SOURCES / NAMES[index % len(NAMES)])[:3]
    large = source.resize(1.1 * max(WIDTH / source.width, HEIGHT / source.height), kernel="cubic")
    shift = (index // len(NAMES)) % SHIFTS / SHIFTS
    cut = large.crop(int((large.width - WIDTH) * shift), int((large.height - HEIGHT) * (1 - shift)), WIDTH, HEIGHT)
    grain = tt.Image.gaussnoise(WIDTH, HEIGHT, sigma=3, seed=index)
    return (cut + grain).cast("uchar").copy(interpretation="srgb")


def make(folder, count):
    """Writes 0001.jpg and so on, those that are not there yet."""
    os.makedirs(folder, exist_ok=True)
    missing = [index for index in range(count) if not os.path.exists(_name(folder, index))]
    tt.parallel.map(lambda index: photograph(index).write_to_file(_name(folder, index), Q=QUALITY), missing, title="Making photographs")


def _name(folder, index):
    return os.path.join(folder, f"{index + 1:04}.jpg")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("count", type=int)
    given = parser.parse_args()
    make(given.folder, given.count)
