# Tests of `tintype console`: Python's own console on a terminal, and scripts that are piped into it.
# SPDX-License-Identifier: GPL-3.0-or-later
import os

import pytest
from terminal import Terminal

COINS = "/usr/lib/python3/dist-packages/skimage/data/coins.png"


@pytest.fixture
def console(program, tmp_path):
    def start(*words):
        environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DISPLAY", "INPUTRC")}
        return Terminal([program, "console", *words], environment | {"XDG_STATE_HOME": str(tmp_path)}, columns=120)

    return start


def prompt(lines):
    return bool(lines) and lines[-1] == ">>>"


def answer(terminal, line):
    """Types a line when the prompt is there; what stands below it, up to the next prompt."""
    terminal.wait_for(prompt)
    before = len(terminal.lines())
    terminal.type(line + "\n")
    return terminal.wait_for(lambda lines: len(lines) > before and prompt(lines))[before:-1]


def leave(terminal):
    terminal.wait_for(prompt)
    terminal.type("\x04")
    assert terminal.wait_for_end() == 0


def test_a_line_is_answered(console):
    with console() as terminal:
        assert answer(terminal, "tt.Image.black(8, 8)") == ["<tintype.Image 8x8 uchar, 1 band, multiband>"]
        assert answer(terminal, "_.width + 1") == ["9"]
        leave(terminal)
        assert terminal.lines()[0].startswith("Tintype ") and "tt" in terminal.lines()[0]


def test_pictures_and_projects_are_open(console):
    with console(COINS) as terminal:
        assert answer(terminal, "list(tt.data.images), tt.active.width") == ["(['coins'], 384)"]
        leave(terminal)
        assert "Open: coins" in terminal.lines()[0]


def test_a_missing_picture_is_said_before(tintype):
    done = tintype("console", "missing.png")
    assert (done.returncode, done.stderr) == (2, "tintype: there is no file 'missing.png'\n")


def test_ctrl_c_stops_the_running_line(console):
    with console() as terminal:
        answer(terminal, "import time")
        terminal.type("for i in range(10**9): print('runs') if i == 1 else None\n\n")
        terminal.wait_for(lambda lines: "runs" in lines)
        terminal.type("\x03")
        terminal.wait_for_text("KeyboardInterrupt")
        assert answer(terminal, "6 * 7") == ["42"]


def test_an_error_in_a_loop_with_progress_leaves_a_clean_prompt(console):
    with console() as terminal:
        answer(terminal, "f = lambda i: print('item', i) or 1 / (1 - i)")
        lines = answer(terminal, "[f(i) for i in tt.progress(range(3), 'Counting')]")
        assert lines[:3] == ["item 0", "item 1", "Traceback (most recent call last):"]
        assert lines[-1] == "ZeroDivisionError: division by zero"
        assert answer(terminal, "print('on')") == ["on"]


def test_ctrl_c_at_the_prompt_begins_a_new_line(console):
    with console("--quiet") as terminal:
        terminal.wait_for(prompt)
        terminal.type("nonsense\x03")
        terminal.wait_for_text("KeyboardInterrupt")
        assert answer(terminal, "6 * 7") == ["42"]


def test_the_history_is_kept_between_runs(console, tmp_path):
    with console() as terminal:
        answer(terminal, "first = 1")
        leave(terminal)
    with console() as terminal:
        answer(terminal, "second = 2")
        leave(terminal)
    file = tmp_path / "tintype" / "console_history"
    assert file.read_text() == "first = 1\nsecond = 2\n"
    assert file.stat().st_mode & 0o077 == 0
    with console("--quiet") as terminal:
        terminal.wait_for(prompt)
        terminal.type("\x1b[A\x1b[A")
        terminal.wait_for_text(">>> first = 1")


def test_a_history_that_cannot_be_kept_is_said(console, tmp_path):
    (tmp_path / "tintype").write_text("in the way")
    with console() as terminal:
        terminal.wait_for_text("The history of the console is not kept: ")
        assert answer(terminal, "6 * 7") == ["42"]


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("tt.Image.gaussb", ">>> tt.Image.gaussblur"),
        ("tt.ops.gaussb", ">>> tt.ops.gaussblur"),
        ("import tinty", ">>> import tintype"),
        ("counter = 3; count", ">>> counter = 3; counter"),
        ("tt.data.images['coi", ">>> tt.data.images['coins'"),
        ("tt.Image.black(1,1).resize(2, kernel='lanczos3", ">>> tt.Image.black(1,1).resize(2, kernel='lanczos3'"),
        ("open('console_hist", ">>> open('console_history'"),
    ],
)
def test_tab_completes(console, tmp_path, monkeypatch, typed, shown):
    (tmp_path / "tintype").mkdir()
    (tmp_path / "tintype" / "console_history").touch()
    monkeypatch.chdir(tmp_path / "tintype")
    with console("--quiet", COINS) as terminal:
        terminal.wait_for(prompt)
        if "counter" in typed:
            answer(terminal, "counter = 3")
        terminal.type(typed + "\t")
        terminal.wait_for(lambda lines: lines[-1] == shown)


def test_tab_shows_what_there_is(console):
    with console("--quiet") as terminal:
        terminal.wait_for(prompt)
        terminal.type("tt.Image.hist_\t\t")
        # One by one: a list arrives in pieces.
        terminal.wait_for_text("hist_equal")
        terminal.wait_for_text("hist_find")


def test_tab_indents_at_the_beginning_of_a_line(console):
    with console("--quiet") as terminal:
        terminal.wait_for(prompt)
        terminal.type("if True:\n\tprint('in')\n\n")
        terminal.wait_for(lambda lines: "in" in lines)


def test_exit_ends_it_with_the_code(console):
    with console() as terminal:
        terminal.wait_for(prompt)
        terminal.type("exit(3)\n")
        assert terminal.wait_for_end() == 3


def test_sigterm_ends_it_and_the_history_is_kept(console, tmp_path):
    with console() as terminal:
        answer(terminal, "kept = 1")
        terminal.process.terminate()
        assert terminal.wait_for_end() == 143
    assert (tmp_path / "tintype" / "console_history").read_text() == "kept = 1\n"


def test_without_a_terminal_the_lines_are_a_script(tintype):
    done = tintype("console", COINS, stdin="width = tt.active.width\nprint(width)\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "384\n", "")


def test_an_unknown_option_is_refused(tintype):
    done = tintype("console", "--loud")
    assert (done.returncode, done.stderr) == (2, "tintype: console: there is no option '--loud' (see tintype console --help)\n")
