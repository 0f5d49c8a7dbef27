# Tests of the perspective that makes a rectangle of four corners.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
import tintype as tt
from kernel_pictures import in_tiles, noise, pixels

CORNERS = [20.5, 10, 110, 33, 95.25, 130, 4, 101]
UNIT = [(0, 0), (1, 0), (1, 1), (0, 1)]


def places(corners, width, height):
    """Where the middles of the result's pixels lie in the source, by solving for the eight numbers."""
    rows, right = [], []
    for (u, v), (x, y) in zip(UNIT, np.reshape(corners, (4, 2))):
        rows += [[u, v, 1, 0, 0, 0, -u * x, -v * x], [0, 0, 0, u, v, 1, -u * y, -v * y]]
        right += [x, y]
    a, b, c, d, e, f, g, h = np.linalg.solve(rows, right)
    u, v = np.meshgrid((np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height)
    w = g * u + h * v + 1
    return (a * u + b * v + c) / w - 0.5, (d * u + e * v + f) / w - 0.5


def reference(array, corners, width, height):
    x, y = places(corners, width, height)
    rows, columns = array.shape[:2]
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    right, down = (x - left)[..., None], (y - top)[..., None]
    at = lambda j, i: array[np.clip(j, 0, rows - 1), np.clip(i, 0, columns - 1)].astype("f8")  # noqa: E731
    mixed = ((at(top, left) * (1 - right) + at(top, left + 1) * right) * (1 - down)
             + (at(top + 1, left) * (1 - right) + at(top + 1, left + 1) * right) * down)
    shows = (left >= -1) & (left <= columns) & (top >= -1) & (top <= rows)
    return np.where(shows[..., None], mixed, 0)


@pytest.mark.parametrize("dtype", ["u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8"])
@pytest.mark.parametrize("bands", [1, 3, 5])
def test_pixels_are_interpolated_where_the_perspective_says(bands, dtype):
    im = noise((131, 140), bands, dtype)
    for corners in (CORNERS, [-30, -40, 150, 3, 160, 150, 2, 160], [110, 33, 20.5, 10, 4, 101, 95.25, 130]):
        found = im.perspective(corners, width=90, height=70)
        wanted = reference(pixels(im), corners, 90, 70)
        assert (found.width, found.height, found.bands, found.format) == (90, 70, bands, im.format)
        # Weights of 8 and 16 bits have 12 binary digits.
        span = float(np.ptp(pixels(im).astype("f8")))
        allowed = {"u1": 1, "i1": 1, "u2": span / 1024, "i2": span / 1024, "f4": span * 1e-7, "f8": 1e-9}.get(dtype, 0.5 + span * 1e-9)
        assert np.abs(pixels(found).astype("f8") - wanted).max() <= allowed


@pytest.mark.parametrize("dtype", ["u1", "f4"])
def test_whole_pixels_stay_what_they_are(dtype):
    im = noise((60, 40), 3, dtype)
    array = pixels(im)
    assert np.array_equal(pixels(im.perspective([0, 0, 60, 0, 60, 40, 0, 40])), array)
    assert np.array_equal(pixels(im.perspective([10, 5, 50, 5, 50, 30, 10, 30])), array[5:30, 10:50])
    assert np.array_equal(pixels(im.perspective([60, 0, 0, 0, 0, 40, 60, 40])), array[:, ::-1])
    assert np.array_equal(pixels(im.perspective([0, 40, 0, 0, 60, 0, 60, 40])), np.rot90(array, -1))


def test_the_size_is_that_of_the_longer_sides():
    im = tt.Image.black(200, 200)
    rectangle = im.perspective([0, 0, 100, 0, 80, 50, 0, 60])
    assert (rectangle.width, rectangle.height) == (100, 60)
    assert im.perspective([0, 0, 100, 0, 80, 50, 0, 60], width=7).width == 7


def test_tiles_and_parts_are_those_of_the_picture():
    for bands, dtype in ((1, "u1"), (3, "u1"), (3, "f4")):
        whole = noise((300, 280), bands, dtype).perspective([20, 30, 290, 0, 250, 270, -10, 200], width=400, height=333)
        assert np.array_equal(in_tiles(whole).reshape(pixels(whole).shape), pixels(whole))
        for left, top, width, height in ((130, 100, 77, 140), (399, 0, 1, 333), (0, 332, 400, 1)):
            assert np.array_equal(pixels(whole.crop(left, top, width, height)),
                                  pixels(whole)[top:top + height, left:left + width])


def test_hidden_colours_do_not_bleed():
    array = np.full((40, 40, 4), 255, "u1")
    array[:, 20:] = (0, 90, 0, 0)
    im = tt.Image.new_from_array(array).copy(interpretation="srgb")
    found = pixels(im.perspective([0.5, 0, 39.5, 0, 39.5, 40, 0.5, 40], width=78, height=40))
    seen = found[found[..., 3] > 0]
    assert (seen[:, :3] == 255).all() and 0 < found[..., 3].min() + 1 <= 256


@pytest.mark.parametrize("corners,words", [
    ([0, 0, 10, 0, 10, 10], "8 numbers"),
    ([0, 0, 10, 0, 2, 2, 0, 10], "without a dent"),
    ([0, 0, 10, 10, 10, 0, 0, 10], "without a dent"),
    ([0, 0, 10, 0, 20, 0, 30, 0], "without a dent"),
    ([0, 0, 10, 0, 10, 10, 0, float("nan")], "corners"),
    ([0, 0, 10, 0, 10, 10, 0, 1e12], "corners"),
])
def test_corners_that_make_no_rectangle_are_refused(corners, words):
    with pytest.raises(tt.Error, match=words):
        tt.Image.black(20, 20).perspective(corners).numpy()
