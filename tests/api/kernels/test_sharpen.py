# Tests of sharpening against libvips' own: the same pixels.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
import tintype as tt
from libvips_itself import libvips


def theirs(array, **options):
    return libvips("sharpen", array, interpretation="srgb", **options)


@pytest.mark.parametrize("name", ["astronaut.png", "chelsea.png", "retina.jpg"])
@pytest.mark.parametrize("options", [{}, {"sigma": 1.5}, {"sigma": 4, "x1": 0, "m1": 1}, {"m2": 0, "x1": 50}, {"y2": 1, "y3": 90, "m2": 9}])
def test_sharpened_photographs_are_libvips(pictures, name, options):
    im = tt.Image.new_from_file(pictures / name)
    wanted = theirs(im.numpy(), **options)
    assert np.array_equal(im.sharpen(**options).numpy(), wanted)
    # Tile by tile.
    assert np.array_equal(im.sharpen(**options).rot90().rot270().numpy(), wanted)


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (1, 700), (513, 5)])
def test_sharpened_noise_of_any_size_is_libvips(size):
    array = np.random.default_rng(3).integers(0, 256, (size[1], size[0], 3), dtype="u1")
    for options in ({}, {"sigma": 3}):
        assert np.array_equal(tt.Image.new_from_array(array).sharpen(**options).numpy(), theirs(array, **options))


def test_every_dark_colour_comes_out_as_from_libvips():
    number = np.arange(1 << 18, dtype="u4")
    dark = np.stack([number >> 12, number >> 6 & 63, number & 63], -1).astype("u1").reshape(512, 512, 3)
    assert np.array_equal(tt.Image.new_from_array(dark).sharpen(m2=0).numpy(), theirs(dark, m2=0))


def test_pictures_of_other_kinds_are_left_to_libvips():
    grey = np.random.default_rng(4).integers(0, 256, (40, 30, 1), dtype="u1")
    for array in (np.concatenate([grey, grey // 2, 255 - grey, grey], axis=2), np.concatenate([grey] * 3, axis=2).astype("u2") * 200):
        ours = tt.Image.new_from_array(array)
        space = ours.interpretation
        assert np.array_equal(ours.sharpen().numpy(), libvips("sharpen", array, interpretation=space))
