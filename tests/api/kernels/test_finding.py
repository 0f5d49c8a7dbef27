# Tests of what is found on whole pictures: edges, local contrast, templates, lines, circles, and levels.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
import tintype as tt
from scipy import ndimage

from kernel_pictures import noise, pixels, slopes


def canny(array, low, high, euclidean):
    """Canny's detector on an array of rows, columns and bands, step by step; OpenCV's tie-breaks."""
    across, down = (-slope for slope in slopes(array, 1, 2))
    size = across**2 + down**2 if euclidean else np.abs(across) + np.abs(down)
    if euclidean:
        low, high = low**2, high**2
    best = size.argmax(2)[..., None]
    across, down, size = (np.take_along_axis(a, best, 2)[..., 0] for a in (across, down, size))
    around = np.pad(size, 1)
    height, width = size.shape

    def at(x, y):
        return around[1 + y : 1 + y + height, 1 + x : 1 + x + width]

    tangent = 13573 / 2**15 if array.dtype.itemsize == 1 else 0.41421356237309503
    x, y = np.abs(across), np.abs(down)
    flat, steep = y < x * tangent, y > x * (tangent + 2)
    falling = (across < 0) != (down < 0)
    ridge = np.select(
        [flat, steep, falling],
        [(size > at(-1, 0)) & (size >= at(1, 0)), (size > at(0, -1)) & (size >= at(0, 1)), (size > at(1, -1)) & (size > at(-1, 1))],
        (size > at(-1, -1)) & (size > at(1, 1)))
    ridge &= size > low
    groups, _ = ndimage.label(ridge, np.ones((3, 3)))
    strong = np.unique(groups[ridge & (size > high)])
    return np.where(ridge & np.isin(groups, strong), 255, 0).astype("u1")


@pytest.mark.parametrize("dtype", ["u1", "i1", "u2", "i2", "f4", "f8"])
@pytest.mark.parametrize("bands", [1, 3])
@pytest.mark.parametrize("euclidean", [False, True])
def test_canny_edges_follow_the_definition(dtype, bands, euclidean):
    smooth = ndimage.gaussian_filter(np.random.default_rng(1).normal(0, 1, (150, 220, bands)), (2, 2, 0))
    scale = 100 if dtype in ("u1", "i1") else 5000
    array = (smooth / np.abs(smooth).max() * scale + (scale if dtype[0] == "u" else 0)).astype(dtype)
    low, high = scale * 0.6, scale * 1.5
    ours = tt.Image.new_from_array(array).canny_edges(low=low, high=high, euclidean=euclidean)
    wanted = canny(array, low, high, euclidean)
    assert 0.005 < (wanted > 0).mean() < 0.3
    assert (ours.format, ours.bands) == ("uchar", 1)
    assert np.array_equal(ours.numpy(), wanted)


def test_canny_edges_of_a_photograph(coins):
    assert np.array_equal(coins.canny_edges(low=100, high=300).numpy(), canny(pixels(coins), 100, 300, False))


def test_a_weak_edge_is_followed_however_far():
    ramp = np.linspace(200, 20, 3000)
    strip = np.zeros((40, 3000), "u1")
    strip[20:] = ramp
    found = tt.Image.new_from_array(strip).canny_edges(low=40, high=700).numpy()
    assert (found[18:22, 1:-1] > 0).any(0).all()


def test_thresholds_may_be_given_in_any_order(coins):
    assert np.array_equal(coins.canny_edges(low=300, high=100).numpy(), coins.canny_edges(low=100, high=300).numpy())


def test_one_pixel_has_no_edge():
    assert tt.Image.black(1, 1).canny_edges().max() == 0


def clahe(array, clip, across, down):
    """OpenCV's on one band."""
    height, width = array.shape
    levels = np.iinfo(array.dtype).max + 1
    extended = array
    if height % down or width % across:
        extended = np.pad(array, [(0, down - height % down), (0, across - width % across)], "reflect")
    rows, columns = extended.shape[0] // down, extended.shape[1] // across
    tables = np.empty((down, across, levels), "f4")
    for y in range(down):
        for x in range(across):
            counts = np.bincount(extended[y * rows : (y + 1) * rows, x * columns : (x + 1) * columns].ravel(), minlength=levels)
            if clip:
                most = max(int(clip * rows * columns / levels), 1)
                clipped = np.maximum(counts - most, 0).sum()
                counts = np.minimum(counts, most) + clipped // levels
                rest = clipped % levels
                if rest:
                    counts[:: max(levels // rest, 1)][:rest] += 1
            tables[y, x] = np.rint(np.cumsum(counts).astype("f4") * (np.float32(levels - 1) / np.float32(rows * columns)))

    def between(count, size, fields):
        place = np.arange(count, dtype="f4") * (np.float32(1) / np.float32(size)) - np.float32(0.5)
        first = np.floor(place).astype(int)
        return np.maximum(first, 0), np.minimum(first + 1, fields - 1), (place - first).astype("f4")

    top, bottom, v = between(height, rows, down)
    left, right, u = between(width, columns, across)
    look = lambda y, x: tables[y[:, None], x[None, :], array]  # noqa: E731
    upper = look(top, left) * (1 - u) + look(top, right) * u
    lower = look(bottom, left) * (1 - u) + look(bottom, right) * u
    return np.rint(upper * (1 - v)[:, None] + lower * v[:, None]).astype(array.dtype)


@pytest.mark.parametrize("size", [(320, 240), (131, 97), (64, 20)])
@pytest.mark.parametrize("clip, across, down", [(3, 8, 8), (0, 4, 2), (40, 3, 5), (1, 1, 1)])
def test_clahe_is_that_of_opencv(size, clip, across, down):
    smooth = ndimage.gaussian_filter(np.random.default_rng(1).normal(0, 1, (size[1], size[0], 3)), (3, 3, 0))
    for dtype, scale in (("u1", 200), ("u2", 50000)):
        array = ((smooth - smooth.min()) / np.ptp(smooth) * scale).astype(dtype)
        ours = tt.Image.new_from_array(array).clahe(clip=clip, across=across, down=down)
        wanted = np.stack([clahe(array[..., band], clip, across, down) for band in range(3)], -1)
        assert np.array_equal(ours.numpy(), wanted)
        assert np.array_equal(ours.crop(5, 7, 40, 12).numpy(), wanted[7:19, 5:45])


def test_clahe_of_less_pixels_than_fields():
    assert tt.Image.black(1, 1).clahe().numpy().shape == (1, 1)
    assert tt.Image.black(3, 20).clahe().numpy().shape == (20, 3)


def test_clahe_says_which_formats_it_takes():
    with pytest.raises(tt.OperationError, match="8 or 16 bits without a sign, not the format float"):
        tt.Image.black(9, 9).cast("float").clahe()


def windows(array, shape):
    return np.lib.stride_tricks.sliding_window_view(array.astype("f8"), (*shape, array.shape[2]))[:, :, 0]


def likeness(array, template, method):
    array, template = array.astype("f8"), template.astype("f8")
    seen = windows(array, template.shape[:2])
    if method == "coefficient":
        seen = seen - seen.mean((2, 3), keepdims=True)
        template = template - template.mean((0, 1))
    product = (seen * template).sum((2, 3, 4))
    norm = np.sqrt((seen**2).sum((2, 3, 4)) * (template**2).sum())
    if method == "difference":
        product = ((seen - template) ** 2).sum((2, 3, 4))
    return product / norm


@pytest.mark.parametrize("dtype", ["u1", "i2", "u2", "f4", "f8"])
@pytest.mark.parametrize("bands", [1, 3])
@pytest.mark.parametrize("method", ["coefficient", "correlation", "difference"])
def test_a_template_is_matched_as_its_definition_says(dtype, bands, method):
    smooth = ndimage.gaussian_filter(np.random.default_rng(2).normal(0, 1, (60, 80, bands)), (2, 2, 0)) * 500
    low, high = {"u1": (0, 250), "u2": (0, 60000)}.get(dtype, (-1e4, 1e4))
    array = (smooth + (300 if dtype == "u2" else 100)).clip(low, high).astype(dtype) + np.array(1, dtype)
    template = array[20:31, 30:47]
    im = tt.Image.new_from_array(array)
    found = im.match_template(tt.Image.new_from_array(template), method=method).numpy()
    assert found.dtype == "f4" and found.shape == (50, 64)
    assert np.allclose(found, likeness(array, template, method), atol=1e-6)
    x, y, best = im.find_template(im.crop(30, 20, 17, 11), method=method)
    assert (x, y) == (30, 20)
    assert best == pytest.approx(0 if method == "difference" else 1, abs=1e-6)


def test_a_map_is_lazy_and_the_same_in_tiles():
    im = noise((1500, 900), 1, "u1")
    found = im.match_template(im.crop(800, 500, 33, 21))
    whole = found.numpy()
    assert np.allclose(found.crop(150, 80, 200, 150).numpy(), whole[80:230, 150:350], atol=1e-6)
    assert np.unravel_index(whole.argmax(), whole.shape) == (500, 800)


def test_a_template_is_found_among_values_that_have_much_in_common():
    noise = np.random.default_rng(3).normal(0, 0.9, (80, 90, 1))
    for array in ((noise + 1e6).astype("f4"), noise + 1e9, (noise * 2 + 3_000_000).astype("i4")):
        im = tt.Image.new_from_array(array)
        assert im.find_template(im.crop(30, 20, 17, 17)) == (30, 20, pytest.approx(1, abs=1e-6))


def test_a_flat_place_is_like_nothing():
    array = np.zeros((30, 30), "u1")
    array[10:14, 10:14] = 200
    found = tt.Image.new_from_array(array).match_template(tt.Image.new_from_array(array[8:16, 8:16])).numpy()
    assert found[8, 8] == pytest.approx(1) and found[20, 20] == 0 and np.isfinite(found).all()


def test_a_template_must_fit():
    with pytest.raises(tt.OperationError, match="20 x 5 pixels, 1 bands does not fit into an image of 9 x 9, 1 bands"):
        tt.Image.black(9, 9).match_template(tt.Image.black(20, 5))
    with pytest.raises(tt.OperationError, match="3 bands does not fit"):
        tt.Image.black(9, 9).find_template(tt.Image.black(2, 2, bands=3))


def test_what_is_not_finite_is_not_matched():
    array = np.random.default_rng(0).normal(0, 1, (30, 30)).astype("f4")
    array[4, 4] = np.nan
    im = tt.Image.new_from_array(array)
    with pytest.raises(tt.OperationError, match="only finite numbers can be matched"):
        im.match_template(im.crop(10, 10, 5, 5)).numpy()


def test_lines_are_found_where_they_were_drawn():
    mask = tt.Image.black(200, 120).draw_line(255, 0, 30, 199, 30).draw_line(255, 50, 0, 50, 119)
    found, extra = mask.find_lines(votes=60, count=True)
    rows = found.numpy().reshape(-1, 7)
    assert extra["count"] == len(rows) == 2
    across, down = rows
    assert np.allclose(across[:6], [199, 30, 0, 30, 90, 30], atol=0.6) or np.allclose(across[:6], [0, 30, 199, 30, 90, 30], atol=0.6)
    assert sorted(down[[1, 3]]) == [0, 119] and np.allclose(down[[0, 2, 4, 5]], [50, 50, 0, 50], atol=0.6)
    assert across[6] == 200 and down[6] == 120


def test_a_line_has_as_many_pixels_as_votes_says():
    mask = tt.Image.black(200, 120).draw_line(255, 50, 30, 149, 30)
    assert mask.find_lines(votes=100, count=True)[1]["count"] == mask.find_segments(votes=100, count=True)[1]["count"] == 1
    assert mask.find_lines(votes=101, count=True)[1]["count"] == mask.find_segments(votes=101, count=True)[1]["count"] == 0


def test_too_exact_lines_are_refused():
    with pytest.raises(tt.OperationError, match="a table of .* million cells for an image of 15000 x 15000"):
        tt.Image.black(15000, 15000).find_lines(angle=0.05, distance=0.1)


def test_a_slanting_line_has_its_angle():
    mask = tt.Image.black(300, 300).draw_line(255, 20, 30, 280, 180)
    row = mask.find_lines(votes=80, angle=0.25).numpy().reshape(-1, 7)[0]
    assert row[4] == pytest.approx(90 + np.degrees(np.arctan2(150, 260)), abs=1)
    at = row[1] + (150 - row[0]) * (row[3] - row[1]) / (row[2] - row[0])
    assert at == pytest.approx(105, abs=2)


def test_pieces_of_lines_have_their_ends():
    mask = tt.Image.black(200, 120).draw_line(255, 20, 30, 120, 30).draw_line(255, 150, 30, 190, 30)
    rows = mask.find_segments(votes=20, length=30, gap=3).numpy().reshape(-1, 5)
    assert np.allclose(np.sort(rows[:, [0, 2]], 1), [[20, 120], [150, 190]], atol=3)
    assert np.allclose(rows[:, [1, 3]], 30) and np.allclose(rows[:, 4], np.abs(rows[:, 2] - rows[:, 0]))


def test_circles_are_found_where_they_were_drawn():
    im = tt.Image.black(300, 200) + 20
    im = im.cast("uchar").draw_circle(220, 80, 90, 40, fill=True).draw_circle(200, 210, 110, 25, fill=True)
    found, extra = im.gaussblur(1).find_circles(min_radius=15, max_radius=60, distance=50, votes=15, count=True)
    rows = found.numpy().reshape(-1, 4)
    assert extra["count"] == 2
    assert np.allclose(rows[rows[:, 0].argsort(), :3], [[80, 90, 40], [210, 110, 25]], atol=2.5)


@pytest.mark.parametrize("name, columns", [("find_lines", 7), ("find_segments", 5), ("find_circles", 4)])
def test_where_there_is_nothing_a_row_says_so(name, columns):
    found, extra = getattr(tt.Image.black(60, 50), name)(count=True)
    assert extra["count"] == 0
    assert (found.width, found.height) == (columns, 1) and np.isnan(found.numpy()).all()


def test_the_number_of_lines_is_bounded():
    found, extra = noise((100, 100), 1, "u1").find_lines(votes=10, most=7, count=True)
    assert found.height == 7 < extra["count"]


@pytest.mark.parametrize("name", ["find_lines", "find_segments", "find_circles"])
def test_several_bands_are_refused(name):
    with pytest.raises(tt.OperationError, match="one band|image must be"):
        getattr(tt.Image.black(9, 9, bands=3), name)()


def test_the_triangle_level_is_that_of_threshold(coins):
    level = coins.triangle()
    _, extra = coins.threshold(method="triangle", found=True)
    assert level == extra["found"]
    assert np.array_equal((coins > level).numpy(), coins.threshold(method="triangle").numpy())


def test_small_tiles_of_a_map_are_cut_from_large_ones():
    asked = []

    def count(tile):
        asked.append(tile.shape[0] * tile.shape[1])
        return tile

    im = noise((1500, 1500), 1, "u1")
    found = im.map_tiles(count).match_template(im.crop(700, 500, 300, 300))
    corner = (found * 1).crop(0, 0, 600, 600).numpy()
    # Each tile by itself would need the template's size around it.
    assert sum(asked) < 3e6
    assert np.allclose(corner, im.match_template(im.crop(700, 500, 300, 300)).numpy()[:600, :600], atol=1e-6)


def test_too_large_a_template_is_refused():
    with pytest.raises(tt.OperationError, match=r"a template of 8000 x 8000 pixels, 1 bands needs tables of \d+ MB, and 2048 MB"):
        tt.Image.black(8100, 8100).match_template(tt.Image.black(8000, 8000))


def test_too_many_fields_of_sixteen_bits_are_refused():
    with pytest.raises(tt.OperationError, match="32 x 32 fields of 20 bands of 16 bits need tables of 2560 MB, and 512 MB are allowed"):
        noise((64, 64), 20, "u2").clahe(across=32, down=32)
