# Tests of statistics and of operations on single pixels against numpy and libvips' own: the same numbers and pixels.
# SPDX-License-Identifier: GPL-3.0-or-later
import itertools

import numpy as np
import pytest
import tintype as tt
from libvips_itself import libvips

FORMATS = ["u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8"]
SIZES = [(1, 1), (7, 5), (1, 4000), (400, 340)]
BANDS = [1, 2, 3, 5, 100]


def noise(size, bands, dtype):
    """All values of the format; the smallest and the largest occur more than once where there is room."""
    random = np.random.default_rng(len(dtype) + size[0] * bands)
    shape = (size[1], size[0], bands)
    if dtype.startswith("f"):
        return random.normal(0, 1000, shape).astype(dtype)
    limits = np.iinfo(dtype)
    return random.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)


def pictures(bands=BANDS):
    return [pytest.param(noise(size, count, dtype), id=f"{size[0]}x{size[1]}x{count} {dtype}")
            for size, count, dtype in itertools.product(SIZES, bands, FORMATS) if size[0] * size[1] * count < 1_000_000]


def lazily(im):
    """The same pixels, but not in memory."""
    return im.bandjoin(0)[: im.bands]


def in_tiles(image):
    """The pixels as the pipeline makes them tile by tile."""
    return lazily(image).numpy()


def first_place(array, value):
    """Of the first pixel in reading order that has the value in any band."""
    y, x = np.argwhere((array == value).any(axis=2))[0]
    return int(x), int(y)


@pytest.mark.parametrize("array", pictures())
def test_statistics_are_those_of_the_pixels(array):
    im = tt.Image.new_from_array(array)
    exact = array.astype("f8")
    for image in (im, lazily(im)):
        assert image.avg() == pytest.approx(exact.mean(), rel=1e-12, abs=1e-9)
        if array.size > 1:
            assert image.deviate() == pytest.approx(exact.std(ddof=1), rel=1e-9)
        for value, wanted in ((image.min(x=True, y=True), array.min()), (image.max(x=True, y=True), array.max())):
            found, place = value
            assert found == wanted
            assert (place["x"], place["y"]) == first_place(array, wanted)


@pytest.mark.parametrize("array", pictures([1, 3, 5]))
def test_the_table_of_statistics_has_a_row_for_all_and_one_for_each_band(array):
    im = tt.Image.new_from_array(array)
    for image in (im, lazily(im)):
        table = image.stats().numpy()
        assert table.shape == (array.shape[2] + 1, 10)
        for row, part in zip(table, [array, *np.moveaxis(array, 2, 0)]):
            exact = part.astype("f8")
            assert row[0] == part.min() and row[1] == part.max()
            assert np.allclose(row[2:5], [exact.sum(), np.square(exact).sum(), exact.mean()], rtol=1e-12, atol=1e-6)
            if exact.size > 1:
                assert np.isclose(row[5], exact.std(ddof=1), rtol=1e-9)
            assert array[int(row[7]), int(row[6])].min() <= row[0] and row[1] <= array[int(row[9]), int(row[8])].max()


def test_statistics_leave_out_what_is_no_number():
    array = noise((50, 40), 1, "f4")
    array[3, 4] = np.nan
    im = tt.Image.new_from_array(array)
    assert im.min() == np.nanmin(array) and im.max() == np.nanmax(array)
    assert np.isnan(im.avg())
    assert np.isnan(tt.Image.black(1, 1).deviate())
    array[5, 6] = np.inf
    assert tt.Image.new_from_array(array).max() == np.inf


def test_several_extremes_are_sorted():
    array = noise((60, 50), 1, "u2")
    least, places = tt.Image.new_from_array(array).min(size=5, out_array=True)
    assert sorted(places["out_array"]) == list(np.sort(array, axis=None)[:5])
    assert least == array.min()


def test_the_mean_of_complex_numbers_is_that_of_their_lengths():
    array = (noise((20, 30), 1, "f4") + 1j * noise((20, 30), 1, "f4")).astype("c8")
    assert tt.Image.new_from_array(array).avg() == pytest.approx(np.abs(array).mean(), rel=1e-5)


def test_statistics_of_a_blurred_picture_are_those_of_its_pixels():
    blurred = tt.Image.new_from_array(noise((300, 200), 3, "u1")).gaussblur(3)
    pixels = blurred.numpy()
    assert blurred.min() == pixels.min() and blurred.max() == pixels.max()
    assert blurred.avg() == pytest.approx(pixels.mean(), rel=1e-12)


RELATIONS = ["equal", "noteq", "less", "lesseq", "more", "moreeq"]


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("dtype", FORMATS)
def test_comparisons_with_numbers_are_libvips(dtype, relation):
    array = noise((70, 30), 3, dtype)
    array[0, 0] = [1, 2, 3]
    if dtype.startswith("f"):
        array[1, 1] = [np.nan, np.inf, -np.inf]
    im = tt.Image.new_from_array(array)
    for constants in ([0], [2], [2.5], [-1], [-0.5], [127], [255], [256], [-300.25], [65535], [1e6], [1, 2, 3],
                      [100, -7.5, 2.25]):
        ours = im.relational_const(relation, constants)
        theirs = libvips("relational_const", array, relational=relation, c=" ".join(map(str, constants)))
        assert np.array_equal(ours.numpy(), theirs), constants
        assert np.array_equal(in_tiles(ours), theirs), constants


def test_comparisons_of_complex_numbers_and_with_no_number_are_libvips():
    array = (noise((20, 30), 1, "f4") + 1j * noise((20, 30), 1, "f4")).astype("c8")
    theirs = libvips("relational_const", array, relational="more", c=700)[..., 0]
    assert np.array_equal((tt.Image.new_from_array(array) > 700).numpy(), theirs)


@pytest.fixture(scope="module")
def colours():
    """One in three of all colours of 8 bits, and all greys."""
    levels = np.arange(0, 256, 3, "u1")
    r, g, b = np.meshgrid(levels, np.arange(256, dtype="u1"), np.roll(levels, 7), indexing="ij")
    cube = np.stack([r, g, b], -1).reshape(86 * 4, -1, 3)
    cube[0, :256] = np.arange(256)[:, None]
    return cube


def test_grey_is_libvips(colours):
    ours = tt.Image.new_from_array(colours).colourspace("b-w")
    theirs = libvips("colourspace", colours, interpretation="srgb", space="b-w")[..., 0]
    assert np.array_equal(ours.numpy(), theirs) and np.array_equal(in_tiles(ours), theirs)
    assert ours.interpretation == "b-w"


def test_lab_is_libvips(colours):
    ours = tt.Image.new_from_array(colours).colourspace("lab")
    theirs = libvips("colourspace", colours, interpretation="srgb", space="lab")
    assert np.abs(ours.numpy() - theirs).max() < 2e-4
    assert ours.interpretation == "lab"


def test_hue_saturation_and_value_are_libvips_for_every_colour():
    number = np.arange(1 << 24, dtype="u4")
    every = np.stack([number >> 16, number >> 8 & 255, number & 255], -1).astype("u1").reshape(4096, 4096, 3)
    ours = tt.Image.new_from_array(every).colourspace("hsv")
    assert np.array_equal(ours.numpy(), libvips("colourspace", every, interpretation="srgb", space="hsv"))
    assert ours.interpretation == "hsv"


@pytest.mark.parametrize("space", ["b-w", "lab", "hsv"])
@pytest.mark.parametrize("size", [(1, 1), (3, 2), (513, 5), (1, 700)])
@pytest.mark.parametrize("bands", [3, 4])
def test_colours_of_any_size_and_with_alpha_are_libvips(space, size, bands):
    array = noise(size, bands, "u1")
    ours = tt.Image.new_from_array(array).colourspace(space).numpy()
    theirs = libvips("colourspace", array, interpretation="srgb", space=space)
    ours = ours.reshape(theirs.shape)
    assert ours.dtype == theirs.dtype and np.abs(ours.astype("f8") - theirs).max() < 2e-4


@pytest.mark.parametrize("dtype", ["u1", "i1", "u2", "i2", "f4"])
@pytest.mark.parametrize("bands", [1, 2, 3, 5])
def test_histograms_are_libvips(dtype, bands):
    for size in ((1, 1), (7, 5), (400, 340)):
        array = noise(size, bands, dtype)
        if dtype[0] != "u":
            array = np.abs(array.astype("f8")).astype(dtype) % 100
        im = tt.Image.new_from_array(array)
        for band in (-1, bands - 1):
            theirs = libvips("hist_find", array, band=band)
            for image in (im, lazily(im)):
                ours = image.hist_find(band=band)
                assert np.array_equal(ours.numpy().reshape(theirs.shape), theirs)
                assert ours.interpretation == "histogram" and ours.format == "uint"
    with pytest.raises(tt.OperationError):
        im.hist_find(band=bands)


@pytest.mark.parametrize("dtype", ["u1", "i2", "f4", "f8", "c16"])
@pytest.mark.parametrize("size", [(1, 1), (1, 6), (5, 1), (17, 1), (9, 4), (37, 41), (128, 130), (210, 99)])
def test_the_fourier_transform_is_numpys(dtype, size):
    for bands in (1, 3):
        array = noise(size, bands, dtype) if dtype != "c16" else noise(size, bands, "f8") * (1 + 2j)
        im = tt.Image.new_from_array(array)
        exact = np.fft.fft2(array.astype("c16"), axes=(0, 1)) / (size[0] * size[1])
        for image in (im, lazily(im)):
            ours = image.fwfft()
            assert np.allclose(ours.numpy().reshape(exact.shape), exact, rtol=1e-9, atol=1e-10 * np.abs(exact).max())
            assert ours.interpretation == "fourier" and ours.format == "dpcomplex"
        if dtype != "c16":
            assert np.allclose(ours.invfft().numpy().reshape(array.shape), array, atol=1e-6 * np.abs(array).max())


@pytest.mark.parametrize("size", [(9, 4), (37, 41), (128, 130)])
def test_the_fourier_transform_is_libvips(size):
    array = noise(size, 1, "u1")
    ours, theirs = tt.Image.new_from_array(array).fwfft().numpy(), libvips("fwfft", array)[..., 0]
    assert np.allclose(ours, theirs, rtol=1e-9, atol=1e-10 * np.abs(theirs).max())


def test_one_row_is_not_filtered_by_frequency():
    row = tt.Image.new_from_array(noise((40, 1), 1, "u1"))
    for work in (lambda: row.spectrum(), lambda: row.phasecor(row), lambda: row.freqmult(row)):
        with pytest.raises(tt.ParameterError, match="at least 2 rows, not 1"):
            work()


def test_a_point_kernel_follows_another_kernel_and_a_pipeline():
    im = tt.Image.new_from_array(noise((300, 200), 3, "u1"))
    for before in (im.gaussblur(2), im.invert(), im[0:2].bandjoin(im[0])):
        for work in (lambda image: image > 99, lambda image: image.colourspace("b-w"),
                     lambda image: image.gaussblur(1) > [1, 100, 200]):
            ours = work(before)
            assert np.array_equal(ours.numpy(), in_tiles(ours))
