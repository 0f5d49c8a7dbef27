# What the tests of the command line share: the program, run as a person runs it.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import subprocess

import pytest

PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
SECONDS = 120


@pytest.fixture
def program():
    return PROGRAM


@pytest.fixture
def tintype():
    """Runs `tintype` with the given words; returns the finished process, its output as text."""

    def run(*words, stdin="", **options):
        environment = dict(os.environ)
        # A person's shell names no Python folders, and no display is needed here.
        for name in ("PYTHONPATH", "QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
            environment.pop(name, None)
        environment.update(options.pop("env", {}))
        return subprocess.run(
            [PROGRAM, *words], input=stdin, capture_output=True, text=True, timeout=SECONDS, env=environment, **options
        )

    return run


@pytest.fixture
def script(tmp_path):
    """Writes a script and returns its path."""

    def write(text, name="script.py"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
