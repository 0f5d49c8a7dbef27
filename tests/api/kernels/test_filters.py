# Tests of blurs, slopes and local thresholds against their definitions written out in numpy, whole, in tiles and cropped.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
import tintype as tt
from scipy import ndimage

from kernel_pictures import in_tiles, noise, pictures, pixels, slopes, wide

#: radius, vertical radius
WINDOWS = [(1, None), (4, None), (2, 7), (0, 3), (11, 0), (40, None)]


def sums(array, across, down):
    """Of each band over a rectangle; in Python's whole numbers where they are whole."""
    for axis, radius in ((0, down), (1, across)):
        padding = [(radius, radius) if i == axis else (0, 0) for i in range(3)]
        padded = np.pad(array, padding, "edge")
        length = array.shape[axis]
        array = sum(np.take(padded, range(i, i + length), axis) for i in range(2 * radius + 1))
    return array


def stored(array, dtype):
    """To the nearest, and inside the format."""
    if dtype.kind == "f":
        return array.astype(dtype)
    limits = np.iinfo(dtype)
    return np.clip(np.floor(np.abs(array) + 0.5) * np.sign(array), limits.min, limits.max).astype(dtype)


def assert_alike(found, wanted, scale=1):
    """The same whole numbers; decimal ones but for what the order of a sum does to the last digits."""
    assert found.dtype == wanted.dtype and found.shape == wanted.shape
    if found.dtype.kind == "f":
        bound = (1e-6 if found.dtype == "f4" else 1e-12) * scale * max(np.abs(wanted).max(), 1)
        assert np.allclose(found, wanted, rtol=0, atol=bound)
    else:
        assert np.array_equal(found, wanted)


@pytest.mark.parametrize("size, bands, dtype", pictures())
def test_boxblur_is_the_exact_mean(size, bands, dtype):
    im = noise(size, bands, dtype)
    for radius, vradius in WINDOWS:
        down = radius if vradius is None else vradius
        ours = im.boxblur(radius=radius) if vradius is None else im.boxblur(radius=radius, vradius=vradius)
        mean = sums(wide(pixels(im)), radius, down) / ((2 * radius + 1) * (2 * down + 1))
        assert_alike(pixels(ours), stored(mean, pixels(im).dtype))
        assert np.array_equal(ours.numpy(), in_tiles(ours))


@pytest.mark.parametrize("size, bands, dtype", pictures())
@pytest.mark.parametrize("radius, offset", [(1, 0), (7, 5), (15, -3.5), (40, 0.25)])
def test_adaptive_threshold_compares_with_the_exact_mean(size, bands, dtype, radius, offset):
    im = noise(size, bands, dtype)
    ours = im.adaptive_threshold(radius=radius, offset=offset)
    number = (2 * radius + 1) ** 2
    array = wide(pixels(im))
    above = array * number - sums(array, radius, radius) > -offset * number
    assert ours.format == "uchar"
    differing = pixels(ours) != np.where(above, 255, 0)
    # A flat area of decimal numbers is as high as its mean but for the last digit.
    assert not differing.any() if dtype[0] in "iu" else differing.mean() < 0.001
    assert np.array_equal(ours.numpy(), in_tiles(ours))


def test_adaptive_threshold_finds_print_in_uneven_light():
    light = np.linspace(60, 250, 300)[None, :] * np.ones((100, 1))
    text = np.zeros((100, 300), bool)
    text[20:24, 10:290] = text[70:74, 10:290] = True
    page = tt.Image.new_from_array((light * np.where(text, 0.6, 1)).astype("u1"))
    for method in ("mean", "gaussian"):
        found = page.adaptive_threshold(radius=12, offset=12, method=method).numpy() == 0
        assert np.array_equal(found[:, 15:285], text[:, 15:285]), method
        assert np.array_equal(page.adaptive_threshold(method=method).numpy(), in_tiles(page.adaptive_threshold(method=method)))


def test_an_offset_without_bounds_is_all_or_nothing():
    im = noise((30, 20), 1, "u1")
    assert im.adaptive_threshold(offset=1e300).min() == 255
    assert im.adaptive_threshold(offset=-1e300).max() == 0


@pytest.mark.parametrize("size, bands, dtype", pictures())
def test_slopes_are_exact_and_keep_the_format(size, bands, dtype):
    im = noise(size, bands, dtype)
    array = pixels(im)
    for name, side, middle in (("sobel", 1, 2), ("prewitt", 1, 1), ("scharr", 3, 10)):
        across, down = slopes(array, side, middle)
        length = np.abs(across) + np.abs(down) if name == "sobel" else np.hypot(across, down)
        ours = getattr(im, name)()
        assert_alike(pixels(ours), stored(length, array.dtype), scale=2)
        assert np.array_equal(ours.numpy(), in_tiles(ours)), name


@pytest.mark.parametrize("size, bands, dtype", pictures())
def test_the_laplacian_keeps_its_sign(size, bands, dtype):
    im = noise(size, bands, dtype)
    array = wide(pixels(im))
    padded = np.pad(array, [(1, 1), (1, 1), (0, 0)], "edge")
    wanted = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:] - 4 * array
    ours = im.laplacian()
    assert ours.format == ("double" if dtype in ("i4", "f8") else "float")
    assert_alike(pixels(ours), wanted.astype("f8" if ours.format == "double" else "f4"), scale=4)
    assert np.array_equal(ours.numpy(), in_tiles(ours))


def bilateral(array, sigma, tolerance, radius):
    values = array.astype("f8")
    padded = np.pad(values, [(radius, radius), (radius, radius), (0, 0)], "edge")
    height, width = array.shape[:2]
    total, weights = np.zeros_like(values), np.zeros((height, width, 1))
    for y in range(-radius, radius + 1):
        for x in range(-radius, radius + 1):
            if x * x + y * y <= radius * radius:
                there = padded[radius + y : radius + y + height, radius + x : radius + x + width]
                apart = np.abs(there - values).sum(2, keepdims=True)
                weight = np.exp(-(x * x + y * y) / (2 * sigma**2) - apart**2 / (2 * tolerance**2))
                total += weight * there
                weights += weight
    return total / weights


@pytest.mark.parametrize("size, bands, dtype", pictures())
def test_bilateral_is_the_weighted_mean(size, bands, dtype):
    im = noise(size, bands, dtype)
    array = pixels(im)
    tolerance = max(float(array.astype("f8").std()), 1)
    ours = im.bilateral(2, tolerance, radius=3)
    wanted = bilateral(array, 2, tolerance, 3)
    found = pixels(ours)
    assert found.dtype == array.dtype
    # Weights are exact to a few millionths where sums of 32 bits do.
    exactness = 1e-12 if dtype in ("i4", "u4", "f8") else 1e-5
    assert np.abs(found - wanted).max() <= (0.501 if dtype[0] in "iu" else 0) + exactness * np.abs(wanted).max()
    assert np.array_equal(ours.numpy(), in_tiles(ours))


def test_bilateral_smooths_on_both_sides_of_an_edge():
    step = np.where(np.arange(80) < 40, 60, 180) + np.random.default_rng(0).normal(0, 5, (60, 80))
    smooth = tt.Image.new_from_array(step.astype("f4")).bilateral(3, 30).numpy()
    assert smooth[:, 10:38].std() < 1.5 and smooth[:, 42:70].std() < 1.5
    assert smooth[:, :40].max() < 80 and smooth[:, 40:].min() > 160


@pytest.mark.parametrize("work, reach", [(lambda im: im.boxblur(radius=3), 3), (lambda im: im.bilateral(2, 10), 3),
                                         (lambda im: im.sobel(), 1), (lambda im: im.scharr(), 1), (lambda im: im.laplacian(), 1)],
                         ids=["boxblur", "bilateral", "sobel", "scharr", "laplacian"])
def test_what_is_not_finite_stays_where_it_is(work, reach):
    for value in (np.nan, np.inf):
        array = np.random.default_rng(0).normal(0, 1, (40, 40)).astype("f4")
        array[20, 20] = value
        found = work(tt.Image.new_from_array(array)).numpy()
        finite = np.isfinite(found)
        assert not finite[20, 20] or reach == 1
        finite[20 - reach : 21 + reach, 20 - reach : 21 + reach] = True
        assert finite.all()


@pytest.mark.parametrize("work", [lambda im: im.boxblur(radius=9), lambda im: im.adaptive_threshold(), lambda im: im.sobel(),
                                  lambda im: im.prewitt(), lambda im: im.scharr(), lambda im: im.laplacian(),
                                  lambda im: im.bilateral(2, 20), lambda im: im.adaptive_threshold(method="gaussian")])
def test_a_part_of_a_picture_has_the_pixels_of_the_whole(work):
    ours = work(noise((700, 500), 3, "u1"))
    assert np.array_equal(ours.crop(333, 222, 150, 130).numpy(), ours.numpy()[222:352, 333:483])


@pytest.mark.parametrize("name", ["boxblur", "adaptive_threshold", "prewitt", "laplacian"])
def test_complex_numbers_are_refused(name):
    with pytest.raises(tt.OperationError, match=name):
        getattr(tt.Image.black(9, 9).cast("complex"), name)()


def test_sobel_is_that_of_scipy(coins):
    array = coins.numpy().astype("i8")
    wanted = sum(np.abs(ndimage.sobel(array, axis, mode="nearest")) for axis in (0, 1))
    assert np.array_equal(coins.sobel().numpy(), np.minimum(wanted, 255))


@pytest.mark.parametrize("work", [lambda im: im.boxblur(radius=2), lambda im: im.bilateral(1, 5), lambda im: im.adaptive_threshold(radius=2),
                                  lambda im: im.erode(radius=1)], ids=["boxblur", "bilateral", "adaptive_threshold", "erode"])
def test_packed_pixels_are_unpacked(work):
    packed = noise((20, 30), 3, "u1").copy(interpretation="srgb").colourspace("labq")
    assert np.array_equal(work(packed).numpy(), work(packed.LabQ2Lab()).numpy())


KEEP_ALPHA = {
    "scharr": {}, "prewitt": {}, "laplacian": {}, "white_tophat": {"radius": 2}, "black_tophat": {"radius": 2},
    "morph_gradient": {"radius": 2}, "adaptive_threshold": {"radius": 3}, "clahe": {},
}


@pytest.mark.parametrize("name, options", [*KEEP_ALPHA.items(), ("adaptive_threshold", {"radius": 3, "method": "gaussian"})])
@pytest.mark.parametrize("bands", [2, 4])
def test_what_tells_how_opaque_pixels_are_stays(name, options, bands):
    im = noise((150, 90), bands, "u1").copy(interpretation="b-w" if bands == 2 else "srgb")
    ours = getattr(im, name)(**options)
    assert ours.hasalpha() and ours.bands == bands
    assert np.array_equal(ours[bands - 1].numpy(), pixels(im)[..., -1])
    assert np.array_equal(ours.crop(31, 17, 90, 60)[bands - 1].numpy(), pixels(im)[17:77, 31:121, -1])
    colours = getattr(im[: bands - 1].copy(interpretation="multiband"), name)(**options)
    assert np.array_equal(pixels(ours)[..., :-1], pixels(colours))


def test_a_mask_of_sixteen_bits_is_as_opaque_as_its_picture():
    array = np.zeros((8, 9, 4), "u2")
    array[..., 3] = np.arange(72).reshape(8, 9) * 900
    mask = tt.Image.new_from_array(array).copy(interpretation="rgb16").adaptive_threshold(radius=2)
    assert np.array_equal(mask.numpy()[..., 3], np.rint(array[..., 3] / 257))


def test_sobel_is_libvips_with_transparency_too():
    im = noise((40, 30), 4, "u1").copy(interpretation="srgb")
    assert np.array_equal(im.sobel()[3].numpy(), im[3].sobel().numpy())


@pytest.mark.parametrize("method", ["mean", "gaussian"])
def test_adaptive_threshold_computes_its_source_once(method):
    asked = []

    def count(tile):
        asked.append(tile.shape[0] * tile.shape[1])
        return tile

    source = noise((600, 500), 1, "u1").map_tiles(count)
    source.adaptive_threshold(radius=3, method=method).numpy()
    assert sum(asked) < 1.5 * 600 * 500
