# Tests of equalisation within a window against libvips' own: the same pixels, whole, in tiles and cropped.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
import tintype as tt
from kernel_pictures import in_tiles
from libvips_itself import libvips

SIZES = [(1, 1), (2, 3), (7, 5), (131, 140), (700, 90)]
WINDOWS = [(1, 1), (3, 3), (4, 2), (65, 33), (64, 65), (255, 90), (5, 140)]


def cloudy(size, bands):
    """All values, most of them grey, and a flat area."""
    array = np.random.default_rng(size[0]).normal(128, 40, (size[1], size[0], bands)).clip(0, 255).astype("u1")
    array[: size[1] // 2, : size[0] // 2] = array[0, 0]
    return array


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("bands", [1, 3, 5])
@pytest.mark.parametrize("max_slope", [0, 1, 3, 100])
def test_local_contrast_is_libvips(size, bands, max_slope):
    array = cloudy(size, bands)
    im = tt.Image.new_from_array(array)
    for width, height in WINDOWS:
        if width > size[0] or height > size[1]:
            continue
        ours = im.hist_local(width, height, max_slope=max_slope)
        theirs = libvips("hist_local", array, width=width, height=height, max_slope=max_slope)
        assert np.array_equal(ours.numpy().reshape(theirs.shape), theirs), (width, height)
        assert np.array_equal(in_tiles(ours).reshape(theirs.shape), theirs), (width, height)


def test_bands_of_a_large_picture_join_without_seams():
    array = cloudy((1500, 900), 1)
    ours = tt.Image.new_from_array(array).hist_local(21, 31, max_slope=3)
    assert np.array_equal(ours.numpy(), libvips("hist_local", array, width=21, height=31, max_slope=3)[..., 0])
    assert np.array_equal(ours.crop(700, 600, 200, 150).numpy(), ours.numpy()[600:750, 700:900])


def test_a_window_of_more_pixels_than_16_bits_count_is_libvips():
    array = cloudy((300, 260), 1)
    ours = tt.Image.new_from_array(array).hist_local(257, 256, max_slope=0)
    assert np.array_equal(ours.numpy(), libvips("hist_local", array, width=257, height=256)[..., 0])


def test_local_contrast_of_packed_pixels_is_that_of_what_they_stand_for():
    packed = tt.Image.new_from_array(cloudy((20, 30), 3)).copy(interpretation="srgb").colourspace("labq")
    with pytest.raises(tt.OperationError):
        packed.hist_local(5, 5).numpy()


@pytest.mark.parametrize("window, dtype", [((10, 3), "u1"), ((3, 10), "u1"), ((3, 3), "u2"), ((3, 3), "f4")])
def test_what_cannot_be_equalised_is_refused(window, dtype):
    with pytest.raises(tt.OperationError, match="hist_local"):
        tt.Image.new_from_array(np.zeros((9, 9), dtype)).hist_local(*window).numpy()
