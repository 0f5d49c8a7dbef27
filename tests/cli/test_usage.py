# Tests of help, version, wrong usage and the window that cannot open.
# SPDX-License-Identifier: GPL-3.0-or-later
import re

import pytest


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["run", "--help"], ["ops", "--help"], ["console", "--help"], ["python", "--help"], ["addon", "--help"], ["pip", "--help"]])
def test_help_is_everywhere(tintype, words):
    done = tintype(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "sage: " in done.stdout


def test_help_names_the_commands_and_the_exit_codes(tintype):
    text = tintype("--help").stdout
    for word in ("run", "console", "ops", "python", "--script", "Exit codes"):
        assert word in text


@pytest.mark.parametrize("words", [["--version"], ["run", "--version"], ["ops", "--version"], ["addon", "--version"]])
def test_the_version_is_everywhere(tintype, words):
    done = tintype(*words)
    assert done.returncode == 0
    assert re.fullmatch(r"Tintype \d+\.\d+\.\d+\n", done.stdout)


@pytest.mark.parametrize(
    "words, named",
    [
        (["run"], "-c CODE or -m MODULE"),
        (["run", "-c"], "needs code"),
        (["run", "-m"], "needs the name of a module"),
        (["run", "--fast", "x.py"], "'--fast'"),
        (["run", "missing.py"], "there is no file 'missing.py'"),
        (["missing.png"], "there is no file 'missing.png'"),
        (["rnu", "x.py"], "no command of that name (run, console, batch, ops, addon, pip, python)"),
        (["--script", "missing.py"], "there is no file 'missing.py'"),
        (["--script"], "--script"),
        (["--no-addons", "console"], "the command comes first: tintype console"),
        (["--no-addons", "ops"], "the command comes first: tintype ops"),
        (["--colour"], "--colour"),
        (["ops", "gaussblur", "median"], "median"),
        (["/tmp"], "is a folder"),
    ],
)
def test_wrong_usage_is_one_clear_line(tintype, tmp_path, words, named):
    done = tintype(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    first, *rest = done.stderr.splitlines()
    assert first.startswith("tintype: ") and named in first
    assert rest in ([], ["See tintype --help."])


def test_a_window_without_a_display_proposes_a_run(tintype, script):
    done = tintype(str(script("pass")))
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no display" in done.stderr and "tintype run" in done.stderr


def test_a_display_that_nobody_answers_at_is_named(tintype):
    done = tintype(env={"DISPLAY": ":4711"})
    assert done.returncode == 2
    assert "nobody answers at DISPLAY=:4711" in done.stderr
