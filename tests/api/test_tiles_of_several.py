# Functions on tiles of several images at once, and results of other types and bands.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

import tintype as tt


def noise(height, width, bands=1, dtype="uint8", seed=1):
    shape = (height, width) if bands == 1 else (height, width, bands)
    return (np.random.default_rng(seed).random(shape) * 200).astype(dtype)


@pytest.mark.parametrize("overlap", [0, 5])
@pytest.mark.parametrize("edge", ["copy", "mirror", "black"])
def test_every_function_gets_the_same_place_of_each_image(overlap, edge):
    first, second, third = noise(333, 217), noise(333, 217, 3, "float32", 2), noise(333, 217, 2, "uint16", 3)
    seen = []

    def mix(a, b, c):
        seen.append((a.shape[:2] == b.shape[:2] == c.shape[:2], a.dtype, b.shape[2:], c.dtype))
        return a + b[..., 0] * 2 + c[..., 1]

    image = tt.Image.new_from_array(first).map_tiles(mix, tt.Image.new_from_array(second), third, overlap=overlap, edge=edge)
    assert image.format == "float" and image.bands == 1
    assert np.allclose(image.numpy(), first + second[..., 0] * 2 + third[..., 1])
    assert set(seen) == {(True, np.dtype("uint8"), (3,), np.dtype("uint16"))}


def test_the_overlap_reaches_into_all_images():
    first, second = noise(150, 160), noise(150, 160, seed=2)

    def shift(a, b):
        return np.roll(a, 3, 0) // 2 + np.roll(b, -3, 1) // 2

    image = tt.Image.new_from_array(first).map_tiles(shift, second, overlap=3, edge="repeat")
    assert np.array_equal(image.numpy(), shift(first, second))


@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("bands", [1, 2, 5])
def test_the_result_may_be_of_any_type_and_bands(dtype, bands):
    array = noise(70, 90)

    def change(tile):
        wide = np.repeat(tile[..., None], bands, 2) if bands > 1 else tile
        return (wide // 2).astype(dtype)

    image = tt.Image.new_from_array(array).map_tiles(change)
    assert np.array_equal(image.numpy(), change(array)) and image.numpy().dtype == dtype


def test_several_images_work_where_nothing_is_asked_beforehand():
    calls = []
    image = tt.Image.black(50, 40).map_tiles(
        lambda a, b: calls.append(1) or (a + b).astype("int16"), tt.Image.black(50, 40) + 1, format="short", bands=1
    )
    assert not calls
    assert image.avg() == 1 and calls


def test_images_of_another_size_are_refused():
    with pytest.raises(tt.ParameterError, match="one size, not 50 x 40 and 50 x 41"):
        tt.Image.black(50, 40).map_tiles(lambda a, b: a, tt.Image.black(50, 41))
    with pytest.raises(tt.ParameterError, match="by name"):
        tt.Image.black(50, 40).map_tiles(lambda a: a, 4)


def test_the_step_is_repeated_on_other_pictures(coins, cell):
    def more(a, b):
        return np.maximum(a, b)

    second = coins.flip("horizontal")
    recipe = coins.map_tiles(more, second).recipe
    assert recipe.inputs == ["coins"]
    other = recipe.apply(cell)
    assert np.array_equal(other.numpy(), np.maximum(cell.numpy(), cell.numpy()[:, ::-1]))
    with pytest.raises(tt.RecipeError, match="more"):
        recipe.to_json()


def test_tiles_of_one_pixel_and_of_a_hundred_bands():
    deep = noise(1, 1, 100)
    assert np.array_equal(tt.Image.new_from_array(deep).map_tiles(lambda a, b: a + b, deep, overlap=2).numpy(), deep + deep)


def test_the_same_image_may_be_given_twice(coins):
    assert coins.map_tiles(lambda a, b: a - b, coins).max() == 0
