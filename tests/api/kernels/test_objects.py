# Operations on objects of masks and labels, beside scipy and scikit-image: labels, distances, watershed, necks, edges, holes.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
import scipy.ndimage as nd
import skimage.data
import skimage.measure
import skimage.morphology
import skimage.segmentation

import tintype as tt

FORMATS = ["u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8"]


def mask_of(array):
    return tt.Image.new_from_array(np.asarray(array))


def random_mask(share=0.4, size=(1300, 900)):
    return np.random.default_rng(5).random(size) < share


def coins():
    grey = skimage.data.coins()
    return nd.binary_opening(grey > 115)


MASKS = {"sparse": lambda: random_mask(0.1), "dense": lambda: random_mask(0.6), "coins": coins, "empty": lambda: np.zeros((40, 30), bool),
         "full": lambda: np.ones((40, 30), bool), "a pixel": lambda: np.ones((1, 1), bool), "a row": lambda: random_mask(0.5, (1, 777)),
         "a column": lambda: random_mask(0.5, (777, 1)), "stripes": lambda: np.arange(90)[:, None] % 4 + np.zeros((1, 50)) < 2}


@pytest.fixture(params=MASKS, name="mask")
def each_mask(request):
    return MASKS[request.param]()


def comb(rows, columns):
    """Teeth that hang together at the bottom only, each with a speck between: many numbers join late."""
    mask = np.zeros((rows, columns), bool)
    mask[:, ::4] = True
    mask[-1] = True
    mask[1:-3:3, 2::4] = True
    return mask


@pytest.mark.parametrize("connectivity", [4, 8])
def test_labels_are_those_of_skimage(mask, connectivity):
    labels, found = mask_of(mask).label(connectivity=connectivity, count=True)
    theirs, count = skimage.measure.label(mask, connectivity=connectivity // 4, return_num=True)
    assert np.array_equal(labels.numpy(), theirs) and found["count"] == count
    assert labels.format == "int"


@pytest.mark.parametrize("connectivity", [4, 8])
def test_objects_that_join_far_below_are_numbered_in_reading_order(connectivity):
    for mask in (comb(2000, 800), comb(2000, 800)[::-1], np.rot90(comb(2000, 800)), ~comb(2000, 800)):
        labels = mask_of(np.ascontiguousarray(mask)).label(connectivity=connectivity)
        assert np.array_equal(labels.numpy(), skimage.measure.label(mask, connectivity=connectivity // 4))


@pytest.mark.parametrize("dtype", FORMATS)
def test_whatever_is_not_zero_is_an_object(dtype):
    array = np.array([[0, 3, 100, 0, 1]], dtype)
    assert mask_of(array).label().tolist() == [[0, 1, 1, 0, 2]]
    assert (mask_of(array).cast("complex")).label().tolist() == [[0, 1, 1, 0, 2]]


def test_fractions_and_nan_are_objects():
    assert mask_of([[0.0, 0.25, 0.0, np.nan, -0.0, -1.0]]).label().tolist() == [[0, 1, 0, 2, 0, 3]]


@pytest.mark.parametrize("metric, theirs", [("euclidean", nd.distance_transform_edt),
                                            ("city-block", lambda m: nd.distance_transform_cdt(m, "taxicab")),
                                            ("chessboard", lambda m: nd.distance_transform_cdt(m, "chessboard"))])
def test_distances_are_exact(mask, metric, theirs):
    found = mask_of(mask).distance_transform(metric=metric)
    assert found.format == "float"
    wanted = np.full(mask.shape, np.inf) if mask.all() else theirs(mask)
    assert np.array_equal(found.numpy().reshape(mask.shape), wanted.astype("f4"))


@pytest.mark.parametrize("metric", ["euclidean", "city-block", "chessboard"])
def test_distances_to_a_single_far_pixel_are_exact(metric):
    mask = np.ones((300, 2000), "u1")
    mask[299, 1999] = 0
    y, x = 299 - np.arange(300)[:, None], 1999 - np.arange(2000)
    wanted = {"euclidean": np.hypot(y, x), "city-block": y + x, "chessboard": np.maximum(y, x)}[metric]
    assert np.array_equal(mask_of(mask).distance_transform(metric=metric).numpy(), wanted.astype("f4"))


@pytest.mark.parametrize("metric, scipys", [("city-block", "taxicab"), ("chessboard", "chessboard")])
@pytest.mark.parametrize("width", [1, 7, 8, 9, 16, 33, 300])
def test_distances_in_steps_are_exact_at_any_width(metric, scipys, width):
    random = np.random.default_rng(width)
    for height in (1, 2, 40):
        for share in (0.5, 0.03, 0.001):
            mask = random.random((height, width)) > share
            mask[random.integers(height), random.integers(width)] = False
            found = mask_of(mask).distance_transform(metric=metric).numpy()
            assert np.array_equal(found, nd.distance_transform_cdt(mask, scipys).astype("f4"))


@pytest.mark.parametrize("dtype", FORMATS)
def test_distances_take_any_real_format(dtype):
    assert mask_of(np.array([[0, 1, 100, 3]], dtype)).distance_transform().tolist() == [[0, 1, 2, 3]]


def relief():
    grey = skimage.data.coins()
    markers = np.zeros(grey.shape, "i4")
    markers[grey < 30] = 1
    markers[grey > 150] = 2
    return nd.gaussian_gradient_magnitude(grey.astype("f8"), 1), markers


@pytest.mark.parametrize("connectivity", [4, 8])
def test_watershed_of_decimal_numbers_is_that_of_skimage(connectivity):
    steep, markers = relief()
    ours = mask_of(steep).watershed(markers, connectivity=connectivity).numpy()
    theirs = skimage.segmentation.watershed(steep, markers, connectivity=connectivity // 4)
    assert np.mean(ours != theirs) < 1e-4


@pytest.mark.parametrize("dtype", ["u1", "u2", "i2", "i1"])
def test_watershed_of_whole_numbers_is_that_of_skimage_but_for_ties(dtype):
    steep, markers = relief()
    steep = np.minimum(steep, 100).astype(dtype) - (50 if dtype[0] == "i" else 0)
    steep = steep.astype(dtype)
    inside = skimage.data.coins() > 20
    ours = mask_of(steep).watershed(markers, mask=mask_of(inside), connectivity=4).numpy()
    theirs = skimage.segmentation.watershed(steep, markers, mask=inside)
    assert not ours[~inside].any() and np.mean(ours != theirs) < 0.01


def test_watershed_divides_at_the_ridge():
    heights = np.abs(np.arange(21) - 10) * -1 + np.zeros((5, 1), int)
    markers = np.zeros((5, 21), "i4")
    markers[2, 1], markers[2, 19] = -4, 9
    found = mask_of(heights.astype("i4")).watershed(mask_of(markers)).numpy()
    assert (found[:, :10] == -4).all() and (found[:, 11:] == 9).all()


def test_watershed_of_what_is_not_finite_ends():
    heights = np.array([[0, np.nan, 1, np.inf, -np.inf, 2]])
    markers = np.array([[1, 0, 0, 0, 0, 2]])
    found = mask_of(heights).watershed(mask_of(markers)).numpy()
    assert set(found.ravel()) == {1, 2}


@pytest.mark.parametrize("low, high", [(0, 1e-310), (-1.7e308, 1.7e308), (0, 5e-324), (-1e-300, 1e300)])
def test_watershed_takes_ranges_of_any_size(low, high):
    heights = np.array([[low, high, (low / 2 + high / 2), low, high, low]])
    markers = np.array([[1, 0, 0, 0, 0, 2]])
    assert mask_of(heights).watershed(mask_of(markers)).tolist() == [[1, 1, 1, 1, 2, 2]]


@pytest.mark.parametrize("value, dtype, text", [(1.5, "f4", "1.5"), (np.nan, "f8", "nan"), (-np.inf, "f4", "-inf"), (3e9, "f8", "3000000000"),
                                                (4294967295, "u4", "4294967295"), (-2147483648, "i4", "-2147483648")])
def test_watershed_refuses_what_is_no_marker(value, dtype, text):
    markers = np.zeros((3, 4), dtype)
    markers[1, 2] = value
    with pytest.raises(tt.OperationError, match=f"the markers must be whole numbers from -2147483647 to 2147483647.*, not {text}$"):
        tt.Image.black(4, 3).watershed(mask_of(markers))


@pytest.mark.parametrize("value", [2147483647, -2147483647])
def test_watershed_takes_the_largest_markers(value):
    markers = np.array([[0, value, 0]], "i4")
    assert tt.Image.black(3, 1).watershed(mask_of(markers)).tolist() == [[value] * 3]


def test_watershed_refuses_markers_that_do_not_fit():
    with pytest.raises(tt.OperationError, match="the markers: 5 x 5 pixels, the image: 7 x 5; they must be of one size"):
        tt.Image.black(7, 5).watershed(tt.Image.black(5, 5))
    with pytest.raises(tt.OperationError, match="complex"):
        tt.Image.black(5, 5).cast("complex").watershed(tt.Image.black(5, 5))


def discs(*places, size=(120, 200)):
    y, x = np.mgrid[: size[0], : size[1]]
    return np.any([np.hypot(y - cy, x - cx) <= r for cx, cy, r in places], axis=0)


def test_touching_discs_are_split_at_their_neck():
    mask = discs((50, 60, 30), (100, 60, 30), (165, 60, 20))
    labels, found = mask_of(mask).split_objects(count=True)
    assert found["count"] == 3 and mask_of(mask).label(count=True)[1]["count"] == 2
    t = tt.measure(labels)
    assert np.array_equal(labels.numpy() > 0, mask)
    assert np.allclose(t["x"], [48, 102, 165], atol=2) and abs(t["area"][0] - t["area"][1]) < 70


def test_a_shallow_neck_is_cut_only_where_that_is_asked_for():
    mask = mask_of(discs((60, 60, 30), (85, 60, 30)))
    count = [mask.split_objects(depth=depth, count=True)[1]["count"] for depth in (0.5, 2, 10)]
    assert count == [2, 2, 1]


def test_a_rough_outline_is_no_neck():
    random = np.random.default_rng(1)
    disc = discs((100, 60, 45))
    rough = disc & ~(nd.binary_dilation(~disc) & (random.random(disc.shape) < 0.4))
    rough = skimage.morphology.remove_small_objects(rough, 50)
    assert mask_of(rough).split_objects(count=True)[1]["count"] == 1


def test_splitting_leaves_whole_objects_their_numbers(mask):
    found = mask_of(mask).split_objects(depth=1000)
    assert np.array_equal(found.numpy(), mask_of(mask).label().numpy())


def test_splitting_cuts_nothing_but_objects(mask):
    labels, found = mask_of(mask).split_objects(depth=0, count=True)
    array = labels.numpy().reshape(mask.shape)
    assert np.array_equal(array > 0, mask) and array.max() == found["count"]
    first = np.unique(array[array > 0], return_index=True)[1]
    assert (np.diff(first) > 0).all()
    for label in range(1, min(found["count"], 60) + 1):
        assert skimage.measure.label(array == label).max() == 1


@pytest.mark.parametrize("connectivity", [4, 8])
def test_objects_at_the_edge_are_removed(mask, connectivity):
    ours = mask_of(mask).clear_border(connectivity=connectivity)
    labels = skimage.measure.label(mask, connectivity=connectivity // 4)
    rim = np.zeros(mask.shape, bool)
    rim[[0, -1]] = rim[:, [0, -1]] = True
    wanted = mask & ~np.isin(labels, np.unique(labels[rim]))
    assert np.array_equal(ours.numpy().reshape(mask.shape), wanted * 255) and ours.format == "uchar"


@pytest.mark.parametrize("size", [0, 1, 2, 30, 10**6])
@pytest.mark.parametrize("connectivity", [4, 8])
def test_small_objects_are_removed(mask, size, connectivity):
    ours = mask_of(mask).remove_small_objects(size=size, connectivity=connectivity).numpy()
    wanted = skimage.morphology.remove_small_objects(mask, size, connectivity=connectivity // 4) if size else mask
    assert np.array_equal(ours.reshape(mask.shape) > 0, wanted)


@pytest.mark.parametrize("connectivity", [4, 8])
def test_holes_are_filled(mask, connectivity):
    ours = mask_of(mask).fill_holes(connectivity=connectivity).numpy().reshape(mask.shape)
    around = nd.generate_binary_structure(2, 1 if connectivity == 8 else 2)
    assert np.array_equal(ours > 0, nd.binary_fill_holes(mask, around)) and set(np.unique(ours)) <= {0, 255}


@pytest.mark.parametrize("dtype", FORMATS)
def test_objects_of_labels_are_apart_although_they_touch(dtype):
    labels = np.array([[0, 0, 0, 0, 0, 0, 0], [0, 5, 5, 9, 9, 9, 0], [0, 5, 5, 9, 0, 9, 0], [0, 0, 0, 9, 9, 9, 3], [0, 0, 0, 0, 0, 0, 0]], dtype)
    image = mask_of(labels)
    assert set(np.unique(image.clear_border().numpy())) == {0, 5, 9}
    assert set(np.unique(image.remove_small_objects(size=5).numpy())) == {0, 9}
    assert image.fill_holes()(4, 2) == [9] and image.fill_holes().numpy().dtype == labels.dtype


@pytest.mark.parametrize("name", ["clear_border", "remove_small_objects", "fill_holes", "distance_transform", "split_objects", "label"])
def test_several_bands_are_refused(name):
    with pytest.raises(tt.OperationError, match="must have one band, not 3"):
        getattr(tt.Image.black(5, 5, bands=3), name)()


@pytest.mark.parametrize("name", ["clear_border", "remove_small_objects", "fill_holes", "distance_transform"])
def test_complex_numbers_are_refused(name):
    with pytest.raises(tt.OperationError, match="the image must have real numbers, not complex"):
        getattr(tt.Image.black(5, 5).cast("complex"), name)()


def page(angle):
    """Words of many lengths in level lines, turned clockwise."""
    random = np.random.default_rng(8)
    sheet = (tt.Image.black(700, 500) + 230).cast("uchar")
    for line in range(60, 440, 22):
        x = 60 + int(random.integers(0, 9))
        while x < 560:
            width = int(random.integers(10, 70))
            sheet = sheet.draw_rect(30, x, line, width, int(random.integers(6, 10)), fill=True)
            x += width + 8
    return sheet.rotate(angle, background=230)


@pytest.mark.parametrize("angle", [-9.5, -7, -2.5, 0, 0.4, 5])
def test_the_skew_of_a_page_is_what_levels_it(angle):
    assert page(angle).find_skew() == pytest.approx(-angle, abs=0.05)
    assert page(angle).invert().cast("ushort").find_skew() == pytest.approx(-angle, abs=0.05)


def test_the_skew_of_a_large_page_is_found_on_a_small_one():
    assert page(3).resize(6).find_skew() == pytest.approx(-3, abs=0.05)


def test_no_angle_is_found_beyond_the_one_asked_for():
    assert abs(page(9).find_skew(most=4)) <= 4


def test_the_skew_is_found_anew_on_every_page():
    recipe = page(3).rotate(page(3).find_skew()).recipe
    assert "find_skew" in recipe.to_script()
    assert abs(recipe.image.find_skew()) < 0.1


def test_the_skew_of_an_empty_page_is_nothing():
    assert tt.Image.black(50, 60).find_skew() == 0
    assert tt.Image.black(1, 1).find_skew() == 0


def test_the_trim_box_keeps_its_link():
    im = tt.Image.black(50, 40).draw_rect(255, 10, 12, 7, 9, fill=True)
    box = im.find_trim(background=0)
    assert box == (10, 12, 7, 9) and "find_trim" in im.crop(*box).recipe.to_script()
