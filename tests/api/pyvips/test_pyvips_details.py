# Scripts for pyvips run with their import changed: what is used less often, and small print.
# SPDX-License-Identifier: GPL-3.0-or-later
import copy

import numpy as np
import pytest

import tintype as pyvips


@pytest.fixture
def numbers():
    return np.arange(5 * 7 * 4, dtype="uint8").reshape(5, 7, 4)


@pytest.fixture
def image(numbers):
    return pyvips.Image.new_from_array(numbers)


CHOSEN = {
    "a mask": [True, False, True, True], "a mask of numpy's": np.array([False, True, False, False]), "a number of numpy's": np.int64(2),
    "numbers more than once": [3, 0, -1, 0], "backwards": slice(None, None, -1), "every other": slice(1, None, 2), "from the end": -2,
}  # fmt: skip


@pytest.mark.parametrize("key", CHOSEN.values(), ids=CHOSEN)
def test_bands_are_chosen_as_numpy_chooses_them(image, numbers, key):
    assert np.array_equal(image[key].numpy().reshape(5, 7, -1), numbers[:, :, key].reshape(5, 7, -1))


@pytest.mark.parametrize("key", [4, -5, [0, 4], [], [True], [False] * 4, [0, True, 1, 2], slice(2, 2), "red", 1.0, None, (0, 1)])
def test_bands_that_are_not_there_are_index_errors(image, key):
    with pytest.raises(IndexError):
        image[key]


def test_a_band_that_was_found_keeps_its_link():
    picture = pyvips.Image.black(3, 3, bands=2).draw_rect(9, 1, 0, 1, 1)
    found = picture.max(x=True)[1]["x"]
    assert found == 1 and ".max(" in picture[found].recipe.to_script()


def test_an_image_may_stand_in_a_with_block(image):
    with image as same:
        assert same is image


def test_pages_are_joined_and_split(image):
    joined = image.pagejoin([image + 1, image + 2])
    assert joined.height == 15 and joined.get("page-height") == joined.get_page_height() == 5
    assert [page(0, 0)[0] for page in joined.pagesplit()] == [0, 1, 2]
    assert len(image.pagesplit()) == 1 and image.get_typeof("page-height") == 0


def test_the_fields_of_a_mask_have_short_names(image):
    mask = pyvips.Image.new_from_list([[1, 2]], scale=3, offset=4)
    assert (mask.get_scale(), mask.get_offset(), mask.offset) == (3, 4, 4)
    assert (image.get_scale(), image.get_offset(), image.offset) == (1, 0, 0)
    mask.set_value("scale", 8)
    assert mask.get("scale") == 8


COLOURS = {"b-w": 1, "grey16": 1, "srgb": 3, "rgb": 3, "rgb16": 3, "scrgb": 3, "lab": 3, "labs": 3, "xyz": 3, "hsv": 3, "lch": 3, "cmyk": 4}


@pytest.mark.parametrize("interpretation", [*COLOURS, "multiband", "histogram", "fourier", "matrix"])
def test_alpha_is_what_comes_after_the_colours(interpretation):
    has = [pyvips.Image.black(1, 1, bands=bands).copy(interpretation=interpretation).hasalpha() for bands in range(1, 7)]
    assert has == [bands > COLOURS.get(interpretation, 100) for bands in range(1, 7)]


@pytest.mark.parametrize("kind", ["uchar", "int", "float", "double"])
def test_pairs_of_bands_stand_for_complex_numbers(image, numbers, kind):
    pairs = numbers.astype("f8")[..., 0::2] + 1j * numbers[..., 1::2]
    polar = image.cast(kind).polar()
    assert polar.format == ("double" if kind == "double" else "float") and polar.bands == 4
    assert np.allclose(polar.numpy()[..., 0::2], abs(pairs), rtol=1e-5)
    assert np.allclose(polar.numpy()[..., 1::2] % 360, np.degrees(np.angle(pairs)) % 360, atol=1e-3)
    assert np.allclose(polar.rect().numpy(), numbers, atol=1e-3)
    with pytest.raises(pyvips.Error, match="polar: a complex image, or one with an even number of bands"):
        image[:3].polar()


def test_interpretations_are_guessed_when_that_is_asked_for_and_checked(numbers):
    for dtype, bands, wanted in [("u1", 1, "b-w"), ("u1", 3, "rgb"), ("u2", 2, "grey16"), ("u2", 4, "rgb16"), ("f4", 3, "scrgb"), ("f8", 1, "b-w"),
                                 ("i2", 1, "matrix"), ("i4", 1, "multiband"), ("u4", 3, "multiband"), ("c8", 1, "fourier")]:  # fmt: skip
        array = numbers[:, :, :bands].astype(dtype)
        assert pyvips.Image.new_from_array(array, interpretation="auto").interpretation == wanted
    assert pyvips.Image.new_from_array(numbers[:, :, 0], interpretation="auto").interpretation == "b-w"
    with pytest.raises(pyvips.ParameterError, match="interpretation must be one of multiband, b-w, .*, not 'sRGB'"):
        pyvips.Image.new_from_array(numbers, interpretation="sRGB")


def test_a_single_number_is_an_array_too():
    assert pyvips.Image.new_from_array(np.float32(2.5)).tolist() == [[2.5]]


def test_constants_may_stand_for_all_of_a_list_of_images(image):
    index = pyvips.Image.switch([image[0] > 100, image[0] <= 100])
    assert index.case([10, 20])(0, 0) == [20] and index.case([10, 20])(6, 4) == [10]
    with pytest.raises(pyvips.ParameterError, match="at least one of them must be an image"):
        pyvips.Image.sum([1, 2])
    with pytest.raises(pyvips.ParameterError, match="case: cases"):
        index.case([])


def test_half_a_width_is_a_column(image):
    assert image(image.width / 2, image.height / 2) == image(3, 2)
    for bad in (-1, 7, float("nan"), "1"):
        with pytest.raises(pyvips.Error, match="getpoint"):
            image(bad, 0)


def test_the_error_has_a_module_of_its_own():
    from tintype.error import Error

    assert Error is pyvips.Error is pyvips.error.Error


def test_names_of_operations_may_be_in_small_letters(astronaut):
    lab = astronaut.colourspace("lab")
    assert lab.de00(lab + 1).avg() == lab.dE00(lab + 1).avg() > 0
    with pytest.raises(AttributeError, match="no operation 'de000'"):
        lab.de000


def test_drawing_on_a_private_copy_gives_what_it_found():
    with pyvips.Image.black(9, 9).mutate() as mutable:
        mutable.draw_rect(255, 2, 3, 4, 5)
        found = mutable.draw_flood(100, 3, 4, left=True, top=True, width=True)
        assert mutable.draw_line(7, 0, 0, 8, 0) is None
    assert found["left"] <= 3 and found["width"] >= 2
    assert (mutable.image(3, 4), mutable.image(5, 0)) == ([100.0], [7.0])
    assert copy.copy(mutable).image is mutable.image


def test_loaders_and_savers_are_called_by_name(coins, tmp_path):
    path = str(tmp_path / "coins.png")
    pyvips.Operation.call("pngsave", coins, path, compression=1)
    assert pyvips.Operation.call("pngload", path).avg() == coins.avg()
    with pytest.raises(pyvips.UnknownOperationError, match="no operation 'nonsenseload'"):
        pyvips.Operation.call("nonsenseload", path)


def memory_of(text):
    return pyvips.Source.new_from_memory(text)


def test_formats_of_text_come_from_sources(tmp_path):
    assert pyvips.Image.csvload_source(memory_of(b"1,2,3\n4,5,6\n")).tolist() == [[1, 2, 3], [4, 5, 6]]
    matrix = pyvips.Image.matrixload_source(memory_of(b"2 1 8 3\n5 7\n"))
    assert matrix.tolist() == [[5, 7]] and (matrix.get("scale"), matrix.get("offset")) == (8, 3)
    assert pyvips.Image.ppmload_source(memory_of(b"P2 2 1 255 7 9\n")).tolist() == [[7, 9]]
    (tmp_path / "a.csv").write_text("8 9\n")
    assert pyvips.Image.csvload_source(pyvips.Source.new_from_file(tmp_path / "a.csv")).tolist() == [[8, 9]]
    for broken in (b"", b"\0"):
        with pytest.raises(pyvips.Error):
            pyvips.Image.csvload_source(memory_of(broken)).avg()
        with pytest.raises(pyvips.Error):
            pyvips.Image.jpegload_buffer(broken).avg()


def test_decimal_pictures_of_netpbm_keep_what_is_above_white(tmp_path):
    (tmp_path / "bright.pfm").write_bytes(b"Pf\n2 2\n-1.0\n" + np.array([0.25, 3.5, -1, 1000], "<f4").tobytes())
    bright = pyvips.Image.new_from_file(tmp_path / "bright.pfm")
    assert sorted(bright.numpy().ravel()) == [-1, 0.25, 3.5, 1000]
    data = (tmp_path / "bright.pfm").read_bytes()
    assert pyvips.Image.new_from_source(memory_of(data), "").tolist() == bright.tolist()
    assert pyvips.Image.new_from_buffer(data, "").tolist() == bright.tolist()


def test_local_equalisation_is_not_limited_unless_that_is_asked_for(coins):
    free, limited = coins.hist_local(21, 21), coins.hist_local(21, 21, max_slope=3)
    assert np.array_equal(free.numpy(), coins.hist_local(21, 21, max_slope=0).numpy())
    assert limited.deviate() < free.deviate()


def test_a_mosaic_finds_the_pictures_that_it_was_joined_from(coins, tmp_path):
    for name, left, factor in (("left", 0, 1), ("right", 180, 0.5)):
        (coins.crop(left, 0, 204, 303) * factor).cast("uchar").write_to_file(tmp_path / f"{name}.tif")
    left, right = (pyvips.Image.new_from_file(tmp_path / f"{name}.tif") for name in ("left", "right"))
    balanced = left.merge(right, "horizontal", -180, 0).globalbalance()
    assert (balanced.width, balanced.height) == (384, 303)
    beside = [balanced.crop(x, 0, 20, 303).avg() for x in (150, 210)]
    assert abs(beside[0] - beside[1]) < abs(left.crop(150, 0, 20, 303).avg() - right.crop(30, 0, 20, 303).avg())
