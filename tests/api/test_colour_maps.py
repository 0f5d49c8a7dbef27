# Colour maps: Tintype's own and those that code brings, on all kinds of images, in recipes, and refused where they are wrong.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

import tintype as tt


@pytest.fixture(autouse=True)
def no_maps():
    yield
    for name, origin in tt._tintype.colour_maps():
        if origin:
            tt.remove_colour_map(name)


def own():
    return [name for name, origin in tt._tintype.colour_maps() if not origin]


def row(*values, dtype=np.uint8):
    return tt.Image.new_from_array(np.array([values], dtype))


def colours(image):
    return [tuple(int(part) for part in pixel) for pixel in image.numpy()[0]]


def is_near(image, wanted, at_most=1):
    """The nearest of 256 entries may be the one beside."""
    return np.abs(np.array(colours(image)) - np.array(wanted)).max() <= at_most


def test_values_become_colours():
    image = row(0, 1, 2).colour_map("hot")
    assert (image.bands, image.format, image.interpretation) == (3, "uchar", "srgb")
    assert is_near(image, [(0, 0, 0), (255, 128, 0), (255, 255, 255)])
    assert colours(row(0, 255).colour_map("grey")) == [(0, 0, 0), (255, 255, 255)]


@pytest.mark.parametrize("name", own())
def test_each_of_our_own_shows_a_ramp(name):
    ramp = tt.Image.new_from_array(np.arange(256, dtype=np.uint8).reshape(1, 256))
    shown = ramp.colour_map(name).numpy()[0]
    table = np.array(tt._tintype.colours_of(name), float)
    places = np.linspace(0, len(table) - 1, 256)
    wanted = np.stack([np.interp(places, np.arange(len(table)), table[:, part]) for part in range(3)], axis=1)
    assert np.abs(shown - wanted).max() <= 0.5 + 1e-6


@pytest.mark.parametrize("name", ["viridis", "magma", "inferno", "plasma"])
def test_those_of_matplotlib_are_nearly_its_own(name):
    matplotlib = pytest.importorskip("matplotlib")
    wanted = matplotlib.colormaps[name](np.arange(256), bytes=True)[:, :3].astype(int)
    ramp = tt.Image.new_from_array(np.arange(256, dtype=np.uint8).reshape(1, 256))
    assert np.abs(ramp.colour_map(name).numpy()[0].astype(int) - wanted).max() <= 2


def test_hilo_marks_what_was_cut_off():
    assert colours(row(0, 100, 255).colour_map("hilo")) == [(0, 0, 255), (100, 100, 100), (255, 0, 0)]


@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"])
def test_all_real_formats_have_their_range(dtype):
    assert is_near(row(3, 5, 7, dtype=dtype).colour_map("grey"), [(0,) * 3, (128,) * 3, (255,) * 3])


def test_a_range_is_kept_and_what_is_outside_is_cut_off():
    image = row(-5, 0, 50, 100, 900, dtype=np.int16)
    assert is_near(image.colour_map("grey", range=[0, 100]), [(0,) * 3, (0,) * 3, (128,) * 3, (255,) * 3, (255,) * 3])


def test_what_is_no_number_is_as_the_lowest():
    image = row(np.nan, 0, 1, np.inf, -np.inf, dtype=np.float32)
    assert colours(image.colour_map("grey", range=[0, 1])) == [(0,) * 3, (0,) * 3, (255,) * 3, (255,) * 3, (0,) * 3]


def test_an_image_of_one_value_has_the_first_colour():
    assert colours(row(7, 7).colour_map("cool")) == [(0, 255, 255)] * 2


def test_a_colour_picture_shows_its_brightness(astronaut):
    shown = astronaut.colour_map("viridis")
    assert shown.bands == 3
    grey = astronaut.colourspace("b-w")
    assert (shown != grey.colour_map("viridis")).max() == 0


def test_it_is_computed_where_it_is_looked_at(coins):
    shown = coins.colour_map("viridis")
    assert (shown.crop(50, 60, 20, 10) != coins.crop(50, 60, 20, 10).colour_map("viridis", range=[coins.min(), coins.max()])).max() == 0


def test_complex_numbers_are_refused(coins):
    with pytest.raises(tt.OperationError, match="complex numbers"):
        coins.fwfft().colour_map("hot")


def test_the_document_has_it_too(coins):
    tt.data.images["coins"] = coins
    tt.ops.colour_map("magma")
    assert tt.data.images["coins"].bands == 3


# Maps that code brings.


def test_one_that_was_brought_is_used_by_its_name():
    tt.colour_map("bone", [(0, 0, 0), (255, 0, 0)], title="Bone")
    assert is_near(row(0, 1, 2).colour_map("bone"), [(0, 0, 0), (128, 0, 0), (255, 0, 0)])
    tt.remove_colour_map("bone")
    with pytest.raises(tt.ParameterError, match="must be the name of a colour map .viridis.* not 'bone'"):
        row(0, 1).colour_map("bone")


@pytest.mark.parametrize(
    "table",
    [
        [(0, 0, 0), (255, 128, 0)],
        [[0, 0, 0], [1.0, 0.50196, 0]],
        np.array([[0, 0, 0], [255, 128, 0]], np.uint8),
        np.array([[0, 0, 0], [1, 0.50196, 0]]),
        ["#000000", "#ff8000"],
        [(0, "#000000"), (1, (255, 128, 0))],
        [(0, (0.0, 0, 0)), (0.5, (0.5, 0.25098, 0)), (1, (1.0, 0.50196, 0))],
    ],
)
def test_tables_may_be_given_in_several_ways(table):
    tt.colour_map("bone", table)
    first, last = colours(row(0, 1).colour_map("bone"))
    assert first == (0, 0, 0) and last == (255, 128, 0)


def test_stops_need_not_be_evenly_apart():
    tt.colour_map("late", [(0, "#000000"), (0.8, "#000000"), (1, "#ffffff")])
    assert is_near(row(0, 80, 90, 100).colour_map("late"), [(0,) * 3, (0,) * 3, (128,) * 3, (255,) * 3], 3)


def test_a_large_table_is_used_as_it_is():
    table = np.zeros((1024, 3), np.uint8)
    table[1] = 200
    tt.colour_map("fine", table)
    image = tt.Image.new_from_array(np.arange(1024, dtype=np.uint16).reshape(1, 1024))
    assert np.array_equal(image.colour_map("fine").numpy()[0], table)


def test_a_recipe_keeps_the_colours_and_needs_nobody(coins):
    tt.colour_map("bone", ["#000000", "#ff0000", "#ffffff"])
    recipe = coins.colour_map("bone").recipe
    before = recipe.image.numpy()
    text = recipe.to_json()
    assert 'bone #000000 #ff0000 #ffffff' in recipe.to_script()
    tt.colour_map("bone", ["#0000ff", "#00ff00"])
    assert np.array_equal(tt.Recipe.from_json(text).image.numpy(), before)
    tt.remove_colour_map("bone")
    assert np.array_equal(tt.Recipe.from_json(text).image.numpy(), before)
    assert np.array_equal(recipe.image.numpy(), before)


def test_colours_may_be_written_without_a_map():
    assert colours(row(0, 1).colour_map("#102030 #405060")) == [(16, 32, 48), (64, 80, 96)]


@pytest.mark.parametrize("name", ["", "nothing", "#102030", "#10203 #405060", "a b #102030 #405060", "Bone #102030 #405060", "#gg0000 #405060"])
def test_what_is_no_map_is_refused(name):
    with pytest.raises(tt.ParameterError, match="colour_map: name must be the name of a colour map"):
        row(0, 1).colour_map(name)


def test_a_name_that_is_nearly_right_is_proposed():
    with pytest.raises(tt.ParameterError, match="did you mean 'viridis'"):
        row(0, 1).colour_map("virids")


def test_a_picture_without_limits_wants_a_range():
    image = row(0, 1, np.inf, 5, dtype=np.float32)
    with pytest.raises(tt.OperationError, match="the image has values without limit; say the range"):
        image.colour_map("grey").avg()
    assert [colour[0] for colour in colours(image.colour_map("grey", range=[0, 5]))] == [0, 51, 255, 255]


def test_workers_get_those_that_a_script_has_defined():
    tt.colour_map("bone", ["#000000", "#0000ff"])
    made = tt.parallel.map(lambda image: image.colour_map("bone").max(), [row(0, 1)], executor="processes")
    assert list(made) == [255]


@pytest.mark.parametrize("range", [[1], [1, 2, 3], [2, 1], [1, 1], ["a", "b"]])
def test_what_is_no_range_is_refused(range):
    with pytest.raises((tt.ParameterError, tt.OperationError), match="range"):
        row(0, 1).colour_map("hot", range=range)


def refused(table, match, name="bone", **said):
    with pytest.raises(tt.ParameterError, match=match):
        tt.colour_map(name, table, **said)


def test_what_is_wrong_with_a_map_is_named():
    good = [(0, 0, 0), (1, 1, 1)]
    refused(good, "name must be a text, not 5", name=5)
    refused(good, "its name must be of small letters", name="A b")
    refused(good, "Tintype has one of that name itself", name="viridis")
    refused(good, "title must be a text", title=5)
    refused([], "2 to 4096 colours, not 0")
    refused([(0, 0, 0)], "2 to 4096 colours, not 1")
    refused(np.zeros((5000, 3)), "2 to 4096 colours, not 5000")
    refused(np.zeros((4, 4)), "a shape of N x 3, not \\(4, 4\\)")
    refused(np.zeros(9), "a shape of N x 3, not \\(9,\\)")
    refused(np.zeros((2, 3, 3)), "a shape of N x 3")
    refused("hot", "an array of N x 3 or a list of colours, not 'hot'")
    refused(5, "an array of N x 3 or a list of colours, not 5")
    refused([(0, 0, 0), (256, 0, 0)], "whole numbers from 0 to 255 or floats from 0 to 1, all of one kind, not 256")
    refused([(0, 0, 0), (-1, 0, 0)], "not -1")
    refused([(0, 0, 0), (0.5, 2.0, 0)], "all of one kind, not 2.0")
    refused([(0, 0, 0), (0, 0, float("nan"))], "three numbers, red, green and blue")
    refused([(0, 0, 0), (0, 0, None)], "three numbers, red, green and blue")
    refused([(0, 0, 0), (0, 0, 0, 0)], "three numbers, red, green and blue")
    refused([(0, 0, 0), "red"], "such as '#ff8000', not 'red'")
    refused([(0, "#000000"), (0.5, "#ffffff")], "must ascend from 0 to 1, not \\[0, 0.5\\]")
    refused([(0, "#000000"), (0.7, "#ffffff"), (0.7, "#000000"), (1, "#000000")], "must ascend")
    refused([(0, "#000000"), ("x", "#ffffff")], "the place of a stop must be a number from 0 to 1, not 'x'")
    refused([(0, "#000000"), (1, 1, 1)], "either all entries are stops")
    assert [name for name, origin in tt._tintype.colour_maps() if origin] == []


def test_taking_away_what_is_not_there_or_ours():
    with pytest.raises(tt.NotFoundError, match="there is no colour map 'nothing'"):
        tt.remove_colour_map("nothing")
    with pytest.raises(tt.ParameterError, match="it is Tintype's own"):
        tt.remove_colour_map("hot")
