# Tests of the add-on Hot folder: the command line, its ends, and the table of the journal.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import signal
import subprocess

import pytest

PROGRAM = os.environ.get("TINTYPE_PROGRAM", "tintype")
SECONDS = 120


@pytest.fixture
def hot(place):
    """Starts `tintype run -m hot_folder` with these words; the process. What is on here is on there."""
    started = []

    def start(*words):
        command = [PROGRAM, "run", "-m", "hot_folder", *map(str, words)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=place.root)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def done(hot):
    """The same, to its end: exit code, output, errors."""

    def run(*words):
        process = hot(*words)
        said = process.communicate(timeout=SECONDS)
        return process.returncode, *said

    return run


@pytest.fixture
def settings(place, invert):
    return place.write("s.toml", 'watch = "in"\nresults = "out"\nrecipe = "invert.py"\nsettle = 0\ninterval = 0.05\npause = 0\nretries = 1\n')


def test_once_does_what_is_there_and_says_how_it_went(place, done, settings):
    place.put("a.png", 1)
    code, said, errors = done(settings, "--once")
    assert code == 0 and "a.png: done" in said and errors == f"s: watching {place.watch}\n"
    place.write("in/b.png", "no picture")
    code, said, errors = done(settings, "--once")
    assert code == 1 and "b.png: failed:" in said and place.results() == {"a.png": 253}


def test_the_status_and_what_is_put_back(place, done, settings):
    code, said, _ = done(settings, "--status")
    assert code == 0 and said == f"s: {place.watch} (nobody works on it)\nnothing has arrived yet\n"
    place.put("a.png", 1)
    place.write("in/b.png", "no picture")
    done(settings, "--once")
    code, said, _ = done(settings, "--status")
    assert said.splitlines()[1] == "1 done, 1 failed" and "failed      b.png  (2 tries) " in said
    status = json.loads(done(settings, "--status", "--json")[1])
    assert status["counts"] == {"done": 1, "failed": 1, "busy": 0} and status["pid"] is None
    found = {file["path"]: file for file in status["files"]}
    assert found["a.png"]["targets"] == [str(place.out / "a.png")] and found["b.png"]["error"].startswith("this is not an image")
    assert done(settings, "--retry")[1] == "s: 1 put back\n"
    assert json.loads(done(settings, "--status", "--json")[1])["counts"] == {"arrived": 1, "done": 1, "busy": 0}


def test_wrong_settings_and_scripts_end_it_before_anything_is_done(place, done, settings):
    place.put("a.png", 1)
    code, said, errors = done(place.write("bad.toml", 'watch = "in"\nresults = "out"\nretries = "x"'))
    assert (code, said) == (1, "")
    assert errors == f"hot_folder: {place.root}/bad.toml: retries must be a whole number from 0 to 1000, not 'x'\n"
    code, said, errors = done(place.write("bad.toml", 'watch = "in"\nresults = "out"\nroutes = "invert.py"'))
    assert (code, said) == (1, "") and errors.endswith("there is no function route(path, metadata) in this script\n")
    assert place.results() == {}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_lets_what_is_under_way_come_to_its_end(place, hot, settings, number):
    place.write("invert.py", f"""
import os, pathlib

def process(image, info):
    pathlib.Path({str(place.root)!r}, "begun").touch()
    open({str(place.root / "gate")!r}).read()
    return image.invert()
""")
    os.mkfifo(place.root / "gate")
    place.put("a.png", 1)
    process = hot(settings)
    with open(place.root / "gate", "w"):  # opens when the script reads
        process.send_signal(number)
        while "comes to its end" not in (line := process.stderr.readline()):
            assert line
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    # The step that was under way is in the journal; what follows it is for the next start.
    assert place.states() == {"a.png": "processed"}


def test_what_does_not_come_to_its_end_is_left_to_the_next_start(place, hot, done, settings):
    settings.write_text(settings.read_text() + "finish = 0\n")
    place.write("invert.py", f"def process(image, info):\n    open({str(place.root / 'gate')!r}).read()\n    return image.invert()\n")
    os.mkfifo(place.root / "gate")
    place.put("a.png", 1)
    process = hot(settings)
    gate = open(place.root / "gate", "w")  # opens when the script reads
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0 and "1 steps have not come to their end and are left" in errors
    gate.close()
    (place.root / "gate").unlink()
    (place.root / "gate").touch()
    assert done(settings, "--once")[0] == 0 and place.results() == {"a.png": 253}


def test_several_folders_run_side_by_side_and_a_second_program_is_refused(place, hot, done, settings):
    (place.root / "in2").mkdir()
    text = 'results = "out"\nsettle = 0\ninterval = 0.05\n[one]\nwatch = "in"\n[two]\nwatch = "in2"\n'
    both = place.write("both.toml", text)
    place.put("a.png", 1)
    place.put("../in2/b.png", 2)
    process = hot(both)
    lines = [process.stdout.readline(), process.stdout.readline()]
    assert sorted(line.split()[1] for line in lines) == ["one:", "two:"]
    code, said, errors = done(settings, "--once")
    assert (code, said) == (1, "") and f"process {process.pid} works on this hot folder already" in errors
    assert f"(process {process.pid})" in done(both, "--status")[1]
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=SECONDS)
    assert place.results() == {"a.png": 2, "b.png": 3}
