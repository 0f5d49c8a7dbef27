# Image files in and out, good ones and broken ones.
# SPDX-License-Identifier: GPL-3.0-or-later
import os

import numpy as np
import pytest

import tintype as tt


@pytest.mark.parametrize("suffix", ["png", "tif", "v"])
def test_lossless_formats_give_the_pixels_back(astronaut, tmp_path, suffix):
    path = tmp_path / f"out.{suffix}"
    astronaut.write_to_file(path)
    assert np.array_equal(tt.Image.new_from_file(path).numpy(), astronaut.numpy())


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "int32", "uint32", "float32"])
def test_tiff_keeps_the_format(tmp_path, dtype):
    array = (np.arange(48).reshape(6, 8)).astype(dtype)
    tt.Image.new_from_array(array).write_to_file(tmp_path / "out.tif")
    back = tt.Image.new_from_file(tmp_path / "out.tif").numpy()
    assert back.dtype == array.dtype and np.array_equal(back, array)


def test_options_go_to_the_loader_and_the_saver(astronaut, tmp_path):
    small, large = tmp_path / "small.jpg", tmp_path / "large.jpg"
    astronaut.write_to_file(small, Q=10)
    astronaut.write_to_file(f"{large}[Q=95]")
    assert os.path.getsize(small) < os.path.getsize(large)
    assert tt.Image.new_from_file(large, shrink=2).width == 256
    assert tt.Image.new_from_file(f"{large}[shrink=4]").width == 128
    with pytest.raises(tt.ParameterError, match="quality"):
        astronaut.write_to_file(small, quality=10)
    with pytest.raises(tt.ParameterError, match="Q.*1000"):
        astronaut.write_to_file(small, Q=1000)


def test_real_files_of_other_programs_open(pictures):
    for name in ("chessboard_GRAY_U16.tif", "chessboard_GRAY_U16B.tif"):
        im = tt.Image.new_from_file(pictures / name)
        assert im.format == "ushort" and im.numpy().dtype == np.uint16
    assert tt.Image.new_from_file(pictures / "multipage.tif").planes == 1
    assert tt.open(pictures / "no_time_for_that_tiny.gif").planes > 1
    assert tt.Image.new_from_file(pictures / "hubble_deep_field.jpg").interpretation == "srgb"


@pytest.fixture
def broken(tmp_path):
    (tmp_path / "text.png").write_text("this is no picture")
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path


@pytest.mark.parametrize("name", ["missing.png", "text.png", "empty.png", "folder.png", "secret.png"])
@pytest.mark.parametrize("opener", [tt.open, tt.Image.new_from_file])
def test_what_is_no_picture_is_a_file_error_that_names_it(broken, name, opener):
    with pytest.raises(tt.FileError) as caught:
        opener(broken / name).avg()
    assert name in str(caught.value) and "\n" not in str(caught.value)
    assert isinstance(caught.value, OSError)


@pytest.mark.parametrize("path", [3, None, ["a"], "a\0b"])
def test_what_is_no_path_is_a_parameter_error(path):
    with pytest.raises(tt.ParameterError):
        tt.Image.new_from_file(path)


@pytest.fixture
def damaged(pictures, tmp_path_factory):
    """The first half of a real JPEG."""
    whole = (pictures / "hubble_deep_field.jpg").read_bytes()
    path = tmp_path_factory.mktemp("damaged") / "half.jpg"
    path.write_bytes(whole[: len(whole) // 2])
    return path


def test_a_damaged_picture_fails_when_pixels_are_asked_for(damaged):
    im = tt.Image.new_from_file(damaged)
    assert (im.width, im.height) == (1000, 872)
    for ask in (im.avg, im.numpy, im.gaussblur(1).max, im.write_to_memory):
        with pytest.raises(tt.OperationError, match="[Pp]remature end"):
            ask()
    whatever_decodes = tt.Image.new_from_file(damaged, fail_on="none")
    assert whatever_decodes.avg() > 0


def test_a_picture_that_ends_in_its_header_is_a_file_error(pictures):
    with pytest.raises(tt.FileError, match="truncated.jpg"):
        tt.Image.new_from_file(pictures / "truncated.jpg")


def test_a_full_disk_is_a_file_error():
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    noise = tt.Image.gaussnoise(1000, 1000).cast("uchar")
    for write in (lambda: noise.write_to_file("/dev/full"), lambda: noise.recipe.save("/dev/full")):
        with pytest.raises(tt.FileError, match="/dev/full"):
            write()


def test_a_failed_save_leaves_the_old_file(astronaut, damaged, tmp_path):
    path = tmp_path / "kept.png"
    astronaut.write_to_file(path)
    before = path.read_bytes()
    with pytest.raises(tt.FileError, match="kept.png"):
        tt.Image.new_from_file(damaged).write_to_file(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["kept.png"]


def test_saving_where_nothing_can_be_saved_is_a_file_error(coins, tmp_path):
    for path in (tmp_path / "no" / "such" / "folder.png", tmp_path / "picture.nosuchformat", tmp_path):
        with pytest.raises(tt.FileError):
            coins.write_to_file(path)
    assert os.listdir(tmp_path) == []


def test_an_image_can_be_saved_over_the_file_it_comes_from(astronaut, tmp_path):
    path = tmp_path / "own.png"
    astronaut.write_to_file(path)
    im = tt.Image.new_from_file(path)
    wanted = im.invert().numpy()
    im.invert().write_to_file(path)
    assert np.array_equal(tt.Image.new_from_file(path).numpy(), wanted)


def test_a_file_that_was_overwritten_shows_its_new_pixels(tmp_path):
    path = tmp_path / "scan.png"
    tt.Image.black(30, 20).write_to_file(path)
    assert tt.Image.new_from_file(path).max() == 0
    (tt.Image.black(30, 20) + 200).cast("uchar").write_to_file(path)
    assert tt.Image.new_from_file(path).max() == 200


@pytest.mark.parametrize("width", [384, 40])
def test_a_thumbnail_can_be_asked_for_its_pixels_again(pictures, width):
    path = str(pictures / "coins.png")
    for small in (tt.Image.thumbnail(path, width), tt.Image.thumbnail_buffer(open(path, "rb").read(), width)):
        level = small.avg()
        assert small.avg() == level and [(small + number).avg() for number in range(3)] == [level, level + 1, level + 2]
        assert small(0, 0)[0] == small.numpy()[0, 0]
        assert tt.parallel.map(lambda number: (small + number).avg(), range(8)) == [level + number for number in range(8)]
