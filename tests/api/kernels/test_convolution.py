# Tests of convolution against libvips' own.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
import tintype as tt
from kernel_pictures import in_tiles, noise, pictures, pixels
from libvips_itself import libvips

SHARPEN = np.array([[-1, -1, -1], [-1, 16, -1], [-1, -1, -1]], "f8")
UNEVEN = np.array([[0.1, -0.25, 3.7, 0], [1e-3, 2, -1.5, 0.3]], "f8")
LARGE = np.random.default_rng(3).integers(-9, 9, (31, 18)).astype("f8")


def theirs(im, mask):
    return libvips("conv", pixels(im), mask, names=("in", "mask"), precision="float")


@pytest.mark.parametrize("size,bands,dtype", pictures())
def test_convolution_is_libvips(size, bands, dtype):
    im = noise(size, bands, dtype)
    for mask in (SHARPEN, UNEVEN, LARGE, UNEVEN.T):
        found = im.conv(tt.Image.new_from_array(mask))
        wanted = theirs(im, mask)
        assert pixels(found).dtype == wanted.dtype
        assert np.array_equal(pixels(found), wanted)
        assert np.array_equal(in_tiles(found).reshape(wanted.shape), wanted)


def test_scale_and_offset_belong_to_the_mask():
    im = noise((140, 131), 3, "u1")
    sums = theirs(im, SHARPEN).astype("f8")
    for scale, offset in ((8, 0), (7, 20), (-3, 255)):
        found = im.conv(tt.Image.new_from_array(SHARPEN.tolist(), scale=scale, offset=offset))
        assert np.array_equal(pixels(found), (sums / scale + offset).astype("f4"))


@pytest.mark.parametrize("mask", [[[0]], [[0, 0], [0, 0]], [[2]], [[float("inf"), 1]], [[float("nan")]], [[1e300, -1e300]]])
def test_masks_that_weigh_nothing_or_too_much(mask):
    im = noise((20, 10), 1, "u1")
    found = pixels(im.conv(tt.Image.new_from_array(mask)))
    assert np.array_equal(found, theirs(im, np.array(mask, "f8")), equal_nan=True)


def test_a_part_of_a_convolved_picture_is_that_part():
    im = noise((300, 200), 3, "u1")
    found = im.conv(tt.Image.new_from_array(LARGE.tolist(), scale=11))
    for left, top, width, height in ((150, 80, 33, 44), (0, 199, 300, 1), (299, 0, 1, 200)):
        assert np.array_equal(found.crop(left, top, width, height).numpy(), found.numpy()[top:top + height, left:left + width])
