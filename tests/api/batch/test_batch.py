# Tests of tt.batch: what runs, what goes in, what comes out.
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import hashlib
import os
import re
import sys

import pytest

import tintype as tt


def level(path):
    return tt.Image.new_from_file(path).avg()


def sha256(path):
    return hashlib.sha256(open(path, "rb").read()).hexdigest()


def test_a_recipe_file_runs_over_a_folder(pictures, recipe):
    done = tt.batch(recipe, "in", "out")
    assert (done.total, done.done, done.failed, done.failures) == (4, 4, 0, [])
    assert {name: level(f"out/{name}") for name in sorted(os.listdir("out")) if name[0] != "."} == {
        "s1.png": 101, "s10.png": 110, "s2.png": 102, "s9.png": 109,
    }  # fmt: skip


def test_folders_below_are_taken_on_request_and_kept(pictures, recipe):
    assert tt.batch(recipe, "in", "out", recursive=True).done == 5
    assert level("out/deep/s5.png") == 105


def test_a_pattern_finds_files_at_any_depth(pictures, recipe):
    assert tt.batch(recipe, "in/**/*.png", "out/{folder}/{stem}.tif").done == 5
    assert level("out/deep/s5.tif") == 105 and level("out/s1.tif") == 101


def test_names_with_digits_of_other_kinds_are_sorted(pictures, recipe):
    os.mkdir("in/10²")
    tt.Image.black(2, 2).write_to_file("in/10²/x.png")
    os.mkdir("in/٣")
    tt.Image.black(2, 2).write_to_file("in/٣/x.png")
    planned = tt.batch(recipe, "in", "out", recursive=True, dry_run=True).planned
    assert [path for path, _ in planned] == [
        "in/10²/x.png", "in/deep/s5.png", "in/s1.png", "in/s2.png", "in/s9.png", "in/s10.png", "in/٣/x.png",
    ]  # fmt: skip


def test_pipes_in_folders_are_left_out_and_refused_by_name(pictures, recipe):
    os.mkfifo("in/pipe.png")
    os.symlink("nothing", "in/link.png")
    for inputs in ("in", "in/*.png"):
        planned = tt.batch(recipe, inputs, "out", dry_run=True).planned
        assert "in/pipe.png" not in dict(planned) and len(planned) >= 4
    with pytest.raises(tt.FileError, match="in/pipe.png: this is a pipe, not a file"):
        tt.batch(recipe, ["in/s1.png", "in/pipe.png"], "out")
    with pytest.raises(tt.FileError, match="/dev/zero: this is a device, not a file"):
        tt.batch(recipe, "/dev/zero", "out")
    (failed,) = tt.batch(recipe, "in", "out").failures
    assert failed["input"] == "in/link.png"


def test_an_image_of_a_project_runs(pictures):
    tt.data.images["other"] = tt.Image.new_from_file("in/s1.png").invert()
    tt.data.images["plus"] = (tt.Image.new_from_file("in/s1.png") + 7).cast("uchar")
    tt.project.save("work.tint")
    tt.batch("work.tint#plus", ["in/s2.png"], "out")
    assert level("out/s2.png") == 9
    with pytest.raises(tt.RecipeError, match="work.tint: the project has no image 'cells'; there are other, plus"):
        tt.batch("work.tint#cells", "in", "out2")


def test_images_and_recipes_run_as_they_are(pictures):
    image = (tt.Image.new_from_file("in/s1.png") + 3).cast("uchar")
    tt.batch(image, "in/s2.png", "out")
    tt.batch(image.recipe, "in/s9.png", "out")
    assert (level("out/s2.png"), level("out/s9.png")) == (5, 12)


@pytest.mark.parametrize("executor, jobs", [("threads", 1), ("threads", 2), ("processes", 2)])
def test_a_function_runs_on_each_picture(pictures, records, executor, jobs):
    def process(image, info):
        info["level"] = image.avg()
        info["name"] = os.path.basename(info.path)
        return (image + 1).cast("uchar")

    done = tt.batch(process, "in", "out", report="r.jsonl", executor=executor, jobs=jobs)
    assert done.failures == []
    assert [(record["info"]["name"], record["info"]["level"]) for record in records("r.jsonl")] == [
        ("s1.png", 1), ("s2.png", 2), ("s9.png", 9), ("s10.png", 10),
    ]  # fmt: skip
    assert level("out/s10.png") == 11


@pytest.mark.parametrize("has_window", [False, True])
def test_cores_are_shared_out_where_no_canvas_needs_them(pictures, monkeypatch, has_window):
    monkeypatch.setattr(tt._tintype, "has_window", lambda: has_window)
    threads = tt._tintype.engine_threads()
    tt._tintype.set_engine_threads(7)
    try:
        found = []
        tt.batch(lambda image: found.append(tt._tintype.engine_threads()), "in", journal="j", executor="threads", jobs=1024)
        assert set(found) == {7 if has_window else 1} and len(found) == 4 and tt._tintype.engine_threads() == 7
    finally:
        tt._tintype.set_engine_threads(threads)


def test_a_python_file_that_was_edited_is_read_anew(pictures, here):
    for step in (1, 2):
        (here / "edited.py").write_text(f"def process(image): return image + {step}")
        tt.batch("edited.py", "in/s9.png", "out", executor="threads", overwrite=True)
        assert level("out/s9.png") == 9 + step


def test_a_python_file_runs_beside_its_modules(pictures, here):
    (here / "beside_batch.py").write_text("STEP = 4")
    (here / "work.py").write_text("import beside_batch\ndef process(image):\n    return (image + beside_batch.STEP).cast('uchar')")
    assert tt.batch("work.py", "in", "out", jobs=2).failures == []
    assert level("out/s1.png") == 5


def test_a_function_may_give_arrays(pictures):
    tt.batch(lambda image, info: image.numpy() * 2, "in/s9.png", "out", executor="threads")
    assert level("out/s9.png") == 18


def test_measurements_of_all_files_come_in_one_table(pictures):
    def process(image, info):
        info["cells"] = tt.Table({"half": [image.avg() / 2, float("nan")]}, {"half": "px"})

    done = tt.batch(process, "in", table="n.csv", executor="threads")
    assert done.rows == 8
    with open("n.csv", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[:4] == [["file", "half [px]"], ["in/s1.png", "0.5"], ["in/s1.png", ""], ["in/s2.png", "1.0"]]


def test_the_report_says_what_was_done(pictures, recipe, records):
    (pictures / "bad.png").write_bytes(b"nothing")
    done = tt.batch(recipe, "in", "out", report="r.jsonl")
    bad, first = records("r.jsonl")[:2]
    assert done.failed == 1 and done.failures[0]["input"] == bad["input"] == "in/bad.png"
    assert "this is not an image" in bad["error"] and not os.path.exists("out/bad.png")
    assert (first["error"], first["planes"], first["lost"], first["index"]) == (None, 1, [], 2)
    assert (first["input_sha256"], first["output_sha256"]) == (sha256("in/s1.png"), sha256("out/s1.png"))
    assert (first["input_bytes"], first["output_bytes"]) == (os.path.getsize("in/s1.png"), os.path.getsize("out/s1.png"))
    assert first["seconds"] > 0


def test_a_result_names_the_first_failure(pictures, recipe):
    (pictures / "bad.png").write_bytes(b"nothing")
    assert repr(tt.batch(recipe, "in", "out")).startswith("<batch: 4 done, 1 failed, of 5; first in/bad.png: this is not an image")

    def process(image, info):
        raise ValueError("much to say " * 100 + "\nand more")

    said = repr(tt.batch(process, "in/s1.png", executor="threads", journal="j"))
    assert said.startswith("<batch: 0 done, 1 failed, of 1; first in/s1.png: ValueError: much to say ")
    assert said.endswith("…>") and len(said) < 300


def test_an_error_of_a_function_comes_with_its_traceback(pictures, records):
    def process(image, info):
        return [1][int(image.avg())]

    tt.batch(process, "in/s1.png", "out", report="r.jsonl", executor="threads")
    (record,) = records("r.jsonl")
    assert record["error"] == "IndexError: list index out of range"
    assert "return [1][int(image.avg())]" in record["traceback"]


def test_pages_go_through_one_by_one_and_are_kept(here):
    pages = [(tt.Image.black(6, 4) + value).cast("uchar") for value in (10, 20, 30)]
    pages[0].pagejoin(pages[1:]).write_to_file("in.tif")
    tt.data.images["x"] = (tt.open("in.tif") + 1).cast("uchar")
    tt.batch(tt.data.images["x"], "in.tif", "recipe")
    tt.batch(lambda image, info: (image + info.plane).cast("uchar"), "in.tif", "function", executor="threads")
    for folder, levels in (("recipe", [11, 21, 31]), ("function", [10, 21, 32])):
        saved = tt.open(f"{folder}/in.tif")
        assert saved.axes == {"page": 3}
        assert [saved.plane(page).avg() for page in range(3)] == levels
    failed = tt.batch(tt.data.images["x"], "in.tif", "out/x.jpg").failures
    assert "the file has 3 pages, but a file that ends in .jpg holds one" in failed[0]["error"]
    assert tt.batch(tt.data.images["x"], "in.tif", "out/x.jpg", pages="first").failed == 0


def test_of_pyramids_and_pages_that_differ_the_first_can_be_taken(here):
    levels = tt.Image.gaussnoise(300, 200, seed=2).cast("uchar")
    levels.write_to_file("in.tif", pyramid=True, tile=True, tile_width=64, tile_height=64)
    (failed,) = tt.batch(lambda image: image, "in.tif", "out", executor="threads").failures
    assert re.fullmatch(
        r"the pages differ, and pages of one kind only can be saved together: 300 x 200 uchar with 1 band; 150 x 100 .*; "
        'take pages="first", which of a pyramid is the whole picture', failed["error"]
    )  # fmt: skip
    assert tt.batch(lambda image: image, "in.tif", "out", executor="threads", pages="first").done == 1
    assert (tt.Image.new_from_file("out/in.tif") - levels).abs().max() == 0


def test_info_of_pages_is_a_list(here, records):
    page = tt.Image.black(6, 4)
    page.pagejoin(page + 3).write_to_file("in.tif")

    def process(image, info):
        info["level"] = image.avg()
        return tt.Table({"level": [image.avg()]})

    tt.batch(process, "in.tif", report="r.jsonl", table="n.csv", executor="threads")
    assert records("r.jsonl")[0]["info"] == [{"level": 0.0}, {"level": 3.0}]
    assert open("n.csv", encoding="utf-8-sig").read() == "file,page,level\nin.tif,1,0.0\nin.tif,2,3.0\n"


def test_columns_called_as_those_of_the_batch_are_kept(here):
    page = tt.Image.black(6, 4)
    page.pagejoin(page + 3).write_to_file("in.tif")
    page.write_to_file("one.tif")

    def process(image, info):
        return tt.Table({"page": [7], "file": ["own"], "a": [1], "a [px]": [2]}, {"a": "px"})

    assert tt.batch(process, ["in.tif", "one.tif"], table="n.csv", executor="threads").failures == []
    assert open("n.csv", encoding="utf-8-sig").read().splitlines() == [
        "file,page,page (table),file (table),a [px],a [px] (table)", "in.tif,1,7,own,1,2", "in.tif,2,7,own,1,2", "one.tif,,7,own,1,2",
    ]  # fmt: skip


def test_info_whose_keys_would_be_one_is_refused(pictures):
    def process(image, info):
        info["levels"] = {1: 2, "1": 3}

    (failed,) = tt.batch(process, "in/s1.png", report="r.jsonl", executor="threads").failures
    assert failed["error"] == "info['levels'] has two keys that are '1' in the report"


@pytest.mark.parametrize("stem", ["n" * 250, "ö" * 125])
def test_the_longest_names_can_be_outputs(pictures, recipe, stem):
    done = tt.batch(recipe, "in/s1.png", f"out/{stem}.png", overwrite=True)
    assert done.failures == [] and level(f"out/{stem}.png") == 101
    assert sorted(os.listdir("out")) == [".tintype-batch.journal", f"{stem}.png"]


def test_files_are_named_as_they_were_given(pictures, recipe):
    (pictures / "bad.png").write_bytes(b"nothing")
    (failed,) = tt.batch(recipe, "in/bad.png", "out").failures
    assert failed["error"].startswith("in/bad.png: this is not an image")
    (failed,) = tt.batch(recipe, pictures / "bad.png", "out", overwrite=True).failures
    assert failed["error"].startswith(f"{pictures}/bad.png: this is not an image")


def test_a_function_that_ends_python_fails_its_file(pictures):
    def process(image, info):
        sys.exit(f"no luck with {info.index}")

    (failed,) = tt.batch(process, "in/s1.png", executor="threads", report="r.jsonl").failures
    assert failed["error"] == "in/s1.png: The function has called sys.exit('no luck with 1')"


def test_an_input_with_a_name_is_replaced_and_others_are_given(here):
    for name, value in (("scan", 50), ("dark", 1), ("other", 60), ("black", 2)):
        (tt.Image.black(4, 4) + value).cast("uchar").write_to_file(f"{name}.png")
    (tt.Image.new_from_file("scan.png") - tt.Image.new_from_file("dark.png")).cast("uchar").recipe.save("flat.json")
    with pytest.raises(tt.RecipeError, match=r"flat.json: the recipe has 2 inputs \(scan, dark\)"):
        tt.batch("flat.json", "other.png", "out")
    tt.batch("flat.json", "other.png", "one", input="scan")
    tt.batch("flat.json", "other.png", "two", pictures={"dark": "black.png"})
    tt.batch("flat.json", "other.png", "three", pictures={"dark": tt.Image.new_from_file("black.png")})
    assert [level(f"{folder}/other.png") for folder in ("one", "two", "three")] == [59, 58, 58]


def test_a_dry_run_shows_and_writes_nothing(pictures, recipe):
    before = sorted(os.listdir("."))
    planned = tt.batch(recipe, "in", "out/{index:03}-{stem}.jpg", dry_run=True).planned
    assert planned == [
        ("in/s1.png", "out/001-s1.jpg"), ("in/s2.png", "out/002-s2.jpg"), ("in/s9.png", "out/003-s9.jpg"),
        ("in/s10.png", "out/004-s10.jpg"),
    ]  # fmt: skip
    assert sorted(os.listdir(".")) == before


def test_names_that_are_no_text_go_through(here, recipe, records):
    name = os.fsdecode(b"caf\xe9.png")
    tt.Image.black(4, 4).write_to_file(name)
    assert tt.batch(recipe, name, "out", report="r.jsonl").failures == []
    assert os.path.exists(os.path.join("out", name)) and records("r.jsonl")[0]["input"] == name
