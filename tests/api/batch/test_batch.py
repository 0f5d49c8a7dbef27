# Tests of tt.batch: what runs, what goes in, what comes out.
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import hashlib
import math
import os
import re

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


def test_what_is_lost_is_said(here, recipe, records):
    picture = tt.Image.black(6, 4, bands=4).cast("ushort").copy(interpretation="rgb16", xres=11.81, yres=11.81)
    picture.set_field("xmp-data", "VipsBlob", data=b"<x/>").write_to_file("in.tif")
    tt.batch(lambda image: image, "in.tif", "out/x.jpg", report="r.jsonl", save={"strip": True}, executor="threads")
    lost = records("r.jsonl")[0]["lost"]
    assert "xmp-data" in lost and "bands: 4 became 3" in lost and "format: ushort became uchar" in lost
    assert not [name for name in lost if name.startswith(("vips-", "n-pages"))]


def test_texts_and_timing_that_are_lost_are_said(here, records):
    grey = (tt.Image.black(6, 4) + 3).cast("uchar")
    grey.set_field("png-comment-0-Title", "gchararray", text="Cells").write_to_file("a.png")
    animation = grey.pagejoin(grey + 50).cast("uchar").set_field("delay", "VipsArrayInt", numbers=[100, 300])
    animation.set_field("loop", "gint", numbers=[3]).write_to_file("b.gif")
    grey.write_to_file("c.gif")
    tt.batch(lambda image: image, ["a.png", "b.gif", "c.gif"], "out", format="tif", report="r.jsonl", executor="threads")
    title, timing, still = (record["lost"] for record in records("r.jsonl"))
    assert title == ["png-comment-0-Title"]
    assert {"delay", "loop"} <= set(timing) and not {"delay", "loop"} & set(still)
    tt.batch(lambda image: image, "a.png", "same", report="r.jsonl", executor="threads")
    assert records("r.jsonl")[0]["lost"] == []


@pytest.mark.parametrize("ending, lost", [("raw", ["bands", "format", "height", "width"]), ("szi", [])])
def test_formats_that_cannot_be_read_back_are_written(pictures, records, ending, lost):
    done = tt.batch(lambda image: image, "in/s9.png", "out", format=ending, report="r.jsonl", executor="threads", verify=True)
    assert done.failures == []
    (record,) = records("r.jsonl")
    assert (record["lost"], record["verified"]) == (lost, None)
    assert os.path.getsize(f"out/s9.{ending}") == record["output_bytes"] > 0


def test_numbers_that_are_none_read_back_the_same(here, records):
    values = tt.Image.new_from_array([[1.0, math.nan], [math.inf, 4.0]]).cast("float")
    values.write_to_file("in.tif")
    assert tt.batch(lambda image: image, "in.tif", "out", verify=True, report="r.jsonl", executor="threads").failures == []
    assert records("r.jsonl")[0]["verified"] is True
    failed = tt.batch(lambda image: image, "in.tif", "out/x.png", verify=True, executor="threads").failures
    assert "out/x.png: reads back with other pixels, which are not finite in one of the two" in failed[0]["error"]


def test_verifying_compares_lossless_outputs(here, records):
    noise = tt.Image.gaussnoise(40, 30, mean=100, sigma=30, seed=1).cast("uchar")
    noise.write_to_file("in.png")
    work = tt.Image.new_from_file("in.png").invert().recipe
    for ending, save, verified in (("png", {}, True), ("jpg", {}, None), ("webp", {"lossless": True}, True), ("webp", {}, None)):
        tt.batch(work, "in.png", f"out-{verified}-{ending}", format=ending, save=save, verify=True, report="r.jsonl")
        assert records("r.jsonl")[0]["verified"] is verified


def test_an_output_that_reads_back_differently_is_a_failure(here):
    (tt.Image.black(4, 4) + 0.5).write_to_file("in.tif")
    failed = tt.batch(lambda image: image + 0.25, "in.tif", "out/x.png", verify=True, executor="threads").failures
    assert "out/x.png: reads back with other pixels, which differ by up to 0.75" in failed[0]["error"]
    assert not os.path.exists("out/x.png")


def test_an_input_with_a_name_is_replaced_and_others_are_given(here):
    for name, value in (("scan", 50), ("dark", 1), ("other", 60), ("black", 2)):
        (tt.Image.black(4, 4) + value).cast("uchar").write_to_file(f"{name}.png")
    (tt.Image.new_from_file("scan.png") - tt.Image.new_from_file("dark.png")).cast("uchar").recipe.save("flat.json")
    with pytest.raises(tt.RecipeError, match=r"flat.json: the recipe has 2 inputs \(scan, dark\)"):
        tt.batch("flat.json", "other.png", "out")
    tt.batch("flat.json", "other.png", "one", input="scan")
    tt.batch("flat.json", "other.png", "two", pictures={"dark": "black.png"})
    assert (level("one/other.png"), level("two/other.png")) == (59, 58)


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
