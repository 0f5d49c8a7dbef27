# Tests of recipes from files in tt.batch: wrong and hostile ones, and the files that they may read.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re

import pytest
from recipe_texts import INPUT, INVERT, link, recipe_text

import tintype as tt


@pytest.mark.parametrize(
    "text, error",
    [
        ("", r"this recipe is empty"),
        ("[1", r"it is not JSON"),
        (recipe_text([INPUT, INVERT], version=99), r"was written by a newer Tintype \(format 99"),
        (recipe_text([INPUT, {"operation": "scan.despeckle", "parameters": {"in": link(0)}}]), r"step 2 \(scan.despeckle\): .* an add-on may be missing"),
        (recipe_text([INPUT, {"operation": "invert", "parameters": {"in": link(1)}}]), r"step 2 \(invert\): a link goes to step 2, but only the steps before"),
        (recipe_text([INPUT, {"operation": "invert", "parameters": {"in": link(2)}}, INVERT]), r"a link goes to step 3"),
        (recipe_text([INPUT, INVERT], result=9), r"a link goes to step 10"),
        (recipe_text([{"operation": "black", "parameters": {"width": 4, "height": 4}}]), r"it has no input for the files"),
        (recipe_text([INPUT, {"operation": "system", "parameters": {"in": link(0), "cmd_format": "id"}}]), r"step 2 \(system\)"),
        ("{" + '"a":{' * 100_000, r"it is not JSON"),
    ],
    ids=["empty", "broken", "newer", "add-on", "own-link", "later-link", "lost-result", "no-input", "shell", "deep"],
)  # fmt: skip
def test_recipes_that_cannot_be_used_are_refused_with_the_step(pictures, text, error):
    pathlib.Path("bad.json").write_text(text)
    with pytest.raises(tt.RecipeError, match="^bad.json: .*" + error):
        tt.batch("bad.json", "in", "out")
    assert not os.path.exists("out")


def test_a_recipe_that_is_too_long_is_refused_before_it_is_read(pictures):
    # Nobody gets as far as the end, which is broken.
    pathlib.Path("long.json").write_text(recipe_text([INPUT] * 10_001)[:-9])
    with pytest.raises(tt.RecipeError, match=r"^long.json: the recipe has more than 10000 steps"):
        tt.batch("long.json", "in", "out")
    for name in ("large.json", "large.tint"):
        with open(name, "wb") as file:
            file.truncate(1 << 40)
        with pytest.raises(tt.RecipeError, match=rf"^{name}: the file has 1099511627776 bytes; a batch takes .* of up to 67108864"):
            tt.batch(name, "in", "out")


def test_steps_are_counted_however_they_are_written(pictures):
    chain = [{"operation": "invert", "parameters": {"in": link(node)}} for node in range(10_000)]
    text = recipe_text([INPUT, *chain])
    pathlib.Path("long.json").write_text(text.replace('"operation"', '"\\u006fperation"'))
    with pytest.raises(tt.RecipeError, match=r"^long.json: the recipe has 10001 steps; a batch takes up to 10000"):
        tt.batch("long.json", "in", "out")


def test_a_recipe_file_reads_no_files_elsewhere(pictures, here, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "dark.png"
    (tt.Image.black(6, 4) + 1).cast("uchar").write_to_file(elsewhere)
    (tt.Image.new_from_file("in/s9.png") - tt.Image.new_from_file(elsewhere)).cast("uchar").recipe.save("flat.json")
    with pytest.raises(tt.RecipeError, match=rf"reads {re.escape(str(elsewhere))}, which lies outside the recipe's own folder"):
        tt.batch("flat.json", "in", "out", input="s9")
    # What the person names may come from anywhere.
    assert tt.batch("flat.json", "in", "out", pictures={"dark": elsewhere}).done == 4
    thumbnail = {"operation": "thumbnail", "parameters": {"filename": "/etc/hostname", "width": 4}}
    add = {"operation": "add", "parameters": {"left": link(0), "right": link(1)}}
    pathlib.Path("thumbnail.json").write_text(recipe_text([INPUT, thumbnail, add]))
    with pytest.raises(tt.RecipeError, match=r"\(thumbnail\) reads /etc/hostname"):
        tt.batch("thumbnail.json", "in", "out2")


def test_what_a_recipe_file_reads_is_counted_from_its_folder(pictures, here, monkeypatch):
    os.mkdir("kept")
    for folder, value in (("kept", 30), ("in", 70)):
        (tt.Image.black(6, 4) + value).cast("uchar").write_to_file(f"{folder}/dark.png")
    thumbnail = {"operation": "thumbnail", "parameters": {"filename": "dark.png", "width": 6}}
    add = {"operation": "add", "parameters": {"left": link(0), "right": link(1)}}
    cast = {"operation": "cast", "parameters": {"in": link(2), "format": "uchar"}}
    pathlib.Path("kept/add.json").write_text(recipe_text([INPUT, thumbnail, add, cast]))
    monkeypatch.chdir("in")
    assert tt.batch("../kept/add.json", "s9.png", "../out").failures == []
    assert tt.Image.new_from_file("../out/s9.png").avg() == 39
    pathlib.Path("../kept/add.json").write_text(recipe_text([INPUT, thumbnail | {"parameters": {"filename": "../in/dark.png", "width": 6}}, add]))
    with pytest.raises(tt.RecipeError, match=r"\(thumbnail\) reads .*/kept/../in/dark.png, which lies outside"):
        tt.batch("../kept/add.json", "s9.png", "../out2")
