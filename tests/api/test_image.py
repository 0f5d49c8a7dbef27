# Images as values: how they are made, what they tell, and their pixels in numpy.
# SPDX-License-Identifier: GPL-3.0-or-later
import copy

import numpy as np
import pytest

import tintype as tt

FORMATS = {
    "uchar": "uint8",
    "char": "int8",
    "ushort": "uint16",
    "short": "int16",
    "uint": "uint32",
    "int": "int32",
    "float": "float32",
    "complex": "complex64",
    "double": "float64",
    "dpcomplex": "complex128",
}


def sample(dtype, shape=(5, 7, 3)):
    return (np.arange(np.prod(shape)).reshape(shape) % 100).astype(dtype)


@pytest.mark.parametrize("format, dtype", FORMATS.items())
@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 2), (5, 7, 3), (1, 1, 4)])
def test_arrays_of_every_format_come_back_equal(format, dtype, shape):
    array = sample(dtype, shape)
    im = tt.Image.new_from_array(array)
    assert im.format == format
    assert (im.height, im.width) == shape[:2]
    back = im.numpy()
    assert back.dtype == array.dtype and back.shape == array.shape
    assert np.array_equal(back, array)


@pytest.mark.parametrize("format, dtype", FORMATS.items())
def test_memory_of_every_format_comes_back_equal(format, dtype):
    array = sample(dtype)
    im = tt.Image.new_from_memory(array.tobytes(), 7, 5, 3, format)
    assert im.write_to_memory() == array.tobytes()


def test_later_changes_of_an_array_do_not_show():
    array = np.zeros((20, 30), "uint8")
    im = tt.Image.new_from_array(array)
    array[:] = 200
    assert im.max() == 0
    again = tt.Image.new_from_array(array)
    assert again.min() == 200


def test_changes_of_a_result_do_not_reach_the_image():
    im = tt.Image.new_from_array(np.zeros((20, 30), "uint8"))
    first = np.array(im)
    first[:] = 9
    with pytest.raises(ValueError, match="read-only"):
        im.numpy()[:] = 9
    assert im.numpy().max() == 0 and im.max() == 0
    blurred = im.gaussblur(1)
    blurred.numpy()[:] = 9
    assert blurred.max() == 0


def test_unusual_arrays_are_taken_as_numpy_means_them():
    base = sample("uint16", (6, 8))
    assert np.array_equal(tt.Image.new_from_array(base[::2, ::-1]).numpy(), base[::2, ::-1])
    assert np.array_equal(tt.Image.new_from_array(base.astype(">u2")).numpy(), base)
    assert tt.Image.new_from_array(base > 20).numpy().tolist() == ((base > 20) * 255).tolist()
    assert tt.Image.new_from_array(base.astype("int64")).format == "int"
    assert tt.Image.new_from_array(base.astype("float16")).format == "float"
    read_only = base.copy()
    read_only.flags.writeable = False
    assert np.array_equal(tt.Image.new_from_array(read_only).numpy(), base)


@pytest.mark.parametrize(
    "array, said",
    [
        (np.zeros((2, 2, 2, 2)), "(2, 2, 2, 2)"),
        (np.zeros((0, 5)), "(0, 5)"),
        (np.array([["a"]], object), "str"),
        (np.array([["a"]]), "numbers"),
        (np.array([[2**40]]), "32 bits"),
        ([[1, 2], [3]], "length"),
        ("text", "()"),
    ],
)
def test_arrays_that_are_no_pictures_are_refused(array, said):
    with pytest.raises(tt.ParameterError) as caught:
        tt.Image.new_from_array(array)
    assert said in str(caught.value)


def test_memory_of_the_wrong_size_is_refused():
    with pytest.raises(tt.ParameterError, match="10 bytes.*need 12"):
        tt.Image.new_from_memory(bytes(10), 2, 2, 3, "uchar")
    with pytest.raises(tt.ParameterError, match="formats are uchar"):
        tt.Image.new_from_memory(bytes(12), 2, 2, 3, "uint8")


def test_lists_make_matrices():
    im = tt.Image.new_from_array([[1, 2, 3], [4, 5, 6]], scale=2, offset=7)
    assert (im.width, im.height, im.format, im.interpretation) == (3, 2, "double", "matrix")
    assert im.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert (im.get("scale"), im.get("offset")) == (2, 7)
    assert tt.Image.new_from_list([1, 2, 3]).height == 1


def test_a_mask_with_a_scale_divides(coins):
    box = tt.Image.new_from_array([[1, 1, 1]] * 3, scale=9)
    assert abs((coins.conv(box, precision="float") - coins.conv([[1 / 9] * 3] * 3, precision="float")).abs().max()) < 1e-3


def test_new_from_image_takes_after_the_image(astronaut):
    im = astronaut.new_from_image([1, 2, 3])
    assert (im.width, im.height, im.format, im.interpretation) == (512, 512, "uchar", "srgb")
    assert im(100, 200) == [1, 2, 3]


def test_properties_tell_what_the_file_holds(coins, astronaut):
    assert (coins.width, coins.height, coins.bands, coins.format, coins.interpretation) == (384, 303, 1, "uchar", "b-w")
    assert (astronaut.bands, astronaut.interpretation) == (3, "srgb")
    assert (coins.planes, coins.axes) == (1, {})
    assert coins.xres > 0 and coins.yres > 0
    assert repr(astronaut) == "<tintype.Image 512x512 uchar, 3 bands, srgb>"


def test_metadata_is_read_by_name(coins):
    assert "width" in coins.get_fields() and coins.get("width") == 384
    with pytest.raises(tt.NotFoundError, match="no-such-field"):
        coins.get("no-such-field")


def test_pixels_and_bands_are_reached_by_index(astronaut):
    array = astronaut.numpy()
    assert astronaut(10, 20) == array[20, 10].tolist()
    assert len(astronaut) == 3 and [band.bands for band in astronaut] == [1, 1, 1]
    assert np.array_equal(astronaut[1].numpy(), array[:, :, 1])
    assert np.array_equal(astronaut[-1].numpy(), array[:, :, 2])
    assert np.array_equal(astronaut[0:2].numpy(), array[:, :, 0:2])
    assert np.array_equal(astronaut[::-1].numpy(), array[:, :, ::-1])
    assert np.array_equal(astronaut[[2, 0]].numpy(), array[:, :, [2, 0]])
    for wrong in (3, -4, slice(3, 9)):
        with pytest.raises(IndexError):
            astronaut[wrong]
    with pytest.raises(tt.Error):
        astronaut(512, 0)


def test_bands_are_split_and_joined(astronaut):
    array = astronaut.numpy()
    red, green, blue = astronaut.bandsplit()
    assert np.array_equal(red.bandjoin([green, blue]).numpy(), array)
    assert np.array_equal(tt.Image.bandjoin([red, green, blue]).numpy(), array)
    assert red.bandjoin(7)(0, 0)[1] == 7
    assert astronaut.bandjoin(255).bands == 4 and astronaut.bandjoin(255).hasalpha()


def test_planes_are_chosen_by_name_and_index(pictures):
    im = tt.open(pictures / "multipage.tif")
    assert im.planes == 2 and list(im.axes.values()) == [2]
    axis = next(iter(im.axes))
    first, second = im.plane(0), im.plane(**{axis: 1})
    assert first.planes == 1
    both = im.numpy()
    assert np.array_equal(first.numpy(), both[0]) and np.array_equal(second.numpy(), both[1])
    assert np.array_equal(im.invert().plane(1).numpy(), 255 - both[1])
    for wrong in (dict(index=2), dict(index=-1), dict(colour=1), {axis: 5}, {}):
        with pytest.raises(tt.ParameterError):
            im.plane(**wrong)


def test_numpy_reads_an_image_as_an_array(coins):
    assert np.array_equal(np.asarray(coins), coins.numpy())
    assert np.array(coins, dtype="float32").dtype == np.float32
    assert abs(np.mean(coins) - coins.avg()) < 1e-9


def test_copies_of_an_image_are_the_image(coins):
    assert copy.deepcopy(coins) is coins and copy.copy(coins) is coins


def test_images_can_be_kept_in_sets_and_as_keys(coins):
    other = coins.invert()
    assert len({coins, other, coins}) == 2
    assert {coins: "coins"}[coins] == "coins"


def test_copy_memory_starts_a_recipe_of_its_own(coins):
    kept = coins.gaussblur(2).copy_memory()
    assert kept.interpretation == "b-w"
    assert np.array_equal(kept.numpy(), coins.gaussblur(2).numpy())


def test_headers_of_many_images_are_not_mixed_up():
    images = [tt.Image.black(1 + n % 97, 1 + n % 89) for n in range(1000)]
    for _ in range(2):
        assert [(im.width, im.height) for im in images] == [(1 + n % 97, 1 + n % 89) for n in range(1000)]


def test_an_image_that_was_never_made_has_no_header():
    with pytest.raises(TypeError):
        tt.Image.__new__(tt.Image).width
