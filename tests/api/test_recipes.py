# Recipes: written as JSON and as a script, read again, and used on other pictures.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import pickle

import numpy as np
import pytest

import tintype as tt
from tintype import _recipe_files

# One line each; `im` is grey, `rgb` is in colour, `other` is another grey picture of the same size.
STEPS = {
    "gaussblur": lambda im, rgb, other: im.gaussblur(2.5),
    "sharpen": lambda im, rgb, other: rgb.sharpen(sigma=1),
    "median": lambda im, rgb, other: im.median(5),
    "rank": lambda im, rgb, other: im.rank(3, 3, 2),
    "conv": lambda im, rgb, other: im.conv(tt.Image.new_from_list([[1, 2, 1], [2, 4, 2], [1, 2, 1]], scale=16)),
    "conv with rows": lambda im, rgb, other: im.conv([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "compass": lambda im, rgb, other: im.compass([[1, 1, 1], [0, 0, 0], [-1, -1, -1]], times=2),
    "sobel": lambda im, rgb, other: im.sobel(),
    "canny": lambda im, rgb, other: im.canny(sigma=1.5),
    "resize": lambda im, rgb, other: rgb.resize(0.37, kernel="linear"),
    "reduce": lambda im, rgb, other: im.reduce(1.7, 2.3),
    "shrink": lambda im, rgb, other: im.shrink(2, 3),
    "rotate": lambda im, rgb, other: rgb.rotate(17),
    "rot": lambda im, rgb, other: im.rot("d90"),
    "flip": lambda im, rgb, other: im.flip("horizontal"),
    "crop": lambda im, rgb, other: im.crop(10, 20, 100, 80),
    "smartcrop": lambda im, rgb, other: rgb.smartcrop(100, 90),
    "embed": lambda im, rgb, other: im.embed(5, 6, 400, 400, extend="mirror"),
    "wrap": lambda im, rgb, other: im.wrap(x=30, y=40),
    "zoom": lambda im, rgb, other: im.zoom(2, 3),
    "subsample": lambda im, rgb, other: im.subsample(3, 2),
    "replicate": lambda im, rgb, other: im.replicate(2, 1),
    "affine": lambda im, rgb, other: im.affine([1, 0.2, 0.1, 1], interpolate="bicubic"),
    "invert": lambda im, rgb, other: im.invert(),
    "linear": lambda im, rgb, other: rgb.linear([1, 1.5, 2], [0, -10, 3]),
    "gamma": lambda im, rgb, other: im.gamma(exponent=2.2),
    "add": lambda im, rgb, other: im.add(other),
    "add a constant": lambda im, rgb, other: rgb.add([1, 2, 3]),
    "subtract": lambda im, rgb, other: im - other,
    "multiply": lambda im, rgb, other: im * other,
    "divide": lambda im, rgb, other: im / (other + 1),
    "power": lambda im, rgb, other: (im / 100) ** 1.5,
    "remainder": lambda im, rgb, other: im % 7,
    "bits": lambda im, rgb, other: (im & 0xF0) | (other >> 4) ^ 3,
    "compare": lambda im, rgb, other: (im > 100) & (other <= im),
    "ifthenelse": lambda im, rgb, other: (im > 100).ifthenelse(rgb, [1, 2, 3]),
    "ifthenelse constants": lambda im, rgb, other: (im > 100).ifthenelse(7, 9),
    "blend": lambda im, rgb, other: im.ifthenelse(rgb, 5, blend=True),
    "math": lambda im, rgb, other: im.math("sin"),
    "log": lambda im, rgb, other: (im + 1).log(),
    "round": lambda im, rgb, other: (im * 0.3).round("ceil"),
    "abs": lambda im, rgb, other: abs(im - 100),
    "sign": lambda im, rgb, other: (im - 100).sign(),
    "cast": lambda im, rgb, other: (im * 3).cast("ushort"),
    "colourspace": lambda im, rgb, other: rgb.colourspace("lab"),
    "grey": lambda im, rgb, other: rgb.colourspace("b-w"),
    "bandjoin": lambda im, rgb, other: im.bandjoin([other, rgb]),
    "bandjoin constants": lambda im, rgb, other: rgb.bandjoin(255),
    "bands": lambda im, rgb, other: rgb[1].bandjoin(rgb[0:2]),
    "bandmean": lambda im, rgb, other: rgb.bandmean(),
    "bandbool": lambda im, rgb, other: rgb.bandor(),
    "bandrank": lambda im, rgb, other: im.bandrank([other, im.invert()]),
    "recomb": lambda im, rgb, other: rgb.recomb([[0.3, 0.6, 0.1], [0, 1, 0]]),
    "composite": lambda im, rgb, other: rgb.composite(rgb.invert().bandjoin(128), "over", x=[3], y=[4]),
    "insert": lambda im, rgb, other: im.insert(other, 50, 60, expand=True),
    "join": lambda im, rgb, other: im.join(other, "vertical", shim=5),
    "arrayjoin": lambda im, rgb, other: tt.Image.arrayjoin([im, other, im], across=2),
    "hist_equal": lambda im, rgb, other: im.hist_equal(),
    "hist_local": lambda im, rgb, other: im.hist_local(20, 30, max_slope=3),
    "hist_find": lambda im, rgb, other: im.hist_find().hist_cum().hist_norm(),
    "maplut": lambda im, rgb, other: im.maplut(tt.Image.identity().linear(-1, 255).cast("uchar")),
    "morph": lambda im, rgb, other: (im > 100).morph([[255, 255, 255]] * 3, "erode"),
    "threshold": lambda im, rgb, other: im > im.otsu(),
    "split": lambda im, rgb, other: (im > im.otsu()).fill_holes().clear_border().remove_small_objects(size=20).split_objects(),
    "watershed": lambda im, rgb, other: im.sobel().watershed((im > 150).label(connectivity=4), mask=im > 20),
    "distance": lambda im, rgb, other: (im > 100).distance_transform(metric="chessboard"),
    "deskewed": lambda im, rgb, other: other.rotate(other.find_skew(most=3)),
    "labelregions": lambda im, rgb, other: (im > 100).labelregions(),
    "fft": lambda im, rgb, other: im.fwfft().invfft(real=True),
    "complex": lambda im, rgb, other: im.complexform(other).polar().real(),
    "draw": lambda im, rgb, other: im.draw_circle([200], 100, 100, 40, fill=True),
    "profile": lambda im, rgb, other: im.profile()[1],
    "stdif": lambda im, rgb, other: im.stdif(11, 11),
    "scale": lambda im, rgb, other: (im * 3.7).scale(),
    "trimmed": lambda im, rgb, other: im.crop(*(im > im.avg()).find_trim(background=0)),
    "minus its mean": lambda im, rgb, other: rgb - rgb.getpoint(3, 3),
    "normalised": lambda im, rgb, other: (im - im.avg()) / im.deviate(),
    "where it is brightest": lambda im, rgb, other: im.crop(im.max(x=True)[1]["x"] // 9, 0, 40, 40),
    "text": lambda im, rgb, other: tt.Image.text("Tintype", dpi=100),
    "noise": lambda im, rgb, other: im + tt.Image.gaussnoise(384, 303, seed=7),
}


@pytest.fixture
def inputs(pictures, coins):
    other = tt.Image.new_from_file(pictures / "page.png")
    rgb = tt.Image.new_from_file(pictures / "coffee.png").crop(20, 30, 384, 303)
    return coins, rgb, other.embed(0, 0, 384, 303)


def same(image, other):
    first, second = image.numpy(), other.numpy()
    return first.dtype == second.dtype and np.array_equal(first, second, equal_nan=first.dtype.kind in "fc")


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
class TestEveryStep:
    def test_its_script_makes_the_same_pixels(self, step, inputs):
        image = step(*inputs)
        names = {}
        exec(image.recipe.to_script(), names)
        assert same(names["result"], image)

    def test_its_json_makes_the_same_pixels(self, step, inputs):
        image = step(*inputs)
        back = tt.Recipe.from_json(image.recipe.to_json())
        assert same(back.image, image)
        assert back.to_json() == image.recipe.to_json()

    def test_asked_again_it_gives_the_same_pixels(self, step, inputs):
        assert same(step(*inputs), step(*inputs))


def test_a_threshold_found_by_otsu_is_found_anew(coins, cell, pictures):
    recipe = (coins > coins.otsu()).recipe
    assert float(coins.otsu()) != float(cell.otsu())
    there = recipe.apply(cell)
    assert same(there, cell > float(cell.otsu()))
    assert same(recipe.apply(pictures / "cell.png"), there)
    assert same(recipe.apply(coins=cell), there)
    assert same(tt.Recipe.from_json(recipe.to_json()).apply(cell), there)


def test_inputs_have_names(coins, cell):
    recipe = (coins - cell.embed(0, 0, 384, 303)).recipe
    assert recipe.inputs == ["coins", "cell"]
    assert same(recipe.apply(cell=coins), coins - coins.embed(0, 0, 384, 303))
    for wrong in (lambda: recipe.apply(coins), lambda: recipe.apply(scan=coins), lambda: (tt.Image.black(1, 1)).recipe.apply(coins)):
        with pytest.raises(tt.RecipeError):
            wrong()
    with pytest.raises(tt.RecipeError, match="coins.*cell"):
        recipe.apply(scan=coins)
    with pytest.raises(tt.ParameterError, match="int"):
        recipe.apply(coins=3)


def test_recipes_are_saved_and_loaded(coins, cell, tmp_path):
    recipe = coins.gaussblur(3).recipe
    recipe.save(tmp_path / "blur.json")
    assert json.loads((tmp_path / "blur.json").read_text())["tintype"] == 1
    loaded = tt.Recipe.load(tmp_path / "blur.json")
    assert same(loaded.apply(cell), cell.gaussblur(3))
    assert "gaussblur" in repr(loaded) and "coins" in repr(loaded)
    assert same(pickle.loads(pickle.dumps(loaded)).image, coins.gaussblur(3))


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", "{}", '{"tintype": 99, "nodes": [], "result": {}}', '{"tintype": 1, "nodes": 3, "result": 4}',
     '{"tintype": 1, "nodes": [{"operation": "no_such_thing", "parameters": {}}], "result": {"node": 0, "output": "out"}}'],
)
def test_what_is_no_recipe_is_refused(text, tmp_path):
    with pytest.raises(tt.RecipeError):
        tt.Recipe.from_json(text)
    (tmp_path / "bad.json").write_text(text)
    with pytest.raises(tt.RecipeError, match="bad.json"):
        tt.Recipe.load(tmp_path / "bad.json")


def test_files_without_a_recipe_are_file_errors(tmp_path, pictures):
    for path in (tmp_path, tmp_path / "missing.json", pictures / "coins.png"):
        with pytest.raises(tt.FileError, match=path.name):
            tt.Recipe.load(path)


def test_relative_names_in_a_file_are_counted_from_its_folder(coins, tmp_path, monkeypatch):
    for folder in ("kept", "elsewhere"):
        (tmp_path / folder).mkdir()
    coins.write_to_file(tmp_path / "kept" / "pic.png")
    coins.invert().write_to_file(tmp_path / "elsewhere" / "pic.png")
    monkeypatch.chdir(tmp_path / "elsewhere")
    found = (tmp_path / "kept" / "pic.png").stat()
    version = {"size": found.st_size, "modified": found.st_mtime_ns, "planes": False}
    for node in ({"operation": "thumbnail", "parameters": {"filename": "pic.png", "width": 384}},
                 {"operation": "file", "parameters": {"filename": {"text": "cGljLnBuZw=="}, **version}}):  # fmt: skip
        text = json.dumps({"tintype": 1, "nodes": [node], "result": {"node": 0, "output": "out"}})
        (tmp_path / "kept" / "r.json").write_text(text)
        for name in (tmp_path / "kept" / "r.json", "../kept/r.json"):
            assert same(tt.Recipe.load(name).image, coins)


def test_what_other_operations_call_so_is_left_alone():
    nodes = [{"operation": "somebody.trace", "parameters": {"filename": "a", "line_profile": "steep"}}]
    content = {"nodes": nodes, "result": {"node": 0, "output": "out"}}
    before = json.dumps(content)
    assert not _recipe_files.anchor(content, "/kept") and json.dumps(content) == before


def test_saving_makes_names_of_files_absolute(coins, tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    coins.write_to_file(tmp_path / "pic.png")
    monkeypatch.chdir(tmp_path)
    small = tt.Image.thumbnail("pic.png", 40, export_profile="sRGB")
    small.recipe.save("deep/r.json")
    [node] = json.loads((tmp_path / "deep" / "r.json").read_text())["nodes"]
    assert (node["parameters"]["filename"], node["parameters"]["export_profile"]) == (str(tmp_path / "pic.png"), "sRGB")
    monkeypatch.chdir("/")
    loaded = tt.Recipe.load(tmp_path / "deep" / "r.json").image
    assert same(loaded, tt.Image.thumbnail(str(tmp_path / "pic.png"), 40, export_profile="srgb"))


def test_pixels_in_memory_cannot_be_written_down(tmp_path):
    image = tt.Image.new_from_array(np.zeros((4, 5), "uint8")).invert()
    for write in (image.recipe.to_json, image.recipe.to_script, lambda: image.recipe.save(tmp_path / "r.json")):
        with pytest.raises(tt.RecipeError, match="memory"):
            write()
    assert list(tmp_path.iterdir()) == []
    assert image.recipe.inputs == ["image"]
    assert image.recipe.apply(tt.Image.black(3, 3)).max() == 255
