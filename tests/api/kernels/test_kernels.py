# Tests of kernels against libvips' own operations: the same pixels, whole or tile by tile.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
import tintype as tt

from kernel_pictures import in_tiles, noise, pictures


@pytest.mark.parametrize("size, bands, dtype", pictures())
@pytest.mark.parametrize("sigma", [0.1, 0.5, 2, 8])
def test_gaussblur_is_libvips_in_decimal_numbers(size, bands, dtype, sigma):
    im = noise(size, bands, dtype)
    ours = im.gaussblur(sigma)
    mask = tt.Image.gaussmat(sigma, 0.001, separable=True, precision="float")
    # libvips loses the last digits of 32-bit numbers in its decimal numbers of 32 bits; ours have 64 there.
    exact = im.cast("double") if dtype == "i4" else im
    theirs = exact.convsep(mask).rint().cast(im.format) if dtype[0] in "iu" else im.convsep(mask)
    if sigma < 0.2:
        theirs = im
    found, wanted = ours.numpy(), theirs.numpy()
    assert found.dtype == wanted.dtype
    if dtype[0] in "iu":
        assert np.abs(found.astype("i8") - wanted).max() <= (1 if dtype == "i4" else 0)
    else:
        assert np.allclose(found, wanted, rtol=1e-6 if dtype == "f4" else 1e-12, atol=1e-4 if dtype == "f4" else 1e-9)
    assert np.array_equal(found, in_tiles(ours))


@pytest.mark.parametrize("size, bands, dtype", pictures())
@pytest.mark.parametrize("work", [lambda im: im.erode(radius=2), lambda im: im.dilate(radius=9, shape="square"),
                                  lambda im: im.median(3), lambda im: im.median(5)],
                         ids=["erode", "dilate", "median 3", "median 5"])
def test_a_whole_picture_has_the_pixels_of_its_tiles(size, bands, dtype, work):
    ours = work(noise(size, bands, dtype))
    assert np.array_equal(ours.numpy(), in_tiles(ours))


@pytest.mark.parametrize("work", [lambda im: im.gaussblur(2), lambda im: im.gaussblur(60), lambda im: im.erode(radius=7),
                                  lambda im: im.median(5)], ids=["gaussblur 2", "gaussblur 60", "erode", "median"])
def test_bands_of_a_whole_picture_join_without_seams(work):
    im = noise((4000, 900), 3, "u1")
    ours = work(im)
    assert np.array_equal(ours.numpy(), in_tiles(ours))


def test_a_window_without_bounds_is_refused():
    with pytest.raises(tt.OperationError, match="a window of 90000 x 90000 pixels is too large for an image of 9 x 9"):
        tt.Image.black(9, 9).rank(90000, 90000, 1000)


def test_a_chain_of_kernels_on_a_picture_of_many_bands():
    im = noise((80, 60), 100, "u1")
    ours = im.gaussblur(1).erode(radius=1).gaussblur(3)
    assert np.array_equal(ours.numpy(), in_tiles(ours))


def test_not_a_number_stays_where_it_is():
    array = np.zeros((40, 40), "f4")
    array[20, 20] = np.nan
    blurred = tt.Image.new_from_array(array).gaussblur(1).numpy()
    assert np.isnan(blurred[20, 20]) and not np.isnan(blurred[0, 0])


def decimal_blur(im, sigma):
    mask = tt.Image.gaussmat(sigma, 0.001, separable=True, precision="float")
    return im.convsep(mask).rint().cast(im.format).numpy()


@pytest.mark.parametrize("dtype", ["u1", "i1"])
@pytest.mark.parametrize("sigma", [0.7, 3, 5.5])
def test_levels_halfway_between_two_are_rounded_as_libvips_does(dtype, sigma):
    """Sums of 32 bits cannot tell on which side of the middle they are: everywhere, here and there, and beside an edge."""
    y, x = np.mgrid[0:150, 0:260]
    random = np.random.default_rng(5)
    patterns = [(x + y) % 2 + 100, x % 2 + y % 2 * 3, np.where(x < 130, 7, 8), random.integers(7, 9, x.shape),
                np.where(y > 70, (x + y) % 2, random.integers(0, 127, x.shape)), (x * 3 + y * 5) % 4]
    for pattern in patterns:
        for bands in (1, 3):
            im = tt.Image.new_from_array(np.repeat(pattern.astype(dtype)[..., None], bands, 2))
            ours = im.gaussblur(sigma)
            assert np.array_equal(ours.numpy(), decimal_blur(im, sigma))
            assert np.array_equal(ours.numpy(), in_tiles(ours))


@pytest.mark.parametrize("sigma", [5, 20, 45])
def test_a_large_picture_of_bytes_is_blurred_as_libvips_does_in_decimal_numbers(sigma):
    im = tt.Image.new_from_array(np.random.default_rng(9).integers(0, 255, (700, 900, 1), "u1", endpoint=True))
    assert np.array_equal(im.gaussblur(sigma).numpy(), decimal_blur(im, sigma))
