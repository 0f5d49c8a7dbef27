# Tests of tt.batch going on: what is done stays, what changed is done anew, what changed the work is refused.
# SPDX-License-Identifier: GPL-3.0-or-later
import functools
import os
import pathlib
import signal
import sys
import threading

import pytest

import tintype as tt
from tintype._batch.journal import Journal

JOURNAL = pathlib.Path("out/.tintype-batch.journal")


def level(path):
    return tt.Image.new_from_file(path).avg()


def save(value, path):
    (tt.Image.black(6, 4) + value).cast("uchar").write_to_file(path)


def go_on(recipe, **options):
    return tt.batch(recipe, "in", "out", resume=True, **options)


def test_what_is_done_is_not_done_again(pictures, recipe):
    tt.batch(recipe, "in", "out")
    times = {path: path.stat().st_mtime_ns for path in pathlib.Path("out").glob("*.png")}
    assert repr(go_on(recipe)) == "<batch: 0 done, 4 before, 0 failed, of 4>"
    assert {path: path.stat().st_mtime_ns for path in pathlib.Path("out").glob("*.png")} == times


def test_resuming_without_a_journal_begins(pictures, recipe):
    assert go_on(recipe).done == 4


def test_new_changed_and_failed_files_are_done(pictures, recipe):
    (pictures / "bad.png").write_bytes(b"nothing")
    assert tt.batch(recipe, "in", "out", report="r.jsonl", journal=JOURNAL).failed == 1
    save(77, "in/s2.png")
    save(3, "in/s3.png")
    save(8, "in/bad.png")
    os.remove("out/s9.png")
    done = go_on(recipe, report="r.jsonl", journal=JOURNAL)
    assert repr(done) == "<batch: 4 done, 2 before, 0 failed, of 6>"
    assert [level(f"out/{name}.png") for name in ("s2", "s3", "bad", "s9")] == [177, 103, 108, 109]
    assert len(open("r.jsonl").readlines()) == 6


def test_an_output_that_somebody_changed_stays(pictures, recipe):
    tt.batch(recipe, "in", "out")
    save(42, "out/s2.png")
    done = go_on(recipe)
    assert (done.done, done.done_before, done.failed) == (0, 3, 1)
    assert "out/s2.png: exists already, and holds something else" in done.failures[0]["error"]
    assert level("out/s2.png") == 42
    assert go_on(recipe, overwrite=True).done == 1 and level("out/s2.png") == 102


def test_another_recipe_or_other_options_are_refused(pictures, recipe):
    tt.batch(recipe, "in", "out")
    tt.Image.new_from_file("source.png").invert().recipe.save("other.json")
    with pytest.raises(tt.ParameterError, match="what changed: what is done. Do what it did, or begin anew with overwrite"):
        go_on("other.json")
    with pytest.raises(tt.ParameterError, match="what changed: options to save"):
        go_on(recipe, save={"compression": 1})
    assert tt.batch("other.json", "in", "out", overwrite=True).done == 4


def test_a_changed_function_is_another_one(pictures):
    pathlib.Path("work.py").write_text("def process(image): return image + 1")
    tt.batch("work.py", "in", "out", executor="threads")
    pathlib.Path("work.py").write_text("def process(image): return image + 2")
    with pytest.raises(tt.ParameterError, match="what changed: what is done"):
        tt.batch("work.py", "in", "out", executor="threads", resume=True)


def read(text):
    """The function `process` of the text; nobody has the text any more."""
    names = {}
    exec(text, names)
    return names["process"]


def closed_over(number):
    return lambda image: image + number


class Adder:
    def __init__(self, number):
        self.number = number

    def __call__(self, image):
        return image + self.number


def with_helper(number):
    pathlib.Path("helper.py").write_text(f"NUMBER = {number}")
    sys.modules.pop("helper", None)
    pathlib.Path("work.py").write_text("import helper\ndef process(image): return image + helper.NUMBER")
    return "work.py"


@pytest.mark.parametrize(
    "make",
    [
        lambda number: read(f"def process(image): return image + {number}"),
        lambda number: read(f"N = {number}\ndef process(image): return image + N"),
        lambda number: functools.partial(lambda image, *, by: image + by, by=number),
        lambda number: read(f"def add(x, n={number}): return x + n\ndef process(image): return add(image)"),
        closed_over,
        Adder,
        with_helper,
    ],
)
def test_a_function_is_another_one_when_what_it_uses_is(pictures, make, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    for name in [name for name in sys.modules if name.startswith("tintype_batch_")]:
        monkeypatch.delitem(sys.modules, name)
    tt.batch(make(1), "in", "out", executor="threads")
    assert go_on(make(1), executor="threads").done_before == 4
    for name in [name for name in sys.modules if name.startswith("tintype_batch_")]:
        del sys.modules[name]
    with pytest.raises(tt.ParameterError, match="what changed: what is done"):
        go_on(make(2), executor="threads")


def test_what_cannot_be_compared_is_not_gone_on_with(pictures):
    lock = threading.Lock()

    def process(image):
        with lock:
            return image

    tt.batch(process, "in", "out", executor="threads")
    with pytest.raises(tt.ParameterError, match="cannot tell whether the function .*process is still the same"):
        go_on(process, executor="threads")


def test_a_file_that_ends_the_program_is_refused(pictures):
    pathlib.Path("work.py").write_text("import sys; sys.exit('no licence')")
    with pytest.raises(tt.ParameterError, match="work.py: it ends the program: SystemExit: no licence"):
        tt.batch("work.py", "in", "out")


@pytest.mark.parametrize("lines, done", [(1, 4), (2, 3), (3, 3), (5, 2)])
def test_a_journal_that_was_cut_off_anywhere_goes_on(pictures, recipe, lines, done):
    tt.batch(recipe, "in", "out", jobs=1, report="whole.jsonl", journal="j")
    content = pathlib.Path("j").read_bytes().splitlines(keepends=True)
    # `ready` stands before what it says is true, so its output may be there or not; here it is.
    pathlib.Path("j").write_bytes(b"".join(content[:lines]) + content[lines][:-5])
    before = {path: path.read_bytes() for path in pathlib.Path("out").iterdir()}
    result = tt.batch(recipe, "in", "out", jobs=1, report="again.jsonl", journal="j", resume=True)
    assert (result.done, result.failed) == (done, 0)
    assert {path: path.read_bytes() for path in pathlib.Path("out").iterdir()} == before


def test_what_unfinished_runs_left_is_removed(pictures, recipe):
    tt.batch(recipe, "in/s1.png", "out")
    # No process has this number.
    pathlib.Path("out/.s2.4194999-2.part.png").write_bytes(b"half")
    pathlib.Path("out/..s2.4194999-2.part.4194999-1.part.png").write_bytes(b"half")
    pathlib.Path("out/.s2.notes.png").write_bytes(b"dear")
    assert go_on(recipe).done == 3
    assert sorted(path.name for path in pathlib.Path("out").glob(".*")) == [".s2.notes.png", JOURNAL.name]


def test_a_batch_begun_anew_removes_what_dead_ones_left(pictures, recipe):
    os.mkdir("out")
    living, others = f".s2.{os.getppid()}-2.part.png", ".s2.4194999-2.part.tif"
    for name in (living, others, ".s2.4194999-2.part.png", "..s2.4194999-2.part.4194999-1.part.png"):
        pathlib.Path("out", name).write_bytes(b"half")
    assert tt.batch(recipe, "in", "out", overwrite=True).done == 4
    # Of a process that lives, and of an output that this batch does not write.
    assert sorted(path.name for path in pathlib.Path("out").glob(".*")) == sorted([living, others, JOURNAL.name])


def test_outputs_among_the_inputs_are_not_taken_for_inputs(pictures, recipe):
    tt.batch(recipe, "in", "in/{stem}-new.png")
    done = tt.batch(recipe, "in", "in/{stem}-new.png", resume=True)
    assert (done.total, done.done_before) == (4, 4)


def test_a_batch_goes_on_through_links_to_its_folders(pictures, recipe):
    os.symlink("in", "link")
    tt.batch(recipe, "link", "in/out", recursive=True)
    assert sorted(path.name for path in pathlib.Path("in/out").rglob("*.png")) == ["s1.png", "s10.png", "s2.png", "s5.png", "s9.png"]
    done = tt.batch(recipe, "link", "in/out", recursive=True, resume=True)
    assert (done.total, done.done_before, done.failed) == (5, 5, 0)


def test_a_file_that_is_no_journal_is_left_alone(pictures, recipe):
    for text in ("dear\n", "dear", '{"a": 1}'):
        pathlib.Path("notes").write_text(text)
        for options in ({"resume": True}, {}):
            with pytest.raises(tt.FileError, match="notes: this is not the journal of a batch"):
                tt.batch(recipe, "in", "out", journal="notes", **options)
        assert pathlib.Path("notes").read_text() == text


def test_stopping_keeps_what_is_done_and_goes_on(pictures, monkeypatch):
    os.mkfifo("two are done")
    is_done = Journal.is_done

    def tell(self, key):
        is_done(self, key)
        if len(self.done) == 2:
            open("two are done", "w").close()

    monkeypatch.setattr(Journal, "is_done", tell)

    def process(image, info):
        if info.index == 3 and not os.path.exists("stopped"):
            pathlib.Path("stopped").touch()
            # The thread that takes what is done may not be so far.
            open("two are done").close()
            os.kill(os.getpid(), signal.SIGINT)
            while True:
                tt.sleep(0.01)
        return (image + 1).cast("uchar")

    with pytest.raises(KeyboardInterrupt):
        tt.batch(process, "in", "out", executor="threads", jobs=1, report="r.jsonl", journal="j")
    assert len(open("r.jsonl").readlines()) == 2
    assert not [name for name in os.listdir("out") if ".part" in name]
    done = tt.batch(process, "in", "out", executor="threads", jobs=1, report="r.jsonl", journal="j", resume=True)
    assert (done.done, done.done_before) == (2, 2)
    assert len(open("r.jsonl").readlines()) == 4
