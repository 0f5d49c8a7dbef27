# Tests of turned and scaled pictures against libvips' own operations: the same pixels.
# SPDX-License-Identifier: GPL-3.0-or-later
import math

import numpy as np
import pytest
import tintype as tt
from kernel_pictures import in_tiles
from libvips_itself import libvips

FORMATS = ["u1", "i1", "u2", "i2", "i4", "f4", "f8", "c8"]
SIZES = [(1, 1), (2, 3), (1, 90), (131, 140)]


def noise(size, bands, dtype):
    random = np.random.default_rng(len(dtype) + size[0] * bands)
    shape = (size[1], size[0], bands)
    if dtype[0] in "fc":
        return random.normal(0, 1000, shape).astype(dtype)
    limits = np.iinfo(dtype)
    return random.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)


def check(ours, wanted):
    found = ours.numpy().reshape(wanted.shape)
    assert found.dtype == wanted.dtype
    if found.dtype.kind in "ui":
        assert np.array_equal(found, wanted)
    else:
        assert np.allclose(found, wanted, rtol=1e-6, atol=1e-6 * max(1, np.abs(wanted).max()), equal_nan=True)


def theirs(nickname, array, **options):
    """As libvips does it with the interpretation that our image has."""
    return libvips(nickname, array, interpretation=tt.Image.new_from_array(array).interpretation, **options)


def text(numbers):
    return " ".join(map(repr, numbers))


@pytest.mark.parametrize("dtype", FORMATS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("bands", [1, 2, 3, 5])
def test_turned_pictures_are_libvips(size, bands, dtype):
    array = noise(size, bands, dtype)
    im = tt.Image.new_from_array(array)
    if dtype == "c8" and bands == 2:
        # libvips takes the second band for alpha, and has no complex alpha.
        im, array = im[:1], array[..., :1]
    for angle in (17, 90, -133.5, 0, 359.9):
        check(im.rotate(angle), theirs("rotate", array, angle=angle))
    check(im.similarity(scale=1.7, angle=40), theirs("similarity", array, scale=1.7, angle=40))


@pytest.mark.parametrize("dtype", ["u1", "i2", "f4"])
@pytest.mark.parametrize("matrix", [(1.3, 0.2, -0.4, 0.8), (2, 0, 0, 2), (0.5, 0, 0, 0.7), (-1, 0, 0, 1), (0, 1, -1, 0),
                                    (3, 2.9, 2, 2.1), (1, 0, 0, 1), (0.01, 0, 0, 0.02)])
def test_affine_transformations_are_libvips(matrix, dtype):
    for array in (noise((300, 200), 1, dtype), noise((90, 60), 3, dtype)):
        im = tt.Image.new_from_array(array)
        check(im.affine(matrix), theirs("affine", array, matrix=text(matrix)))
        for interpolate in ("bicubic", "nearest"):
            wanted = theirs("affine", array, matrix=text(matrix), interpolate=interpolate)
            check(im.affine(matrix, interpolate=interpolate), wanted)


def test_transformations_with_parameters_of_their_own_are_libvips():
    array = noise((60, 50), 3, "u1")
    im = tt.Image.new_from_array(array)
    matrix = (1.1, 0.3, -0.2, 0.9)
    check(im.affine(matrix, background=[9, 8, 7]), theirs("affine", array, matrix=text(matrix), background="9 8 7"))
    check(im.affine(matrix, extend="copy"), theirs("affine", array, matrix=text(matrix), extend="copy"))
    check(im.affine(matrix, oarea=[3, 4, 20, 30]), theirs("affine", array, matrix=text(matrix), oarea="3 4 20 30"))
    check(im.rotate(11, background=[1, 2, 3]), theirs("rotate", array, angle=11, background="1 2 3"))
    check(im.affine(matrix, idx=0.25), theirs("affine", array, matrix=text(matrix), idx=0.25))
    with pytest.raises(tt.OperationError):
        im.affine([0, 0, 0, 0]).numpy()


@pytest.mark.parametrize("dtype", FORMATS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kernel", ["nearest", "linear", "cubic", "lanczos3"])
def test_enlarged_pictures_are_libvips(size, dtype, kernel):
    for bands in (1, 3, 4):
        array = noise(size, bands, dtype)
        im = tt.Image.new_from_array(array)
        for scale in (1.01, 3.37):
            check(im.resize(scale, kernel=kernel), theirs("resize", array, scale=scale, kernel=kernel))
        check(im.resize(2.25, vscale=1.3, kernel=kernel), theirs("resize", array, scale=2.25, vscale=1.3, kernel=kernel))
        check(im.resize(2, vscale=1, kernel=kernel), theirs("resize", array, scale=2, vscale=1, kernel=kernel))


def test_bands_of_a_large_picture_join_without_seams():
    array = noise((1501, 1100), 1, "u1")
    im = tt.Image.new_from_array(array)
    check(im.rotate(3), theirs("rotate", array, angle=3))
    check(im.resize(1.61), theirs("resize", array, scale=1.61))


@pytest.mark.parametrize("dtype", ["u1", "u2", "f4"])
@pytest.mark.parametrize("bands", [1, 3])
def test_a_part_of_a_turned_picture_is_that_part(dtype, bands):
    im = tt.Image.new_from_array(noise((300, 200), bands, dtype))
    for turned in (im.rotate(math.pi * 10), im.resize(1.7), im.resize(1.7, kernel="linear"), im.affine([0.9, 0, 0, 0.8]),
                   im.affine([-1.3, 0, 0, 2.1]), im.affine([0.3, 0.9, -1.2, 0.4])):
        for left, top, width, height in ((40, 30, 90, 99), (0, 0, 1, 1), (turned.width - 3, turned.height - 60, 3, 60)):
            part = turned.crop(left, top, width, height)
            assert np.array_equal(part.numpy(), turned.numpy()[top:top + height, left:left + width])


@pytest.mark.parametrize("matrix", [(0.9, 0, 0, 0.9), (1.3, 0.2, -0.4, 0.8), (0, 2, -1, 0), (-0.7, 0, 0, -1.1)])
def test_tiles_of_a_turned_picture_are_the_picture(matrix):
    for array in (noise((700, 500), 1, "u1"), noise((700, 500), 3, "f4")):
        turned = tt.Image.new_from_array(array).affine(matrix)
        assert np.array_equal(in_tiles(turned).reshape(turned.numpy().shape), turned.numpy())


def test_a_file_is_turned_while_it_is_read(tmp_path):
    array = noise((400, 300), 3, "u1")
    tt.Image.new_from_array(array).write_to_file(tmp_path / "in.png")
    im = tt.Image.new_from_file(tmp_path / "in.png", access="sequential")
    im.affine([0.9, 0, 0, 0.9]).write_to_file(tmp_path / "out.png")
    check(tt.Image.new_from_file(tmp_path / "out.png"), theirs("affine", array, matrix="0.9 0 0 0.9"))


def test_a_picture_that_is_computed_first_is_turned():
    array = noise((120, 90), 3, "u1")
    im = tt.Image.new_from_array(array)
    for before in (im.gaussblur(1.5), im.invert()):
        check(before.rotate(20), theirs("rotate", before.numpy(), angle=20))
        check(before.resize(2.5), theirs("resize", before.numpy(), scale=2.5))
