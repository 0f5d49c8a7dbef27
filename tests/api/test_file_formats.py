# File formats that Python functions open and save: everywhere that pictures are opened and saved, and refused where they are wrong.
# SPDX-License-Identifier: GPL-3.0-or-later
import enum
import os
import pathlib
import threading
from typing import Annotated, Literal

import numpy as np
import pytest

import tintype as tt


@pytest.fixture(autouse=True)
def no_formats():
    yield
    for id in tt._tintype.file_format_ids():
        tt.remove_file_format(id)


def load_array(path):
    with open(path, "rb") as file:
        return np.load(file)


def save_array(image, path):
    with open(path, "wb") as file:
        np.save(file, image.numpy())


def define(load=load_array, save=save_array, id="npy", title="NumPy array", suffixes=(".npy",), **said):
    tt.file_format(id, title=title, suffixes=suffixes, load=load, save=save, **said)


@pytest.fixture
def npy(tmp_path):
    """A file with 3 x 5 pixels."""
    path = tmp_path / "ramp.npy"
    np.save(path, np.arange(15, dtype=np.uint16).reshape(3, 5))
    return path


def test_it_opens_and_saves_like_any_other(npy, tmp_path, coins):
    define()
    image = tt.Image.new_from_file(npy)
    assert (image.width, image.height, image.format) == (5, 3, "ushort")
    assert np.array_equal(tt.open(npy).numpy(), np.load(npy))
    coins.invert().write_to_file(tmp_path / "coins.npy")
    assert np.array_equal(np.load(tmp_path / "coins.npy"), 255 - coins.numpy())
    assert sorted(os.listdir(tmp_path)) == ["coins.npy", "ramp.npy"]
    assert ".npy" in tt.get_suffixes()
    tt.remove_file_format("npy")
    assert ".npy" not in tt.get_suffixes()
    with pytest.raises(tt.FileError, match="names no image format"):
        coins.write_to_file(tmp_path / "other.npy")


def test_capitals_in_the_suffix_are_the_same(npy):
    define(suffixes=".NPY")
    assert tt.open(npy.rename(npy.with_name("LOUD.Npy"))).width == 5


def test_it_is_read_once(npy):
    calls = []
    define(lambda path: calls.append(path) or np.load(path))
    image = tt.open(npy)
    assert image.avg() == 7 and (image + 1).avg() == 8 and image.max() == 14
    assert calls == [str(npy)]


def test_the_path_is_what_its_annotation_says(npy):
    def load(path: pathlib.Path):
        return np.load(path.parent / path.name)

    define(load)
    assert tt.open(npy).max() == 14


def test_a_list_is_pages_and_a_dict_channels(npy):
    define(lambda path: [np.load(path), np.load(path) + 1, tt.Image.black(5, 3)])
    image = tt.open(npy)
    assert image.axes == {"page": 3} and image.plane(page=1).avg() == 8 and image.plane(2).format == "uchar"
    assert (image + 10).plane(page=1).avg() == 18
    assert tt.Image.new_from_file(npy).axes == {}
    define(lambda path: {"DAPI": np.load(path), "GFP": np.load(path) * 2})
    image = tt.open(npy)
    assert image.axes == {"channel": ["DAPI", "GFP"]} and image.plane(channel="GFP").avg() == 14


def test_what_the_image_says_of_itself_stays(npy):
    define(lambda path: tt.Image.new_from_array(np.load(path)).copy(xres=2, yres=2).set_field("camera", "gchararray", text="Leica"))
    image = tt.open(npy)
    assert (image.xres, image.get("camera")) == (2, "Leica")


def test_an_image_with_planes_of_its_own_keeps_them(npy, pictures):
    define(lambda path: tt.open(pictures / "multipage.tif"))
    assert tt.open(npy).axes == tt.open(pictures / "multipage.tif").axes
    assert tt.open(npy).plane(1).avg() == tt.open(pictures / "multipage.tif").plane(1).avg()


class Kind(enum.Enum):
    PLAIN = "plain"
    BOLD = "bold"


def test_options_are_parameters(npy, tmp_path):
    seen = []

    def load(path, scale: Annotated[float, tt.Range(0, 10)] = 1, *, kind: Kind = Kind.PLAIN):
        seen.append(kind)
        return np.load(path) * scale

    def save(image, path, level: Literal["low", "high"] = "low", note: str | None = None):
        pathlib.Path(path).write_text(f"{level} {note} {image.max():g}")

    define(load, save)
    image = tt.open(npy, scale=2, kind="bold")
    assert image.avg() == 14 and seen == [Kind.BOLD]
    assert f'tt.open("{npy}", kind="bold", loader="npy", scale=2.0)' in image.recipe.to_script()
    image.write_to_file(f"{tmp_path / 'out.npy'}[level=high]", note="x")
    assert (tmp_path / "out.npy").read_text() == "high x 28"
    with pytest.raises(tt.ParameterError, match="npy: scale must be a number from 0 to 10, not 11"):
        tt.open(npy, scale=11)
    with pytest.raises(tt.ParameterError, match="npy: there is no parameter 'Q' .*it takes level"):
        image.write_to_file(tmp_path / "out.npy", Q=3)


def test_a_name_chooses_it_whatever_the_suffix(npy, tmp_path):
    define()
    other = npy.rename(tmp_path / "ramp.dat")
    with pytest.raises(tt.FileError, match="not an image"):
        tt.open(other)
    assert tt.open(other, loader="npy").max() == 14
    tt.open(other, loader="npy").write_to_file(tmp_path / "out.dat", saver="npy")
    assert np.load(tmp_path / "out.dat").max() == 14
    with pytest.raises(tt.ParameterError, match="there is no loader 'nothing'"):
        tt.open(other, loader="nothing")


def test_the_suffix_goes_before_what_the_file_looks_like(tmp_path, coins):
    raw, other = tmp_path / "shot.nef", tmp_path / "shot.dat"
    for path in (raw, other):
        path.write_bytes(coins.write_to_buffer(".tif"))
    define(load=lambda path: np.full((2, 3), 7, np.uint8), id="camera", suffixes=[".nef"])
    assert (tt.open(raw).width, tt.Image.new_from_file(raw).max()) == (3, 7)
    assert tt.open(other).width == coins.width


def test_files_are_known_by_their_beginning_as_well(npy, tmp_path):
    define(sniff=b"\x93NUMPY")
    assert tt.open(npy.rename(tmp_path / "nameless")).max() == 14


def test_recipes_are_read_again_and_say_what_is_missing(npy, tmp_path):
    define()
    tt.open(npy).invert().recipe.save(tmp_path / "r.json")
    assert tt.Recipe.load(tmp_path / "r.json").image.max() == 65535
    tt.remove_file_format("npy")
    recipe = tt.Recipe.load(tmp_path / "r.json")
    with pytest.raises(tt.FileError, match="ramp.npy: it is opened by the format 'npy' of this program, which is off or missing"):
        recipe.image.max()
    # Applied to another picture it does not need the format.
    assert recipe.apply(tt.Image.black(2, 2)).max() == 255


def test_projects_keep_the_file_by_its_path(npy, tmp_path):
    define()
    tt.data.images["ramp"] = tt.open(npy)
    tt.project.save(tmp_path / "p.tint")
    del tt.data.images["ramp"]
    tt.project.open(tmp_path / "p.tint")
    assert tt.data.images["ramp"].max() == 14


def test_saving_over_the_file_that_an_image_is_read_from_keeps_its_pixels(npy):
    define()
    image = tt.open(npy)
    (image * 2).cast("ushort").write_to_file(npy)
    tt._tintype.drop_caches()
    assert image.max() == 14 and tt.open(npy).max() == 28


def test_batches_take_and_make_it(npy, tmp_path):
    define()
    np.save(tmp_path / "b.npy", np.full((2, 2), 3, np.uint8))
    result = tt.batch(lambda image: image + 1, tmp_path, out=str(tmp_path / "out/{stem}.npy"), executor="threads")
    assert not result.failed
    assert np.load(tmp_path / "out/b.npy").max() == 4 and np.load(tmp_path / "out/ramp.npy").max() == 15


def test_workers_get_those_that_a_script_has_defined(npy, tmp_path):
    define()
    maxima = tt.parallel.map(lambda path: tt.open(path).max(), [str(npy)] * 2, executor="processes")
    assert list(maxima) == [14, 14]
    assert list(tt.parallel.map(lambda image: image.max(), [tt.open(npy)], executor="processes")) == [14]


# What goes wrong.


def fail(error):
    def load(path, *args):
        raise error

    return lambda *arguments: load(*arguments)


def test_an_error_of_load_names_file_format_and_reason(npy):
    define(lambda path: 1 / 0)
    with pytest.raises(tt.FileError) as caught:
        tt.open(npy)
    assert str(caught.value) == f"{npy}: the format NumPy array (npy) of this program cannot open it: ZeroDivisionError: division by zero"
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert "test_file_formats.py" in "".join(__import__("traceback").format_exception(caught.value))


@pytest.mark.parametrize(
    "given, said",
    [
        (None, "not None; does it lack a return"),
        (5, "must give an image, an array, a list of them for pages or a dict of them for channels, not 5"),
        ("text", "not 'text'"),
        ([], "its function gave no planes"),
        ({}, "its function gave no planes"),
        ([None], "not None"),
        (np.zeros((0, 0)), "each at least 1, not \\(0, 0\\)"),
        (np.zeros((2, 2, 2, 2)), "not \\(2, 2, 2, 2\\)"),
        (np.array([["a"]]), "cannot hold numbers of the type"),
    ],
)
def test_what_load_must_not_give(npy, given, said):
    define(lambda path: given)
    with pytest.raises(tt.FileError, match=f"ramp.npy: the format NumPy array .*{said}"):
        tt.open(npy)


def test_a_load_that_never_returns_is_stopped(npy):
    begun = threading.Event()

    def load(path):
        begun.set()
        while True:
            pass

    define(load)
    ended = []

    def work():
        try:
            tt.open(npy)
        except BaseException as error:
            ended.append(type(error))

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(60)
    tt.remove_file_format("npy")
    tt._tintype.cancel_thread(thread.ident)
    thread.join(60)
    assert ended == [tt.Cancelled]


def test_a_save_that_fails_leaves_the_old_file(npy, tmp_path):
    def save(image, path):
        with open(path, "wb") as file:
            file.write(b"half")
        raise OSError(28, "No space left on device", path)

    define(save=save)
    before = npy.read_bytes()
    with pytest.raises(tt.FileError) as caught:
        tt.Image.black(2, 2).write_to_file(npy)
    assert str(caught.value).startswith(f"{npy}: the format NumPy array (npy) of this program cannot save it: OSError: [Errno 28]")
    assert ".part" not in str(caught.value)
    assert npy.read_bytes() == before and os.listdir(tmp_path) == ["ramp.npy"]


def test_a_save_that_writes_elsewhere_is_an_error(npy, tmp_path):
    define(save=lambda image, path: None)
    with pytest.raises(tt.FileError, match="has not written the file that it was told to write"):
        tt.Image.black(2, 2).write_to_file(npy)


def test_one_way_is_enough(npy, tmp_path):
    define(save=None)
    with pytest.raises(tt.FileError, match="names no image format"):
        tt.open(npy).write_to_file(tmp_path / "out.npy")
    with pytest.raises(tt.ParameterError, match="can only be opened"):
        tt.open(npy).write_to_file(tmp_path / "out.npy", saver="npy")
    define(load=None)
    with pytest.raises(tt.FileError, match="not an image"):
        tt.open(npy)
    with pytest.raises(tt.ParameterError, match="files only"):
        tt.Image.black(2, 2).write_to_buffer(".npy")


def refused(*arguments, match, **said):
    with pytest.raises(tt.ParameterError, match=match):
        tt.file_format(*arguments, **said)


def test_what_is_wrong_with_a_format_is_named():
    load = load_array
    refused(5, suffixes=".x", load=load, match="id must be a text, not 5")
    refused("a b", suffixes=".x", load=load, match="file format 'a b': its id must be of small letters")
    refused("x", suffixes=".x", load=load, title=7, match="title must be a text")
    refused("x", suffixes="x", load=load, match="a suffix must be a text that begins with a dot, such as .npy, not 'x'")
    refused("x", suffixes=[7], load=load, match="begins with a dot, such as .npy, not 7")
    refused("x", suffixes=7, load=load, match="suffixes must be texts such as .npy, not 7")
    refused("x", suffixes=[], load=load, match="it needs a suffix at least")
    refused("x", suffixes=".x y", load=load, match="'.x y' is no suffix of file names")
    refused("x", suffixes=".png", load=load, match="files that end in .png are opened or saved by Tintype itself")
    refused("x", suffixes=".py", load=load, match="Tintype's own scripts or projects")
    refused("x", suffixes=".x", match="it needs a function that loads or one that saves")
    refused("x", suffixes=".x", load=5, match="fn must be a function")
    refused("x", suffixes=".x", load=load, sniff="text", match="sniff must be bytes, such as b'NUMPY', not 't'")
    refused("x", suffixes=".x", load=load, sniff=b"", match="1 to 4096 bytes, not 0")
    refused("x", suffixes=".x", load=lambda: None, match="x', load: the function must take path first, as in load\\(path\\)")
    refused("x", suffixes=".x", save=lambda image: None, match="the function must take image and path first")
    refused("x", suffixes=".x", load=lambda path, **rest: None, match="\\*\\*rest cannot be described; name each parameter")
    refused("x", suffixes=".x", load=lambda path, thing: None, match="thing has no annotation")
    refused("x", suffixes=".x", save=lambda image, path, planes=1: None, match="an option cannot be called planes")
    assert tt._tintype.file_format_ids() == []


def test_defining_it_again_replaces_it(npy):
    define(lambda path: np.zeros((1, 1)))
    image = tt.open(npy)
    assert image.width == 1
    define()
    assert tt.open(npy).width == 5 and image.width in (1, 5)


def test_taking_away_what_is_not_there():
    with pytest.raises(tt.NotFoundError, match="there is no file format 'nothing'"):
        tt.remove_file_format("nothing")
