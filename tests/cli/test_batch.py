# Tests of `tintype batch`: the words, exit codes, a full disk, and batches that are killed.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(os.environ["TINTYPE_SOURCE"]) / "tests" / "bench"))
from measure import killed  # noqa: E402

PICTURES = """
import os, sys, tintype as tt
os.makedirs("in/deep", exist_ok=True)
for index in range(int(sys.argv[1])):
    folder = "in/deep" if index % 5 == 4 else "in"
    tt.Image.micrograph(width=96, height=64, count=4, seed=index).write_to_file(f"{folder}/p{index + 1}.png")
"""

MEASURE = """
import tintype as tt

def process(image, info):
    mask = image > image.otsu()
    cells = tt.measure(mask.label(), image)
    info["cells"] = len(cells)
    return mask.invert(), cells
"""


@pytest.fixture
def folder(tmp_path, tintype):
    """Makes so many pictures in in/ and in/deep/."""

    def make(count):
        assert tintype("run", "-c", PICTURES, str(count), cwd=tmp_path).returncode == 0
        return tmp_path

    return make


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_operations_run_on_a_folder(tintype, folder):
    here = folder(3)
    done = tintype("batch", "--op", "gaussblur:sigma=2", "--op", "linear:a=[0.5],b=10", "in", "-o", "out", "--format", "tif", cwd=here)
    assert done.returncode == 0 and re.fullmatch(r"Batch: 3 of 3 \(100 %\), done after [\d.]+ s\n", done.stderr)
    assert done.stdout.startswith("3 done, 0 failed, in ")
    code = (
        "import tintype as tt; a = tt.Image.new_from_file('in/p2.png').gaussblur(2).linear([0.5], 10);"
        "print((a - tt.Image.new_from_file('out/p2.tif')).abs().max())"
    )
    assert tintype("run", "-c", code, cwd=here).stdout == "0.0\n"


def test_a_python_file_runs_with_report_and_table(tintype, folder):
    here = folder(6)
    (here / "measure.py").write_text(MEASURE)
    done = tintype(
        "batch", "measure.py", "in", "-r", "-o", "out", "--report", "r.jsonl", "--table", "n.csv", "--verify", "-j", "2", "-q", cwd=here
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    records = lines(here / "r.jsonl")
    assert [record["input"] for record in records] == ["in/deep/p5.png", *(f"in/p{index}.png" for index in (1, 2, 3, 4, 6))]
    assert all(record["verified"] and record["error"] is None for record in records)
    rows = (here / "n.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("file,label,area [px") and len(rows) == 1 + sum(record["info"]["cells"] for record in records)
    assert (here / "out" / "deep" / "p5.png").exists()


def test_the_standard_input_lists_files(tintype, folder):
    here = folder(5)
    done = tintype("batch", "--op", "invert", "-", "-o", "out", stdin="in/p1.png\nin/deep/p5.png\n", cwd=here)
    assert done.stdout.startswith("2 done")
    assert (here / "out" / "p1.png").exists() and (here / "out" / "deep" / "p5.png").exists()


def test_a_dry_run_prints_the_names(tintype, folder):
    here = folder(2)
    done = tintype("batch", "--op", "invert", "in", "-o", "out/{stem}-{index:02}.{ext}", "--dry-run", cwd=here)
    assert done.stdout == "in/p1.png -> out/p1-01.png\nin/p2.png -> out/p2-02.png\n"
    assert not (here / "out").exists()


def test_a_failed_file_is_named_and_the_exit_code_is_1(tintype, folder):
    here = folder(2)
    (here / "in" / "bad.png").write_text("nothing")
    done = tintype("batch", "--op", "invert", "in", "-o", "out", cwd=here)
    assert done.returncode == 1
    assert "in/bad.png: this is not an image" in done.stderr and done.stdout.startswith("2 done, 1 failed")


@pytest.mark.parametrize(
    "words, named",
    [
        ([], "give a recipe, a Python file or --op"),
        (["clean.json"], "give files, folders or patterns"),
        (["clean.json", "in"], "clean.json: cannot be read: No such file"),
        (["--op", "gausblur:sigma=2", "in"], "gausblur"),
        (["--op", "gaussblur:sigma=-2", "in", "-o", "out"], "gaussblur:sigma=-2: gaussblur: sigma must be a number from 0 to 1000, not -2"),
        (["--op", "gaussblur:radius=2", "in", "-o", "out"], "radius"),
        (["--op", "gaussblur:2", "in", "-o", "out"], "'2' is no parameter; write name=value"),
        (["--op", "avg", "in", "-o", "out"], "avg gives no picture"),
        (["--op", "invert", "in"], "a recipe gives a picture of each file, but nothing says where it goes; give out"),
        (["--op", "invert", "in", "-o", "out", "--save", "bogus=5"], "save, for .png: there is no option 'bogus'"),
        (["--op", "invert", "in", "-o", "out", "--save", "profile=nowhere.icc"], "profile names nowhere.icc, and there is no such file"),
        (["--op", "icc_transform:output_profile=no.icc", "in", "-o", "out"], "output_profile names no.icc, and there is no such file"),
        (["--op", "invert", "in", "-o", "out", "--report", "in"], "report, in, is a folder"),
        (["--op", "invert", "in", "--picture", "dark"], "--picture dark: write NAME=VALUE"),
        (["--op", "invert", "in", "-o", "out", "--jobs", "many"], "--jobs"),
        (["--op", "invert", "in", "-o", "out", "--fast"], "--fast"),
        (["--op", "invert", "nowhere", "-o", "out"], "nowhere: there is no such file or folder"),
        (["--op", "invert", "in", "-o", "out", "--executor", "abacus"], "abacus"),
        (["--op", "invert", "-", "-o", "out"], "the list of files on the standard input is empty"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_before_anything_begins(tintype, folder, words, named):
    here = folder(1)
    done = tintype("batch", *words, cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    first, *rest = done.stderr.splitlines()
    assert first.startswith("tintype: batch: ") and named in first
    assert rest in ([], ["See tintype batch --help."])
    assert os.listdir(here) == ["in"]


def test_nothing_left_to_do_is_said_without_progress(tintype, folder):
    here = folder(2)
    words = ["batch", "--op", "invert", "in", "-o", "out", "--resume"]
    assert tintype(*words, cwd=here).returncode == 0
    done = tintype(*words, cwd=here)
    assert done.stderr == "" and done.stdout.startswith("0 done, 0 failed, 2 were done before")


def test_going_on_with_another_batch_is_wrong_usage(tintype, folder):
    here = folder(2)
    words = ["in", "-o", "out", "--resume"]
    assert tintype("batch", "--op", "invert", *words, cwd=here).returncode == 0
    done = tintype("batch", "--op", "linear:a=[2],b=0", *words, cwd=here)
    assert (done.returncode, done.stdout) == (2, "") and "what changed: what is done" in done.stderr
    (here / "out" / "diary").write_text("dear")
    done = tintype("batch", "--op", "invert", *words, "--journal", "out/diary", cwd=here)
    assert (done.returncode, done.stdout) == (2, "") and "this is not the journal of a batch" in done.stderr
    done = tintype("batch", "--op", "invert", *words, "--save", "bogus=5", cwd=here)
    assert (done.returncode, done.stdout) == (2, "") and "there is no option 'bogus'" in done.stderr


def test_json_lines_tell_progress_and_failures(tintype, folder):
    here = folder(2)
    (here / "in" / "bad.png").write_text("nothing")
    done = tintype("batch", "--op", "invert", "in", "-o", "out", "--json", cwd=here)
    assert done.returncode == 1 and done.stdout.startswith("2 done, 1 failed")
    *progress, failed = [json.loads(line) for line in done.stderr.splitlines()]
    assert progress and all(line["kind"] == "progress" for line in progress)
    assert (failed["kind"], failed["input"]) == ("failed", "in/bad.png") and "this is not an image" in failed["message"]
    for words, named in ((["in", "-o", "out"], "outputs exist already"), (["in", "--fast"], "--fast")):
        done = tintype("batch", "--json", "--op", "invert", *words, cwd=here)
        [error] = [json.loads(line) for line in done.stderr.splitlines()]
        assert (done.returncode, error["kind"]) == (2, "error") and named in error["message"]


def test_help_and_version(tintype):
    assert "tintype batch RECIPE INPUT... -o OUT" in tintype("batch", "--help").stdout
    assert tintype("batch", "--version").stdout == tintype("--version").stdout
    assert "batch" in tintype("--help").stdout


def test_modules_in_the_current_folder_do_not_get_in_the_way(tintype, folder):
    here = folder(1)
    (here / "json.py").write_text("raise ImportError('the wrong one')")
    assert tintype("batch", "--op", "invert", "in", "-o", "out", cwd=here).returncode == 0


def on_a_small_disk(here, program, size, script):
    """Runs the script with a disk of its own of that size in small/, and the program as $0."""
    (here / "small").mkdir()
    script = f"mount -t tmpfs -o size={size} tmpfs small || exit 77; {script}"
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script, program], cwd=here, capture_output=True, text=True, timeout=120
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("no disk can be mounted here")
    return done


def test_a_full_disk_fails_the_files_and_loses_none(tintype, folder, program):
    here = folder(12)
    small = here / "small"
    command = '"$0" batch --op invert in -o small --save compression=0 --journal j --report r.jsonl'
    done = on_a_small_disk(here, program, "48k", f"{command}; code=$?; ls -A small; exit $code")
    records = lines(here / "r.jsonl")
    failed = [record for record in records if record["error"]]
    assert done.returncode == 1 and len(records) == 10 and 0 < len(failed) < 10
    assert all("No space left" in record["error"] or "small/" in record["error"] for record in failed)
    # What is there is whole.
    assert sorted(done.stdout.splitlines()[1:]) == sorted(os.path.basename(r["output"]) for r in records if not r["error"])
    assert tintype("batch", "--op", "invert", "in", "-o", "small", "--save", "compression=0", "--journal", "j", "--resume", cwd=here).returncode == 0
    assert len(list(small.glob("*.png"))) == 10


def test_a_journal_on_a_full_disk_stops_the_batch_which_goes_on_later(folder, program):
    here = folder(20)
    command = '"$0" batch --op invert in -r -o out --journal small/j --report r.jsonl'
    done = on_a_small_disk(
        here, program, "4k", f"{command}; echo first $?; mount -o remount,size=1m small; {command} --resume; echo then $?"
    )
    said = done.stdout.splitlines()
    assert said[0] == "first 1" and said[-1] == "then 0"
    assert "small/j: the journal cannot be written: No space left on device" in done.stderr
    assert len(lines(here / "r.jsonl")) == 20 and len(list((here / "out").rglob("*.png"))) == 20
    assert not [path.name for path in (here / "out").rglob(".*")]


def test_interrupting_keeps_what_is_done(program, folder):
    here = folder(20)
    (here / "slow.py").write_text(
        "import time\ndef process(image, info):\n    print(info.path, flush=True)\n    time.sleep(0.05)\n    return image\n"
    )
    command = [program, "batch", "slow.py", "in", "-r", "-o", "out", "-j", "1", "--report", "r.jsonl"]
    for number in (signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen([*command, "--resume"], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
            # Whoever keeps the journal may be some files behind.
            for _ in range(7):
                running.stdout.readline()
            running.send_signal(number)
            _, errors = running.communicate(timeout=120)
        assert running.returncode == 128 + number
        assert "stopped after " in errors and "--resume goes on" in errors and "Traceback" not in errors
        done = lines(here / "r.jsonl")
        assert 0 < len(done) < 20 and not any(record["error"] for record in done)
    again = subprocess.run([*command, "--resume"], cwd=here, capture_output=True, text=True, timeout=120)
    assert again.returncode == 0
    assert len(lines(here / "r.jsonl")) == 20 and len(list((here / "out").rglob("*.png"))) == 20


@pytest.mark.parametrize("executor", ["threads", "processes"])
def test_a_batch_that_is_killed_comes_out_as_an_undisturbed_one(program, folder, executor):
    here = folder(60)
    (here / "measure.py").write_text(MEASURE)
    words = [program, "batch", "measure.py", "in", "-r", "--executor", executor, "-j", "2"]
    killings = killed.compare(here, words, kills=10, chance=random.Random(5))
    assert killings.count == 10 and killings.differences == []
