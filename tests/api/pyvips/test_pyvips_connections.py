# pyvips' conventions for encoded pictures: buffers, sources, targets, Python functions that read and write, methods by format.
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import os

import numpy as np
import pytest

import tintype as pyvips

LOSSLESS = [".png", ".tif", ".tif[compression=lzw,tile]", ".webp[lossless]", ".ppm"]


def same(image, other):
    return np.array_equal(image.numpy(), other.numpy())


@pytest.mark.parametrize("suffix", LOSSLESS)
def test_buffers_come_back_equal(astronaut, suffix):
    data = astronaut.write_to_buffer(suffix)
    assert isinstance(data, bytes)
    assert same(pyvips.Image.new_from_buffer(data, ""), astronaut)


def test_options_stand_in_the_text_or_beside_it(astronaut):
    small = astronaut.write_to_buffer(".jpg", Q=5)
    assert len(small) < len(astronaut.write_to_buffer(".jpg[Q=95]"))
    assert small == astronaut.write_to_buffer(".jpg[Q=5]")
    assert pyvips.Image.new_from_buffer(small, "[shrink=4]").width == 128
    assert pyvips.Image.new_from_buffer(small, "", shrink=2).width == 256
    with pytest.raises(pyvips.Error, match="there is no option 'shrunk'"):
        pyvips.Image.new_from_buffer(small, "", shrunk=2)
    with pytest.raises(pyvips.Error, match="options must be"):
        pyvips.Image.new_from_buffer(small, "shrink=2")


@pytest.mark.parametrize("data", [b"", b"no picture at all", bytes(100), b"GIF89a"])
def test_bytes_that_are_no_picture_are_refused(data):
    with pytest.raises(pyvips.FileError, match="buffer: "):
        pyvips.Image.new_from_buffer(data, "")


def test_what_is_no_memory_is_refused():
    with pytest.raises(pyvips.ParameterError, match="bytes are needed, not str"):
        pyvips.Image.new_from_buffer("a.png", "")


def test_a_broken_buffer_fails_when_its_pixels_are_asked_for(astronaut):
    data = astronaut.write_to_buffer(".png")
    image = pyvips.Image.new_from_buffer(data[: len(data) // 2], "")
    with pytest.raises(pyvips.Error):
        image.avg()
    assert pyvips.Image.new_from_buffer(data[: len(data) // 2], "", fail_on="none").avg() > 0


def test_a_buffer_may_be_changed_afterwards(coins):
    data = bytearray(coins.write_to_buffer(".png"))
    image = pyvips.Image.new_from_buffer(data, "")
    data[:] = bytes(len(data))
    pyvips.cache_set_max(0)
    assert image.avg() == coins.avg()


def test_a_format_that_only_files_have_is_refused(coins):
    with pytest.raises(pyvips.FileError, match="no filename"):
        coins.write_to_buffer(".v")


@pytest.mark.parametrize("suffix", [".fits", ".raw"])
def test_a_format_for_files_only_says_so(coins, suffix):
    with pytest.raises(pyvips.ParameterError, match=f"'{suffix}' can be written to files only"):
        coins.write_to_buffer(suffix)


def test_jpeg_2000_goes_back_in_what_it_writes(coins):
    assert same(pyvips.Image.new_from_buffer(coins.write_to_buffer(".jp2", lossless=True), ""), coins)
    written = bytearray()
    target = pyvips.TargetCustom()
    target.on_write(written.extend)
    coins.jp2ksave_target(target, lossless=True)
    assert same(pyvips.Image.jp2kload_buffer(bytes(written)), coins)


@pytest.mark.parametrize("suffix", [".nonsense", "", "png"])
def test_an_ending_without_a_format_is_refused(coins, suffix):
    with pytest.raises(pyvips.ParameterError, match="names no image format"):
        coins.write_to_buffer(suffix)


def test_recipes_name_the_source_that_cannot_be_written_down(coins):
    image = pyvips.Image.new_from_buffer(coins.write_to_buffer(".png"), "").gaussblur(2)
    for write in (image.recipe.to_json, image.recipe.to_script):
        with pytest.raises(pyvips.RecipeError, match='the source "buffer" holds an encoded picture in memory'):
            write()
    custom = pyvips.SourceCustom()
    custom.on_read(io.BytesIO(coins.write_to_buffer(".png")).read)
    with pytest.raises(pyvips.RecipeError, match='"sourcecustom"'):
        pyvips.Image.new_from_source(custom, "").recipe.to_json()
    assert image.recipe.inputs == ["buffer"]
    assert image.recipe.apply(coins).avg() == coins.gaussblur(2).avg()


def test_the_recipe_of_a_source_on_a_file_is_the_files(pictures):
    source = pyvips.Source.new_from_file(pictures / "coins.png")
    image = pyvips.Image.new_from_source(source, "")
    assert pyvips.Recipe.from_json(image.recipe.to_json()).image.avg() == image.avg()


def test_sources_are_files_memory_and_descriptors(coins, pictures):
    data = coins.write_to_buffer(".png")
    assert same(pyvips.Image.new_from_source(pyvips.Source.new_from_memory(data), ""), coins)
    file = os.open(pictures / "coins.png", os.O_RDONLY)
    source = pyvips.Source.new_from_descriptor(file)
    assert same(pyvips.Image.new_from_source(source, "", access="sequential"), coins)
    assert same(pyvips.Image.new_from_source(source, ""), coins)
    os.close(file)


def test_targets_are_files_memory_and_descriptors(coins, tmp_path):
    coins.write_to_target(pyvips.Target.new_to_file(tmp_path / "a.png"), ".png")
    assert same(pyvips.Image.new_from_file(tmp_path / "a.png"), coins)
    memory = pyvips.Target.new_to_memory()
    coins.write_to_target(memory, ".png")
    assert memory.get("blob") == (tmp_path / "a.png").read_bytes()
    file = os.open(tmp_path / "b.png", os.O_WRONLY | os.O_CREAT)
    coins.write_to_target(pyvips.Target.new_to_descriptor(file), ".png")
    os.close(file)
    assert (tmp_path / "b.png").read_bytes() == memory.get("blob")


@pytest.mark.parametrize("suffix", LOSSLESS)
@pytest.mark.parametrize("seekable", [False, True])
def test_python_functions_read_and_write(astronaut, suffix, seekable):
    read_from, written = io.BytesIO(astronaut.write_to_buffer(".png")), io.BytesIO()
    source = pyvips.SourceCustom()
    source.on_read(lambda size: read_from.read(min(size, 1000)))
    source.on_seek(read_from.seek)
    target = pyvips.TargetCustom()
    ended = []
    target.on_write(written.write)
    target.on_end(lambda: ended.append(True))
    if seekable:
        target.on_read(written.read)
        target.on_seek(written.seek)
    pyvips.Image.new_from_source(source, "", access="sequential").write_to_target(target, suffix)
    assert ended == [True]
    assert same(pyvips.Image.new_from_buffer(written.getvalue(), ""), astronaut)


def test_a_handler_may_take_a_part_of_what_it_is_offered(coins):
    taken = bytearray()

    def write(chunk):
        taken.extend(chunk[:100])
        return len(chunk[:100])

    target = pyvips.TargetCustom()
    target.on_write(write)
    coins.write_to_target(target, ".png")
    assert bytes(taken) == coins.write_to_buffer(".png")


def test_what_a_handler_raises_comes_out(coins):
    def fail(*_):
        raise ValueError("the disk is full of cheese")

    target = pyvips.TargetCustom()
    target.on_write(fail)
    with pytest.raises(pyvips.Error) as raised:
        coins.write_to_target(target, ".png")
    assert isinstance(raised.value.__cause__, ValueError)
    source = pyvips.SourceCustom()
    source.on_read(fail)
    with pytest.raises(ValueError, match="cheese"):
        pyvips.Image.new_from_source(source, "")


@pytest.mark.parametrize("answer", [-1, 0, 10**9, "many"])
def test_a_handler_that_lies_is_an_error(coins, answer):
    target = pyvips.TargetCustom()
    target.on_write(lambda chunk: answer)
    with pytest.raises(pyvips.Error):
        coins.write_to_target(target, ".png")


@pytest.mark.parametrize("answer", [5, "text", [1, 2]])
def test_a_reader_that_gives_no_bytes_is_an_error(answer):
    source = pyvips.SourceCustom()
    source.on_read(lambda size: answer)
    with pytest.raises(pyvips.ParameterError, match=f"the handler must give bytes, and none at the end, not {type(answer).__name__}"):
        pyvips.Image.new_from_source(source, "")


@pytest.mark.parametrize("number", [-1, "3", None])
def test_what_is_no_descriptor_is_refused(number):
    for make in (pyvips.Source.new_from_descriptor, pyvips.Target.new_to_descriptor):
        with pytest.raises(pyvips.ParameterError, match="a descriptor is a number from 0 on"):
            make(number)


def test_handlers_that_are_missing_are_named(coins):
    with pytest.raises(pyvips.ParameterError, match="on_write"):
        coins.write_to_target(pyvips.TargetCustom(), ".png")
    with pytest.raises(pyvips.ParameterError, match="on_read"):
        pyvips.Image.new_from_source(pyvips.SourceCustom(), "")
    with pytest.raises(pyvips.ParameterError, match="a Source is needed, not str"):
        pyvips.Image.new_from_source("a.png", "")


def test_formats_have_methods_of_their_own(astronaut, coins, tmp_path):
    astronaut.jpegsave(tmp_path / "a.jpg", Q=50)
    assert pyvips.Image.jpegload(tmp_path / "a.jpg", shrink=2).width == 256
    assert same(pyvips.Image.pngload_buffer(coins.pngsave_buffer(compression=1)), coins)
    assert same(pyvips.Image.tiffload_buffer(coins.tiffsave_buffer(compression="deflate")), coins)
    target = pyvips.Target.new_to_memory()
    coins.pngsave_target(target)
    assert same(pyvips.Image.pngload_source(pyvips.Source.new_from_memory(target.get("blob"))), coins)
    coins.rawsave(tmp_path / "bare")
    assert same(pyvips.Image.rawload(tmp_path / "bare", 384, 303, 1), coins)
    # The loader counts, not the ending.
    coins.pngsave(tmp_path / "a.tif")
    assert same(pyvips.Image.pngload(tmp_path / "a.tif"), coins)
    with pytest.raises(pyvips.Error):
        pyvips.Image.jpegload(tmp_path / "a.tif")


def test_the_recipe_keeps_the_loader(coins, tmp_path):
    coins.rawsave(tmp_path / "bare")
    image = pyvips.Image.rawload(tmp_path / "bare", 384, 303, 1)
    assert same(pyvips.Recipe.from_json(image.recipe.to_json()).image, coins)
    scope = {}
    exec(image.recipe.to_script(), scope)
    assert same(scope["result"], coins)


def test_thumbnails_come_from_files_buffers_and_sources(pictures, astronaut):
    data = astronaut.write_to_buffer(".jpg")
    assert pyvips.Image.thumbnail(str(pictures / "astronaut.png"), 100).width == 100
    assert pyvips.Image.thumbnail_buffer(data, 100).width == 100
    assert pyvips.Image.thumbnail_source(pyvips.Source.new_from_memory(data), 100).width == 100
    assert astronaut.thumbnail_image(100).width == 100


def test_an_encoded_picture_reaches_the_document(coins):
    pyvips.data.images["encoded"] = pyvips.Image.new_from_buffer(coins.write_to_buffer(".png"), "")
    assert pyvips.ops.invert(image="encoded").avg() == coins.invert().avg()
