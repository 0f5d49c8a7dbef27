# Tests of what tt.batch refuses: outputs that would lose something, functions that cannot travel, workers that die.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import pathlib
import shutil
import signal
import threading

import pytest
from recipe_texts import INPUT, INVERT, link, recipe_text

import tintype as tt


def plus(image, info):
    return (image + 1).cast("uchar")


@pytest.mark.parametrize(
    "given, error",
    [
        ({"inputs": "nowhere"}, r"nowhere: there is no such file or folder"),
        ({"inputs": "in/*.tif"}, r"in/\*.tif: no file matches this pattern"),
        ({"inputs": "empty"}, r"empty: there are no pictures in this folder; those below are taken with recursive"),
        ({"inputs": []}, r"the list is empty"),
        ({"inputs": [7]}, r"an input must be a path, not int"),
        ({"out": "out/one.png"}, r"in/s1.png and in/s2.png would both become out/one.png; use \{folder\}"),
        ({"out": "in"}, r"the output of in/s1.png would be written over the input in/s1.png"),
        ({"out": "out/{stm}.png"}, r"out has no field \{stm\}; there are \{stem\}, \{name\}, \{ext\}, \{folder\}"),
        ({"out": "out/{stem.__class__}.png"}, r"out has no field \{stem.__class__\}"),
        ({"out": "out/{stem"}, r"cannot be read: expected '}'"),
        ({"out": "out/{stem}.xyz"}, r"in/s1.png would become out/s1.xyz, whose ending names no format"),
        ({"out": "out/{stem}.dz"}, r"out/s1.dz, whose ending names no format to save one file in"),
        ({"format": "png", "out": "out/{stem}.png"}, r"format goes with a folder for the outputs"),
        ({"jobs": 0}, r"jobs must be a whole number from 1 to 1024, not 0"),
        ({"timeout": -1}, r"timeout must be a number of seconds above 0, not -1"),
        ({"timeout": True}, r"timeout must be a number of seconds above 0, not True"),
        ({"inputs": 5}, r"inputs must be a path, a pattern, or several of them, not 5"),
        ({"inputs": None}, r"inputs must be a path, a pattern, or several of them, not None"),
        ({"save": "Q=3"}, r"save must be a dict of options of the saver, .*, not 'Q=3'"),
        ({"save": {1: 2}}, r"save must be a dict of options of the saver, .*; 1 is no name"),
        ({"save": {"bogus": 5}}, r"save, for .png: there is no option 'bogus'; there are compression, "),
        ({"save": {"Q": 500}, "format": "jpg"}, r"save, for .jpg: Q must be from 1 to 100, not 500"),
        ({"save": {"profile": "nowhere.icc"}}, r"save: profile names nowhere.icc, and there is no such file; built in are none, srgb"),
        (
            {"work": tt.Recipe.from_json(recipe_text([INPUT, {"operation": "icc_import", "parameters": {"in": link(0), "input_profile": "no.icc"}}]))},
            r"^batch: step 2 \(icc_import\): input_profile names no.icc, and there is no such file",
        ),
        (
            {"work": tt.Recipe.from_json(recipe_text([INPUT, {"operation": "thumbnail", "parameters": {"filename": "no.png", "width": 3}}, {"operation": "add", "parameters": {"left": link(0), "right": link(1)}}]))},
            r"^batch: step 2 \(thumbnail\): filename names no.png, and there is no such file",
        ),
        ({"pictures": ["x"]}, r"pictures must be a dict of pictures by the names of inputs, not \['x'\]"),
        ({"out": "out/{index:999999999}.png"}, r"in out, \{index:999999999\} must have a width of up to 999"),
        ({"out": "out/{index:{stem}}.png"}, r"in out, \{index:\{stem\}\} must have a width of up to 999"),
        ({"executor": "processes://foo"}, r"executor 'processes://foo' has an address"),
        ({"report": "empty"}, r"report, empty, is a folder; give the name of a file in it"),
        ({"table": "in/s1.png/t.csv"}, r"table, in/s1.png/t.csv, cannot be written: .*/in/s1.png is not a folder"),
        ({"out": "in/s1.png/{stem}.png"}, r"out, in/s1.png/\{stem\}.png, cannot be written: .*/in/s1.png is not a folder"),
        ({"journal": "empty"}, r"journal, empty, is a folder"),
        ({"work": tt.Recipe.from_json(recipe_text([INPUT, INVERT])), "out": None}, r"nothing says where it goes; give out"),
        (
            {"work": tt.Recipe.from_json(recipe_text([INPUT, INVERT])), "pictures": {"drak": "in/s1.png"}},
            r"the recipe has no input 'drak' for a picture; there are image",
        ),
        ({"pages": "some"}, r"pages must be all or first, not 'some'"),
        ({"work": 7}, r"work must be a recipe, an image, a function, or the path .*, not int"),
        ({"work": "missing.json"}, r"missing.json: cannot be read: No such file"),
        ({"work": lambda: None}, r"must take an image and its info"),
        ({"input": "scan"}, r"input and pictures are for recipes"),
        ({"out": None, "resume": True}, r"resume needs a journal to go on from"),
        ({"out": None, "verify": True}, r"there are none without out"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_written(pictures, given, error):
    os.makedirs("empty/below")
    before = sorted(pathlib.Path(".").rglob("*"))
    with pytest.raises(tt.Error, match=error):
        tt.batch(**{"work": plus, "inputs": "in", "out": "out", "executor": "threads"} | given)
    assert sorted(pathlib.Path(".").rglob("*")) == before


@pytest.mark.parametrize(
    "given, error",
    [
        ({"report": "in/s1.png"}, r"report would be written over the input in/s1.png"),
        ({"table": "in/deep/../s2.png"}, r"table would be written over the input in/s2.png"),
        ({"journal": "in/s1.png"}, r"journal would be written over the input"),
        ({"report": "out/s1.png"}, r"report would be written over the output of in/s1.png"),
        ({"report": "linked"}, r"report would be written over the input in/s1.png"),
        ({"work": "work.py", "report": "work.py"}, r"report would be written over work.py"),
        ({"report": "r", "table": "./r"}, r"report and table would both be"),
        ({"journal": "pipe"}, r"journal: pipe is no file that can be kept"),
        ({"report": "diary"}, r"report: diary exists already; overwrite writes over it"),
    ],
)
def test_report_table_and_journal_are_written_over_nothing(pictures, given, error):
    os.link("in/s1.png", "linked")
    os.mkfifo("pipe")
    pathlib.Path("diary").write_text("dear")
    pathlib.Path("work.py").write_text("def process(image): return image")
    before = {path: path.read_bytes() for path in pathlib.Path(".").rglob("*") if path.is_file()}
    with pytest.raises(tt.Error, match=error):
        tt.batch(**{"work": plus, "inputs": "in", "out": "out", "executor": "threads"} | given)
    assert {path: path.read_bytes() for path in pathlib.Path(".").rglob("*") if path.is_file()} == before


def test_a_report_goes_through_links_and_into_pipes(pictures, records):
    os.symlink("real", "shown")
    tt.batch(plus, "in", "out", report="shown", executor="threads")
    assert os.path.islink("shown") and len(records("real")) == 4
    os.mkfifo("pipe")
    got = []
    reader = threading.Thread(target=lambda: got.extend(records("pipe")))
    reader.start()
    tt.batch(plus, "in", "other", report="pipe", executor="threads")
    reader.join()
    assert len(got) == 4


def test_a_link_to_the_input_is_not_written_over_either(pictures):
    os.mkdir("out")
    os.link("in/s1.png", "out/s1.png")
    with pytest.raises(tt.ParameterError, match="would be written over the input"):
        tt.batch(plus, "in/s1.png", "out", overwrite=True, executor="threads")


def test_existing_outputs_are_written_over_only_when_told(pictures):
    os.mkdir("out")
    pathlib.Path("out/s1.png").write_bytes(b"dear")
    with pytest.raises(tt.FileError, match=r"1 of 4 outputs exist already \(out/s1.png\); overwrite writes over them"):
        tt.batch(plus, "in", "out", executor="threads")
    assert pathlib.Path("out/s1.png").read_bytes() == b"dear" and len(os.listdir("out")) == 1
    assert tt.batch(plus, "in", "out", overwrite=True, executor="threads").done == 4


def test_an_output_that_appears_meanwhile_stays(pictures):
    def process(image, info):
        pathlib.Path(info.output).write_bytes(b"dear")
        return image

    failed = tt.batch(process, "in/s1.png", "out/s1.png", journal="j", executor="threads").failures
    os.makedirs("out", exist_ok=True)
    assert "No such file" in failed[0]["error"]
    failed = tt.batch(process, "in/s1.png", "out/s1.png", journal="j", executor="threads").failures
    assert "out/s1.png: exists already, and holds something else" in failed[0]["error"]
    assert pathlib.Path("out/s1.png").read_bytes() == b"dear" and os.listdir("out") == ["s1.png"]


def test_a_folder_that_vanishes_fails_its_files_and_no_more(pictures):
    tt.Image.black(3, 3).write_to_file("z-last.png")

    def process(image, info):
        shutil.rmtree("in", ignore_errors=True)
        return image

    done = tt.batch(process, ["in/s1.png", "in/s2.png", "z-last.png"], "out", executor="threads", jobs=1)
    assert done.done == 1 and [record["input"] for record in done.failures] == ["in/s1.png", "in/s2.png"]
    assert all("in/s" in record["error"] for record in done.failures)


def test_a_worker_that_is_killed_fails_its_file_and_no_more(pictures):
    def process(image, info):
        if info.path.endswith("s2.png"):
            os.kill(os.getpid(), signal.SIGKILL)
        return (image + 1).cast("uchar")

    done = tt.batch(process, "in", "out", jobs=2)
    assert done.done == 3
    (record,) = done.failures
    assert record["input"] == "in/s2.png" and record["kind"] == "crashed"
    assert record["error"] == (
        "in/s2.png: the process that worked on it was ended by SIGKILL (the system may have run out of memory)"
    )
    assert sorted(name for name in os.listdir("out") if name[0] != ".") == ["s1.png", "s10.png", "s9.png"]
    assert not [name for name in os.listdir("out") if ".part" in name]


def test_a_file_that_takes_too_long_fails_and_no_more(pictures):
    def process(image, info):
        if info.path.endswith("s2.png"):
            threading.Event().wait(600)
        return (image + 1).cast("uchar")

    done = tt.batch(process, "in", "out", jobs=2, timeout=3)
    assert done.done == 3
    (record,) = done.failures
    assert (record["input"], record["kind"]) == ("in/s2.png", "timeout")
    assert record["error"] == "in/s2.png: it took longer than its time limit of 3 s"


def test_a_function_that_cannot_travel_is_refused(pictures):
    lock = threading.Lock()

    def process(image, info):
        with lock:
            return image

    with pytest.raises(tt.ParameterError, match=r'process cannot be sent to other processes: its variable lock is .*executor="threads"'):
        tt.batch(process, "in", "out", jobs=2)
    assert tt.batch(process, "in", "out", jobs=2, executor="threads").done == 4


@pytest.mark.parametrize("executor", ["threads", "processes"])
def test_a_result_that_cannot_be_written_down_fails_its_file(pictures, executor):
    def process(image, info):
        if info.index == 1:
            info["lock"] = threading.Lock()
        return open("in/s1.png") if info.index == 2 else image

    first, second = tt.batch(process, "in", "out", jobs=2, executor=executor).failures
    assert {first["error"], second["error"]} == {
        "info['lock'] is of type lock, which the report cannot hold; numbers, texts, lists, dicts and arrays can be",
        f"the function {process.__qualname__} must give an Image, an array, a Table, both as a tuple, or None, not TextIOWrapper",
    }


def test_another_batch_with_the_same_journal_is_refused(pictures):
    def process(image, info):
        try:
            tt.batch(plus, "in", "other", journal="j", executor="threads")
        except tt.FileError as error:
            info["error"] = str(error)

    tt.batch(process, "in/s1.png", journal="j", report="r.jsonl", executor="threads")
    assert "j: another batch is writing this journal" in json.loads(open("r.jsonl").readline())["info"]["error"]
