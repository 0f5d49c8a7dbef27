# Tests of the bar that tt.progress draws on a terminal, on a screen as a person sees it.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import signal
import subprocess

import pytest
from terminal import Terminal


@pytest.fixture
def run(program, script, tmp_path):
    def start(text, *words, **options):
        path = script("import tintype as tt, time, sys, os\n" + text)
        return Terminal([program, "run", *words, path], os.environ, cwd=tmp_path, **options)

    return start


# Waits at the given item until the other end of the pipe is opened.
WAIT = "    if i == {}: open('go').close()\n"


@pytest.fixture
def go(tmp_path):
    os.mkfifo(tmp_path / "go")
    return lambda: open(tmp_path / "go", "w").close()


def test_a_bar_has_share_count_rate_and_time(run, go):
    with run("for i in tt.progress(range(200), 'Measuring'):\n    time.sleep(0.002)\n" + WAIT.format(150)) as terminal:
        [line] = terminal.wait_for(lambda lines: lines and "of 200" in lines[-1] and " left" in lines[-1])
        assert re.fullmatch(r"Measuring: +\d+ % \[#*\.+\] \d+ of 200, [\d.]+(/s| s each), [\d.]+ s left", line)
        go()
        assert terminal.wait_for_end() == 0
        [line] = terminal.lines()
    assert re.fullmatch(r"Measuring: 100 % \[#+\] 200 of 200, [\d.]+/s, in [\d.]+ s", line)
    assert terminal.raw.endswith(b"\n")


def test_a_bar_without_a_known_length_counts(run):
    with run("for i in tt.progress(iter('abc'), 'Reading'): pass") as terminal:
        assert terminal.wait_for_end() == 0
        [line] = terminal.lines()
    assert re.fullmatch(r"Reading: 100 % \[#+\] 3 of 3, .*", line)


def test_what_is_printed_in_between_stands_above_the_bar(run, go):
    text = (
        "for i in tt.progress(range(6), 'Counting'):\n"
        "    time.sleep(0.15)\n"
        "    print('item', i)\n"
        "    print('note', i, file=sys.stderr)\n" + WAIT.format(4)
    )
    with run(text) as terminal:
        lines = terminal.wait_for(lambda lines: "note 4" in lines and "Counting" in lines[-1])
        assert lines[:-1] == [word for i in range(5) for word in (f"item {i}", f"note {i}")]
        go()
        assert terminal.wait_for_end() == 0
        lines = terminal.lines()
    assert lines[:-1] == [word for i in range(6) for word in (f"item {i}", f"note {i}")]
    assert lines[-1].startswith("Counting: 100 %")


def test_a_line_that_is_printed_in_pieces_stays_whole(run):
    text = "for i in tt.progress(range(5), 'Counting'):\n    print(i, end=' ', flush=True)\n    time.sleep(0.12)\n"
    with run(text) as terminal:
        assert terminal.wait_for_end() == 0
        first, last = terminal.lines()
    assert first == "0 1 2 3 4" and last.startswith("Counting: 100 %")


def test_an_output_that_goes_elsewhere_is_left_alone(run, tmp_path):
    with open(tmp_path / "out", "w") as file, run("for i in tt.progress(range(3), 'Counting'): print(i)", stdout=file) as terminal:
        assert terminal.wait_for_end() == 0
        [line] = terminal.lines()
    assert (tmp_path / "out").read_text() == "0\n1\n2\n" and line.startswith("Counting: 100 %")


@pytest.mark.parametrize("columns", [20, 40, 60, 200])
def test_the_bar_is_as_wide_as_the_terminal_at_most(run, columns):
    with run("for i in tt.progress(range(30), 'Measuring the cells'): time.sleep(0.02)", columns=columns) as terminal:
        assert terminal.wait_for_end() == 0
        [line] = terminal.lines()
    assert line.startswith("Measuring the cells") and len(line) < columns


def test_wide_letters_take_two_columns(run):
    with run("for i in tt.progress(range(30), '細胞の面積'): time.sleep(0.02)", columns=60) as terminal:
        assert terminal.wait_for_end() == 0
        [line] = terminal.lines()
    assert line.replace(" ", "").startswith("細胞の面積:100%[") and line.endswith(" s")


def test_the_bar_follows_the_size_of_the_terminal(run, go):
    text = "for i in tt.progress(range(1000), 'Measuring'):\n    time.sleep(0.005)\n    if i == 900: break\n" + WAIT.format(100)
    with run(text, columns=100) as terminal:
        [wide] = terminal.wait_for(lambda lines: lines and "of 1000" in lines[-1] and " left" in lines[-1])
        terminal.resize(70)
        go()
        [narrow] = terminal.wait_for(lambda lines: lines and re.search(r"\b(?:[2-8]\d\d) of 1000", lines[-1]))
    assert wide.count("#") + wide.count(".") > narrow.count("#") + narrow.count(".")
    assert len(narrow) < 70 < len(wide)


def test_an_inner_bar_gives_way_to_the_outer_one(run):
    text = (
        "for i in tt.progress(range(2), 'Outer'):\n"
        "    for j in tt.progress(range(3), 'Inner'): time.sleep(0.05)\n"
        "    print('item', i)\n"
    )
    with run(text) as terminal:
        assert terminal.wait_for_end() == 0
        *items, last = terminal.lines()
    assert b"Inner" in terminal.raw
    assert items == ["item 0", "item 1"] and last.startswith("Outer: 100 %")


def test_an_error_stands_alone(run):
    with run("for i in tt.progress(range(3), 'Counting'):\n    time.sleep(0.15)\n    if i: 1 / 0") as terminal:
        assert terminal.wait_for_end() == 1
        lines = terminal.lines()
    assert b"Counting" in terminal.raw
    assert lines[0].startswith("Traceback") and lines[-1] == "ZeroDivisionError: division by zero"
    assert not any("Counting:" in line for line in lines)


@pytest.mark.parametrize("number, code", [(signal.SIGINT, -signal.SIGINT), (signal.SIGTERM, 143)])
def test_a_signal_leaves_no_bar_behind(run, number, code):
    with run("for i in tt.progress(range(10**6), 'Counting'): time.sleep(0.001)") as terminal:
        terminal.wait_for_text("Counting")
        terminal.process.send_signal(number)
        assert terminal.wait_for_end() == code
        assert not any("Counting:" in line for line in terminal.lines())


def test_ctrl_c_on_the_terminal_ends_the_loop(run):
    text = (
        "try:\n"
        "    for i in tt.progress(range(10**6), 'Counting'): time.sleep(0.001)\n"
        "except KeyboardInterrupt: print('kept')\n"
    )
    with run(text) as terminal:
        terminal.wait_for_text("Counting")
        terminal.type("\x03")
        assert terminal.wait_for_end() == 0
        assert [line.replace("^C", "") for line in terminal.lines()] == ["kept"]


def test_a_question_is_asked_on_a_clean_line(run, tmp_path):
    text = "for i in tt.progress(range(3), 'Counting'):\n    time.sleep(0.15)\n    if i == 1: print('Hello', input('Name? '))\n"
    with run(text) as terminal:
        lines = terminal.wait_for_text("Name?")
        assert lines == ["Name?"]
        terminal.type("Ada\n")
        assert terminal.wait_for_end() == 0
        assert terminal.lines()[:2] == ["Name? Ada", "Hello Ada"]


def test_a_terminal_that_goes_does_not_end_the_work(program, script, tmp_path):
    path = script(
        "import pathlib, tintype as tt, time\n"
        "for i in tt.progress(range(30), 'Counting'): time.sleep(0.02)\n"
        "pathlib.Path('done').touch()\n"
    )
    master, slave = os.openpty()
    environment = os.environ | {"TERM": "xterm"}
    with subprocess.Popen([program, "run", path], stderr=slave, env=environment, cwd=tmp_path, start_new_session=True) as running:
        os.close(slave)
        assert os.read(master, 1)
        os.close(master)
    assert (tmp_path / "done").is_file() and running.returncode == 0


def test_a_reader_of_the_progress_that_goes_does_not_end_the_work(program, tmp_path):
    code = "import pathlib, tintype as tt\nfor i in range(3): list(tt.progress(range(3)))\npathlib.Path('done').touch()"
    subprocess.run(["bash", "-c", '"$0" run -c "$1" 2> >(head -n 1)', program, code], cwd=tmp_path, timeout=60)
    assert (tmp_path / "done").is_file()


def test_quiet_draws_nothing(run):
    with run("list(tt.progress(range(3), 'Counting'))", "--quiet") as terminal:
        assert terminal.wait_for_end() == 0
    assert terminal.raw == b""


def test_a_terminal_that_cannot_wipe_gets_lines(program, script):
    path = script("import tintype as tt\nlist(tt.progress(range(3), 'Counting'))")
    with Terminal(["env", "TERM=dumb", program, "run", path], os.environ) as terminal:
        assert terminal.wait_for_end() == 0
        [line] = terminal.lines()
    assert line.startswith("Counting: 3 of 3 (100 %), done after") and b"\x1b" not in terminal.raw
