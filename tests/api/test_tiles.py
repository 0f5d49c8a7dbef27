# map_tiles: any numpy function on images of any size.
# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys
import threading
import time
import traceback

import numpy as np
import pytest

import tintype as tt

FORMATS = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64", "complex64", "complex128"]
PAD = {"copy": "edge", "mirror": "symmetric", "repeat": "wrap", "black": "constant"}


def picture(height, width, bands=1, dtype="uint8"):
    shape = (height, width) if bands == 1 else (height, width, bands)
    return np.random.default_rng(7).integers(0, 100, shape).astype(dtype)


def box(tile):
    """The sum of the 5x5 pixels around each; what it makes at the border is wrong on purpose."""
    wide = tile.astype("float64")
    total = np.zeros_like(wide)
    for y in range(-2, 3):
        for x in range(-2, 3):
            total += np.roll(wide, (y, x), (0, 1))
    return total


def expected(array, overlap, edge):
    pad = [(overlap, overlap)] * 2 + [(0, 0)] * (array.ndim - 2)
    whole = box(np.pad(array, pad, mode=PAD[edge]))
    return whole[overlap:-overlap, overlap:-overlap]


@pytest.mark.parametrize("edge", PAD)
@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 3), (128, 128), (129, 257), (300, 411)])
def test_equals_the_function_on_the_whole_padded_image(size, edge):
    array = picture(*size)
    got = tt.Image.new_from_array(array).map_tiles(box, overlap=2, edge=edge).numpy()
    assert np.array_equal(got, expected(array, 2, edge))


@pytest.mark.parametrize("bands", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("dtype", FORMATS)
def test_all_formats_and_bands_come_and_go(dtype, bands):
    array = picture(140, 150, bands, dtype)
    image = tt.Image.new_from_array(array).map_tiles(lambda tile: tile[:, ::1] + tile.dtype.type(1))
    assert (image.bands, image.width, image.height) == (bands, 150, 140)
    got = image.numpy()
    assert got.dtype == dtype
    assert np.array_equal(got, array + np.dtype(dtype).type(1))


def test_finds_format_and_bands_or_is_told_them():
    image = tt.Image.new_from_array(picture(50, 60, 3))
    assert image.map_tiles(lambda tile: tile.mean(axis=2)).format == "double"
    assert image.map_tiles(lambda tile: tile.mean(axis=2)).bands == 1
    assert image.map_tiles(lambda tile: tile[:, :, 0] > 50).format == "uchar"
    assert set(np.unique(image.map_tiles(lambda tile: tile[:, :, 0] > 50).numpy())) == {0, 255}
    calls = []
    image.map_tiles(calls.append, format="float", bands=2)
    assert not calls


def test_a_large_image_computes_only_the_tiles_that_are_asked_for():
    pixels = []

    def count(tile):
        pixels.append(tile.size)
        return tile

    image = tt.Image.black(20000, 20000).map_tiles(count, overlap=4)
    pixels.clear()
    assert image.crop(10000, 10000, 200, 200).avg() == 0
    assert 200 * 200 <= sum(pixels) < 1_000_000


def test_what_the_function_keeps_and_writes_to_is_its_own():
    kept = []

    def keep(tile):
        before = tile.copy()
        result = tile.copy()
        tile[:] = 0
        tile[:] = before
        kept.append((tile, before))
        return result

    array = picture(300, 300)
    assert np.array_equal(tt.Image.new_from_array(array).map_tiles(keep).numpy(), array)
    assert all(np.array_equal(tile, copy) for tile, copy in kept)


def test_the_result_may_be_the_tile_itself_or_share_its_memory():
    array = picture(200, 300)
    assert np.array_equal(tt.Image.new_from_array(array).map_tiles(lambda tile: tile).numpy(), array)
    assert np.array_equal(tt.Image.new_from_array(array).map_tiles(lambda tile: tile[::-1][::-1]).numpy(), array)


def test_an_error_is_raised_where_the_pixels_are_asked_for_with_its_traceback():
    def fail(tile):
        raise ValueError("the tile is too dark")

    image = tt.Image.black(300, 300).map_tiles(fail, format="uchar", bands=1)
    for ask in (image.avg, image.numpy, image.copy().numpy, lambda: image.write_to_file("/tmp/never.png")):
        with pytest.raises(Exception, match="the tile is too dark") as caught:
            ask()
        assert isinstance(caught.value, tt.Error)
        assert isinstance(caught.value.__cause__, ValueError)
        assert "in fail" in "".join(traceback.format_exception(caught.value))
    # And again, since an evaluation that failed is not remembered.
    with pytest.raises(Exception, match="the tile is too dark"):
        image.avg()


@pytest.mark.parametrize("dtype", [">f4", "<f4", ">u2", ">c8"])
def test_numbers_in_the_other_byte_order_are_the_same_numbers(dtype):
    image = tt.Image.black(64, 64).map_tiles(lambda tile: (tile + 5).astype(dtype))
    assert np.all(image.numpy() == 5)


def read_while_built(broken):
    """Operations that read an image while they are built; a broken one gives an error there, or later."""
    white = tt.Image.black(64, 64) + 255
    return [
        lambda: white.maplut(broken(256, 1)),
        lambda: white.conv(broken(3, 3)),
        lambda: white.morph(broken(3, 3), "erode"),
        lambda: white.spcor(broken(3, 3)),
        lambda: white.freqmult(broken(64, 64)),
        lambda: white.draw_image(broken(8, 8), 0, 0),
        lambda: broken(64, 64).draw_rect([255], 1, 1, 5, 5),
        lambda: broken(256, 1).hist_cum(),
        lambda: broken(256, 1).invertlut(),
        lambda: broken(3, 3).rot45(),
        lambda: white.merge(broken(64, 64), "horizontal", -50, 0),
    ]


@pytest.mark.parametrize("number", range(11))
def test_an_error_keeps_its_class_and_cause_whenever_the_tiles_are_computed(number):
    def fail(tile):
        raise OSError("the disk is gone")

    def broken(width, height):
        return tt.Image.black(width, height).map_tiles(fail, format="uchar", bands=1)

    with pytest.raises(tt.FileError, match="the disk is gone") as caught:
        read_while_built(broken)[number]().avg()
    assert isinstance(caught.value.__cause__, OSError)


@pytest.mark.parametrize(
    ("fn", "words"),
    [
        (lambda tile: tile[1:], "height and width of its tile, 32 x 32, not 31 x 32"),
        (lambda tile: 5, "not a single number"),
        (lambda tile: None, "not "),
        (lambda tile: tile.astype("U3"), "cannot hold numbers of the type <U3"),
        (lambda tile: tile.astype("int64"), "map_tiles: lambda in line "),
        (lambda tile: tile[:, :, None][:, :, :0], "at least one band, not 32 x 32 x 0"),
    ],
)
def test_what_is_no_tile_is_named(fn, words):
    with pytest.raises(tt.Error) as caught:
        tt.Image.black(100, 100).map_tiles(fn)
    assert words in str(caught.value)


def test_a_tile_of_another_type_than_promised_is_named():
    image = tt.Image.black(100, 100).map_tiles(lambda tile: tile.astype("float32"), format="uchar", bands=1)
    with pytest.raises(tt.Error, match="gave a tile of 1 band of float, not of 1 band of uchar as before"):
        image.avg()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"overlap": -1}, "overlap must be a whole number from 0 to 4096, not -1"),
        ({"overlap": 1.5}, "not 1.5"),
        ({"overlap": 10**9}, "not 1000000000"),
        ({"edge": "none"}, "edge must be one of copy, mirror, repeat, black, white, not 'none'"),
        ({"format": "int64"}, 'There is no pixel format "int64"'),
        ({"bands": 0}, "bands must be 1 or more, not 0"),
    ],
)
def test_bad_parameters_are_named(arguments, words):
    with pytest.raises(tt.ParameterError) as caught:
        tt.Image.black(10, 10).map_tiles(lambda tile: tile, **arguments)
    assert words in str(caught.value)


def test_what_cannot_be_called_is_named():
    with pytest.raises(tt.ParameterError, match="map_tiles: fn must be a function"):
        tt.Image.black(10, 10).map_tiles("no function")


def test_functions_nest_and_use_images_themselves():
    def inner(tile):
        return tt.Image.new_from_array(tile).map_tiles(lambda small: small + 1, format="uchar", bands=1).numpy()

    image = tt.Image.black(300, 200).map_tiles(inner, format="uchar", bands=1).map_tiles(lambda tile: tile * 2)
    assert image.avg() == 2


def test_several_threads_evaluate_at_once():
    image = tt.Image.new_from_array(picture(400, 400)).map_tiles(box, overlap=2)
    mean = image.avg()
    found = []
    threads = [threading.Thread(target=lambda: found.append(image.avg())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [mean] * 8


def test_a_recipe_with_it_says_which_step_cannot_be_saved():
    image = tt.Image.black(10, 10).map_tiles(box, overlap=2).invert()
    for save in (image.recipe.to_json, image.recipe.to_script):
        with pytest.raises(tt.RecipeError, match="map_tiles"):
            save()


def test_it_can_be_opened_in_the_document_and_undone():
    tt.data.images["mapped"] = tt.Image.black(10, 10).map_tiles(lambda tile: tile + 9)
    assert tt.data.images["mapped"].avg() == 9
    tt.undo()
    assert "mapped" not in tt.data.images


def test_ctrl_c_ends_a_function_that_never_ends():
    import os
    import signal

    begun = threading.Event()

    def forever(tile):
        begun.set()
        while True:
            time.monotonic()

    def interrupt():
        begun.wait(60)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        tt.Image.black(300, 300).map_tiles(forever, format="uchar", bands=1).avg()


def test_the_first_use_of_numpy_may_be_on_the_engines_threads():
    code = """if True:
        import tintype as tt
        image = tt.Image.black(600, 600).map_tiles(lambda tile: tile, format="uchar", bands=1)
        print(image.avg())
    """
    for _ in range(5):
        assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "0.0\n"
