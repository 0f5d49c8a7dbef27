# Tests of what tt.batch says of its outputs: what they have lost, and whether they read back the same.
# SPDX-License-Identifier: GPL-3.0-or-later
import math
import os

import pytest

import tintype as tt


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
    tt.batch(lambda image: image, "a.png", "same", report="r2.jsonl", executor="threads")
    assert records("r2.jsonl")[0]["lost"] == []


def test_pages_that_a_saver_leaves_out_are_said(here, records):
    page = (tt.Image.black(6, 4) + 3).cast("uchar")
    page.pagejoin(page + 50).cast("uchar").write_to_file("in.tif")
    tt.batch(lambda image: page, "in.tif", "out", format="webp", report="r.jsonl", executor="threads", jobs=1)
    assert "pages: 2 became 1" in records("r.jsonl")[0]["lost"]


@pytest.mark.parametrize("ending", ["tif", "v", "vips"])
def test_several_pages_are_verified(here, records, ending):
    page = tt.Image.gaussnoise(20, 10, mean=100, seed=1).cast("uchar")
    page.pagejoin(page.invert()).cast("uchar").write_to_file("in.tif")
    tt.batch(lambda image: image.invert(), "in.tif", "out", format=ending, verify=True, report="r.jsonl", executor="threads")
    (record,) = records("r.jsonl")
    assert (record["error"], record["verified"], record["lost"]) == (None, True, [])
    assert tt.open(f"out/in.{ending}").planes == 2
    tt.batch(lambda image: page, "in.tif", "new", format=ending, verify=True, report="r2.jsonl", executor="threads")
    (record,) = records("r2.jsonl")
    assert (record["error"], record["verified"], record["lost"]) == (None, True, [])
    assert tt.open(f"new/in.{ending}").planes == 2
    tt.batch(lambda image: image, "in.tif", "one", format=ending, pages="first", executor="threads")
    assert tt.open(f"one/in.{ending}").planes == 1


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
        tt.batch(work, "in.png", f"out-{verified}-{ending}", format=ending, save=save, verify=True, report="r.jsonl", overwrite=True)
        assert records("r.jsonl")[0]["verified"] is verified


def test_an_output_that_reads_back_differently_is_a_failure(here):
    (tt.Image.black(4, 4) + 0.5).write_to_file("in.tif")
    failed = tt.batch(lambda image: image + 0.25, "in.tif", "out/x.png", verify=True, executor="threads").failures
    assert "out/x.png: reads back with other pixels, which differ by up to 0.75" in failed[0]["error"]
    assert not os.path.exists("out/x.png")
