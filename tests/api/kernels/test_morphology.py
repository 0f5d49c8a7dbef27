# Tests of erosion, dilation and what is made of them, against scipy's windows written out.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys

import numpy as np
import pytest
import tintype as tt
from scipy import ndimage

from kernel_pictures import FORMATS, in_tiles, noise, pictures, pixels

#: radius, vertical radius, shape
WINDOWS = [(1, None, "disc"), (4, None, "disc"), (2, 5, "disc"), (3, None, "square"), (7, 0, "square"), (0, 3, "square"),
           (0, 0, "disc"), (2, 4, "cross")]
OPERATIONS = ["erode", "dilate", "opening", "closing", "white_tophat", "black_tophat", "morph_gradient"]


def footprint(radius, vradius, shape):
    down = radius if vradius is None else vradius
    y, x = np.mgrid[-down : down + 1, -radius : radius + 1]
    if shape == "square":
        return np.ones(x.shape, bool)
    if shape == "cross":
        return (x == 0) | (y == 0)
    return (x / (radius + 0.5)) ** 2 + (y / (down + 0.5)) ** 2 <= 1


def options(window):
    radius, vradius, shape = window
    return {"radius": radius, "shape": shape} | ({} if vradius is None else {"vradius": vradius})


def reference(name, array, mask):
    """Each band by itself; numbers that the format cannot hold are the largest that it can."""
    least = lambda a: ndimage.minimum_filter(a, footprint=mask, mode="nearest")  # noqa: E731
    most = lambda a: ndimage.maximum_filter(a, footprint=mask, mode="nearest")  # noqa: E731
    wide = lambda a: a.astype("i8" if a.dtype.kind in "iu" else a.dtype)  # noqa: E731
    works = {"erode": least, "dilate": most, "opening": lambda a: most(least(a)), "closing": lambda a: least(most(a)),
             "white_tophat": lambda a: wide(a) - most(least(a)), "black_tophat": lambda a: wide(least(most(a))) - a,
             "morph_gradient": lambda a: wide(most(a)) - least(a)}
    bands = np.stack([works[name](array[..., band]) for band in range(array.shape[2])], -1)
    return np.minimum(bands, np.iinfo(array.dtype).max) if array.dtype.kind in "iu" else bands


def check(im, name, window):
    ours = getattr(im, name)(**options(window))
    assert ours.format == im.format
    assert np.array_equal(pixels(ours), reference(name, pixels(im), footprint(*window))), window
    assert np.array_equal(ours.numpy(), in_tiles(ours)), window


@pytest.mark.parametrize("size, bands, dtype", pictures())
def test_morphology_is_that_of_scipy(size, bands, dtype):
    im = noise(size, bands, dtype)
    for number, name in enumerate(OPERATIONS):
        check(im, name, WINDOWS[(number + size[0] + bands) % len(WINDOWS)])


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("window", [*WINDOWS, (40, None, "disc"), (40, 33, "square"), (300, 2, "disc")])
def test_windows_of_all_shapes_and_sizes(name, window):
    check(noise((40, 23), 1, "i2"), name, window)


@pytest.mark.parametrize("window", WINDOWS)
def test_whole_numbers_of_32_bits_without_a_sign_are_not_rounded(window):
    array = np.random.default_rng(0).integers(0, 2**32, (40, 50, 1), dtype="u4")
    im = tt.Image.new_from_array(array & 0x7FFFFFFF).cast("uint") * 2 + 1
    im = im.cast("uint")
    assert np.array_equal(pixels(im.dilate(**options(window))), reference("dilate", pixels(im), footprint(*window)))


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_part_of_a_picture_has_the_pixels_of_the_whole(name):
    im = noise((900, 700), 3, "u1")
    ours = getattr(im, name)(radius=9, vradius=4)
    assert np.array_equal(ours.crop(333, 222, 150, 130).numpy(), ours.numpy()[222:352, 333:483])


@pytest.mark.parametrize("dtype", FORMATS)
def test_bands_of_a_wide_picture_join_without_seams(dtype):
    ours = noise((4000, 300), 1, dtype).opening(radius=11)
    assert np.array_equal(ours.numpy(), in_tiles(ours))


def test_a_picture_of_many_bands_is_opened():
    im = noise((40, 30), 600, "u1")
    assert np.array_equal(pixels(im.opening(radius=2)), reference("opening", pixels(im), footprint(2, None, "disc")))


def test_numbers_win_over_not_a_number():
    array = np.full((9, 9), 5, "f4")
    array[4, 4] = np.nan
    im = tt.Image.new_from_array(array)
    assert np.array_equal(im.erode().numpy(), np.full((9, 9), 5, "f4"))
    assert np.array_equal(im.dilate(radius=2, shape="square").numpy(), np.full((9, 9), 5, "f4"))
    array[3:6, 3:6] = np.nan
    assert np.isnan(tt.Image.new_from_array(array).erode(shape="cross").numpy()).sum() == 1


def test_infinity_is_a_number_as_others():
    array = np.zeros((5, 5), "f8")
    array[2, 2] = np.inf
    assert np.isinf(tt.Image.new_from_array(array).dilate(shape="square").numpy()).sum() == 9


def test_complex_numbers_are_refused():
    with pytest.raises(tt.OperationError, match="opening"):
        tt.Image.black(9, 9).cast("complex").opening()


def test_radii_out_of_range_are_refused():
    with pytest.raises(tt.ParameterError, match="501"):
        tt.Image.black(9, 9).closing(radius=501)
    with pytest.raises(tt.ParameterError, match="-1"):
        tt.Image.black(9, 9).closing(vradius=-1)


def test_a_large_disc_needs_little_memory_however_many_bands_there_are():
    code = (
        "import resource, numpy as np, tintype as tt\n"
        "array = np.random.default_rng(1).normal(0, 1, (60, 60, 20))\n"
        "found = tt.Image.new_from_array(array).erode(radius=500).numpy()\n"
        "assert np.array_equal(found, np.broadcast_to(array.min((0, 1)), array.shape))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
    )
    # The address sanitizer keeps what was freed, and this asks what is used.
    options = {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300, env=os.environ | options)
    assert int(done.stdout) < 900
