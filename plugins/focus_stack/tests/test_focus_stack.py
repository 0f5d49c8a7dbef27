# Tests of the add-on Focus stack, on pictures that are blurred in parts.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib

import numpy as np
import pytest
import skimage.data
import tintype as tt

FOLDER = pathlib.Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def addon():
    with tt.addons.trial(FOLDER):
        yield


def halves(array):
    """Two pictures, each of them blurred in one half."""
    sharp = tt.Image.new_from_array(array)
    soft = sharp.gaussblur(4).numpy()
    left, right = array.copy(), array.copy()
    left[:, : array.shape[1] // 2] = soft[:, : array.shape[1] // 2]
    right[:, array.shape[1] // 2 :] = soft[:, array.shape[1] // 2 :]
    return tt.Image.new_from_array(left), tt.Image.new_from_array(right)


@pytest.mark.parametrize("name", ["coins", "astronaut"])
def test_the_sharp_halves_come_together(name):
    array = getattr(skimage.data, name)()
    stacked = tt.Image.focus.stack(list(halves(array))).numpy()
    assert stacked.shape == array.shape and stacked.dtype == array.dtype
    middle = array.shape[1] // 2
    apart = np.abs(stacked.astype(float) - array)
    assert apart[:, : middle - 20].mean() < 1 and apart[:, middle + 20 :].mean() < 1


def test_tiles_join_without_seams():
    images = list(halves(skimage.data.coins()))
    stacked = tt.Image.focus.stack(images)
    whole = stacked.numpy()
    part = stacked.crop(100, 90, 60, 50).numpy()
    assert np.array_equal(part, whole[90:140, 100:160])


def test_formats_and_bands_stay():
    deep = [image.cast("ushort") * 100 for image in halves(skimage.data.coins())]
    deep = [image.cast("ushort") for image in deep]
    assert tt.Image.focus.stack(deep).format == "ushort"


def test_pictures_of_several_sizes_are_refused():
    with pytest.raises(tt.Error, match="one size and one number of bands: 8 x 8 x 1, not 9 x 8 x 1"):
        tt.Image.focus.stack([tt.Image.black(8, 8), tt.Image.black(9, 8)]).avg()
