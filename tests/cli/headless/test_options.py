# Tests of the options of `tintype run`: files that are opened, --quiet, --json.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import signal

import pytest

PICTURES = "/usr/lib/python3/dist-packages/skimage/data/"
COINS = PICTURES + "coins.png"
CELL = PICTURES + "cell.png"
SHOW = "import tintype as tt; print(list(tt.data.images), tt.active is not None and tt.active.width)"


@pytest.fixture
def project(tintype, tmp_path):
    path = tmp_path / "work.tint"
    code = (
        "import sys, tintype as tt\n"
        "tt.data.images['scan'] = tt.open(sys.argv[1])\n"
        "tt.data.scripts['s'] = 'pass'\n"
        "tt.project.save(sys.argv[2])\n"
    )
    assert tintype("run", "-c", code, COINS, str(path)).returncode == 0
    return str(path)


def lines_of(text):
    return [json.loads(line) for line in text.splitlines()]


def test_pictures_are_there_when_the_script_begins(tintype):
    done = tintype("run", "--open", COINS, f"--open={CELL}", "-c", SHOW)
    assert (done.returncode, done.stdout, done.stderr) == (0, "['coins', 'cell'] 550\n", "")


def test_two_pictures_of_one_name_are_both_there(tintype):
    assert tintype("run", "--open", COINS, "--open", COINS, "-c", SHOW).stdout == "['coins', 'coins_2'] 384\n"


def test_a_project_is_opened_before_the_pictures(tintype, project):
    done = tintype("run", "--open", CELL, "--open", project, "-c", SHOW + "; print(dict(tt.data.scripts), tt.project.path)")
    assert (done.stdout, done.stderr) == (f"['scan', 'cell'] 550\n{{'s': 'pass'}} {project}\n", "")


def test_a_second_project_is_refused(tintype, project):
    done = tintype("run", "--open", project, "--open", project, "-c", "pass")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"tintype: '{project}' is a second project; only one can be open\n"


def test_a_file_that_cannot_be_opened_ends_the_run_before_the_script(tintype, tmp_path):
    for name, text in {"notes.png": "no picture", "broken.tint": "{"}.items():
        (tmp_path / name).write_text(text)
        done = tintype("run", "--open", name, "-c", "print('ran')", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("tintype: ") and name in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("words, named", [
    (["--open"], "--open needs a file"), (["--open", "missing.png", "x.py"], "there is no file 'missing.png'"),
    (["--open", "/tmp", "x.py"], "is a folder"), (["--quiet"], "give a script"), (["--quiet", "--loud", "x.py"], "'--loud'"),
    (["--", "--loud"], "'--loud'"),
])
def test_wrong_options_are_one_clear_line(tintype, tmp_path, words, named):
    done = tintype("run", *words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("tintype: ") and named in done.stderr and done.stderr.count("\n") == 1


def test_options_behind_the_script_are_the_scripts(tintype, script):
    done = tintype("run", "--quiet", str(script("import sys; print(sys.argv[1:])")), "--quiet", "--json", "--open", "x")
    assert done.stdout == "['--quiet', '--json', '--open', 'x']\n"


PROGRESS = "import tintype as tt\nfor i in tt.progress(range(3), 'Counting'): print(i)\n"


def test_progress_is_a_line_where_there_is_no_terminal(tintype):
    done = tintype("run", "-c", PROGRESS)
    assert done.stdout == "0\n1\n2\n"
    assert done.stderr.startswith("Counting: 3 of 3 (100 %), done after ") and done.stderr.count("\n") == 1


def test_a_loop_that_is_left_says_how_far_it_came(tintype):
    done = tintype("run", "-c", "import tintype as tt\nfor i in tt.progress(iter('abc'), 'Reading'):\n    if i == 'b': break\n")
    assert done.stderr.startswith("Reading: ") and "ended after " in done.stderr


def test_a_loop_that_ends_before_its_first_item_says_of_how_many(tintype):
    code = (
        "import tintype as tt\n"
        "def items():\n    raise ValueError('nothing')\n    yield\n"
        "try:\n    list(tt.progress(items(), 'Reading', 7))\nexcept ValueError: pass\n"
    )
    assert tintype("run", "-c", code).stderr.startswith("Reading: 0 of 7 (0 %), ended after ")


def test_quiet_shows_no_progress_but_errors(tintype):
    done = tintype("run", "--quiet", "-c", PROGRESS + "1 / 0")
    assert done.stdout == "0\n1\n2\n"
    assert done.stderr.startswith("Traceback") and "Counting" not in done.stderr


def test_json_lines_tell_progress_messages_and_errors(tintype):
    code = (
        "import sys, threading, tintype as tt\n"
        "list(tt.progress(range(3), 'Counting'))\n"
        "tt.ui.message('Größe: 3')\n"
        "print('result')\n"
        "print('two', 'words', file=sys.stderr)\n"
        "thread = threading.Thread(target=lambda: [][1], name='side')\n"
        "thread.start(); thread.join()\n"
        "sys.stderr.write('without an end')\n"
        "tt.Image.new_from_file('missing.png')\n"
    )
    done = tintype("run", "--json", "-c", code)
    assert (done.returncode, done.stdout) == (1, "result\n")
    lines = lines_of(done.stderr)
    assert all(isinstance(line.pop("time"), float) for line in lines)
    progress, message, text, side, error, last = lines
    assert progress.pop("seconds") >= 0 and progress.pop("left") == 0
    assert progress == {"kind": "progress", "title": "Counting", "done": 3, "total": 3}
    assert message == {"kind": "message", "text": "Größe: 3"}
    assert text == {"kind": "text", "text": "two words"}
    assert (side["kind"], side["error"], side["thread"]) == ("error", "IndexError", "side")
    assert error["error"] == "tintype.FileError" and "missing.png" in error["message"]
    assert error["traceback"].startswith("Traceback (most recent call last):\n")
    assert last == {"kind": "text", "text": "without an end"}


def test_json_lines_tell_of_an_interrupted_script_which_ends_by_the_signal(tintype):
    done = tintype("run", "--json", "-c", "import os, signal; os.kill(os.getpid(), signal.SIGINT)")
    assert done.returncode == -signal.SIGINT and [line["error"] for line in lines_of(done.stderr)] == ["KeyboardInterrupt"]


def test_json_lines_tell_of_a_script_that_is_no_python(tintype):
    [error] = lines_of(tintype("run", "--json", "-c", "def").stderr)
    assert (error["kind"], error["error"]) == ("error", "SyntaxError")


@pytest.mark.parametrize("words, named", [
    (["run", "--json", "missing.py"], "there is no file 'missing.py'"),
    (["run", "--json", "--open", "missing.png", "x.py"], "there is no file 'missing.png'"),
    (["run", "--open", "missing.png", "--json", "x.py"], "there is no file 'missing.png'"),
    (["run", "--json", "--loud", "x.py"], "'--loud'"),
    (["console", "--json", "missing ö.png"], "there is no file 'missing ö.png'"),
])
def test_json_lines_tell_what_was_typed_wrong(tintype, tmp_path, words, named):
    done = tintype(*words, cwd=tmp_path)
    [error] = lines_of(done.stderr)
    assert (done.returncode, done.stdout, error["kind"], error["error"]) == (2, "", "error", "UsageError")
    assert named in error["message"]


def test_the_scripts_own_json_does_not_make_lines(tintype, tmp_path):
    done = tintype("run", "missing.py", "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "tintype: there is no file 'missing.py'\n")


def test_json_lines_tell_of_a_file_that_cannot_be_opened(tintype, tmp_path):
    (tmp_path / "notes.png").write_text("no picture")
    done = tintype("run", "--json", "--open", "notes.png", "-c", "print('ran')", cwd=tmp_path)
    [error] = lines_of(done.stderr)
    assert (done.returncode, done.stdout, error["error"]) == (1, "", "tintype.FileError") and "notes.png" in error["message"]


def test_what_exit_is_given_is_a_line_of_its_own_in_json(tintype):
    done = tintype("run", "--json", "-c", "import sys; sys.stderr.write('half'); sys.exit('bye')")
    assert done.returncode == 1 and [line["text"] for line in lines_of(done.stderr)] == ["half", "bye"]


def test_json_lines_of_many_threads_are_whole(tintype):
    code = (
        "import sys, threading\n"
        "def work(name):\n"
        "    for i in range(200): sys.stderr.write(f'{name} {i} {\"x\" * 300}\\n')\n"
        "threads = [threading.Thread(target=work, args=[n]) for n in range(4)]\n"
        "for t in threads: t.start()\n"
        "for t in threads: t.join()\n"
    )
    assert len(lines_of(tintype("run", "--json", "-c", code).stderr)) == 800


def test_workers_show_no_progress_of_their_own(tintype, script):
    path = script(
        "import multiprocessing, tintype as tt\n"
        "def count(n): return sum(tt.progress(range(n), 'Inner'))\n"
        "if __name__ == '__main__':\n"
        "    with multiprocessing.Pool(2) as pool: print(pool.map(count, [3, 4]))\n"
    )
    done = tintype("run", str(path))
    assert (done.stdout, done.stderr) == ("[3, 6]\n", "")
