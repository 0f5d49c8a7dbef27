# Operators on images, compared with numpy's.
# SPDX-License-Identifier: GPL-3.0-or-later
import operator

import numpy as np
import pytest

import tintype as tt

LEFT = (np.arange(60).reshape(4, 5, 3) % 23 + 1).astype("uint8")
RIGHT = (np.arange(60).reshape(4, 5, 3) % 7 + 1).astype("uint8")

ARITHMETIC = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "pow": operator.pow,
}
BITS = {"and": operator.and_, "or": operator.or_, "xor": operator.xor}
SHIFTS = {"lshift": operator.lshift, "rshift": operator.rshift}
COMPARISONS = {
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "eq": operator.eq,
    "ne": operator.ne,
}
WHOLE = {**ARITHMETIC, **BITS, **SHIFTS, **COMPARISONS}


def expected(function, left, right):
    """What numpy makes of it, with images' truth, which is 255."""
    if function in COMPARISONS.values():
        return function(left, right) * 255.0
    if function in BITS.values() or function in SHIFTS.values():
        return function(np.asarray(left, "int64"), np.asarray(right, "int64")).astype("float64")
    return np.asarray(function(np.asarray(left, "float64"), np.asarray(right, "float64")))


def assert_close(im, array):
    got = im.numpy().astype("float64")
    assert got.shape == array.shape
    assert np.allclose(got, array, rtol=1e-5), (got, array)


@pytest.mark.parametrize("function", WHOLE.values(), ids=WHOLE)
class TestTwoSides:
    def test_an_image_and_an_image(self, function):
        # Shifts and powers stay inside what the format holds.
        im = function(tt.Image.new_from_array(LEFT.astype("int32")), tt.Image.new_from_array((RIGHT % 4).astype("int32") + 1))
        assert_close(im, expected(function, LEFT, RIGHT % 4 + 1))

    def test_an_image_and_an_array(self, function):
        im = function(tt.Image.new_from_array(LEFT.astype("int32")), (RIGHT % 4).astype("int32") + 1)
        assert_close(im, expected(function, LEFT, RIGHT % 4 + 1))

    @pytest.mark.parametrize("number", [2, 3])
    def test_an_image_and_a_number(self, function, number):
        im = function(tt.Image.new_from_array(LEFT.astype("int32")), number)
        assert_close(im, expected(function, LEFT, number))

    def test_an_image_and_a_number_for_each_band(self, function):
        im = function(tt.Image.new_from_array(LEFT.astype("int32")), [1, 2, 3])
        assert_close(im, expected(function, LEFT, np.array([1, 2, 3])))

    @pytest.mark.parametrize("number", [2, np.float32(3), np.int64(3)])
    def test_a_number_and_an_image(self, function, number):
        im = function(number, tt.Image.new_from_array(RIGHT.astype("int32")))
        assert isinstance(im, tt.Image)
        assert_close(im, expected(function, number, RIGHT))

    def test_an_array_and_an_image(self, function):
        im = function((LEFT % 5).astype("int32"), tt.Image.new_from_array(RIGHT.astype("int32")))
        assert isinstance(im, tt.Image)
        assert_close(im, expected(function, LEFT % 5, RIGHT))

    def test_a_text_beside_an_image_is_a_type_error(self, function):
        im = tt.Image.new_from_array(LEFT)
        if function in (operator.eq, operator.ne):
            assert function(im, "text") is (function is operator.ne)
        else:
            with pytest.raises(TypeError):
                function(im, "text")


def test_one_side_is_enough_for_some():
    im = tt.Image.new_from_array(LEFT.astype("int32"))
    assert_close(-im, -LEFT.astype("float64"))
    assert +im is im
    assert_close(abs(im - 10), abs(LEFT.astype("float64") - 10))
    assert_close(~im, ~LEFT.astype("int64") * 1.0)


def test_values_found_on_the_picture_keep_their_link(coins, cell):
    level = coins.avg()
    for make in (
        lambda im, v: im - v,
        lambda im, v: v - im,
        lambda im, v: im / v,
        lambda im, v: v / (im + 1),
        lambda im, v: im * v,
        lambda im, v: im + v,
        lambda im, v: im > v,
        lambda im, v: im % v,
        lambda im, v: im**2 // v,
    ):
        there = make(coins, level)
        assert np.allclose(there.numpy(), make(coins, float(level)).numpy(), rtol=1e-5)
        elsewhere = there.recipe.apply(cell)
        assert np.allclose(elsewhere.numpy(), make(cell, float(cell.avg())).numpy(), rtol=1e-5)


def test_pyvips_short_names_mean_the_same(coins):
    assert np.array_equal(coins.fliphor().numpy(), coins.numpy()[:, ::-1])
    assert np.array_equal(coins.flipver().numpy(), coins.numpy()[::-1])
    assert np.array_equal(coins.rot180().numpy(), coins.numpy()[::-1, ::-1])
    assert np.array_equal((coins * 0.3).floor().numpy(), np.floor((coins * 0.3).numpy()))
    assert np.array_equal(coins.crop(10, 20, 30, 40).numpy(), coins.numpy()[20:60, 10:40])
    assert np.array_equal(coins.median(5).numpy(), coins.median(size=5).numpy())
    binary = coins > 100
    square = [[255] * 3] * 3
    assert np.array_equal(binary.erode(square).numpy(), binary.morph(square, "erode").numpy())
    assert binary.erode().avg() < binary.avg() < binary.dilate().avg()
    value, x, y = coins.maxpos()
    assert value == coins.numpy().max() == coins.numpy()[y, x]
    assert np.allclose(coins.sin().numpy(), np.sin(np.radians(coins.numpy().astype("float64"))), atol=1e-5)
