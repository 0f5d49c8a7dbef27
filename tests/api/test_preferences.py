# Preferences of add-ons: what is set is there again the next time.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import pathlib
import subprocess
import sys
import threading
from typing import Annotated, Literal, Optional

import pytest

import tintype as tt


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "tintype" / "preferences"


@pytest.fixture
def settings():
    made = []

    def make(**body):
        hints = {"folder": Optional[pathlib.Path], "level": Annotated[float, tt.Range(0, 1)], "mode": Literal["a", "b"]}
        cls = type("Settings", (tt.Preferences,), {
            "title": "Grains", "id": "grains", "__annotations__": hints, "folder": None, "level": 0.5, "mode": "a", **body
        })  # fmt: skip
        made.append(cls)
        return cls.panel

    yield make
    for cls in made:
        cls.panel.close()


def test_what_code_sets_is_there_again(settings, folder):
    first = settings()
    first.level, first.folder = 0.75, "a/b"
    assert json.loads((folder / "grains.json").read_text()) == {"folder": "a/b", "level": 0.75}
    again = settings()
    assert (again.level, again.folder, again.mode) == (0.75, pathlib.Path("a/b"), "a")


def test_what_the_person_changes_is_kept_before_the_code_is_told(settings, folder):
    told = threading.Event()
    seen = []

    def level_changed(self, value):
        seen.append((value, json.loads((folder / "grains.json").read_text())["level"]))
        told.set()

    settings(level_changed=level_changed)._native.edit("level", 0.25)
    assert told.wait(60)
    assert seen == [(0.25, 0.25)]


def test_another_program_finds_them(folder):
    code = (
        "import tintype as tt\nclass Settings(tt.Preferences):\n    title = 'Grains'\n    id = 'grains'\n    count: int = 1\n"
        "print(Settings.panel.count)\nSettings.panel.count += 1"
    )
    for count in ("1", "2", "3"):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
        assert (done.stdout.strip(), done.stderr) == (count, "")


SETTINGS = """
import sys
import tintype as tt
class Settings(tt.Preferences):
    title = 'Grains'
    id = 'grains'
    one: int = 0
    two: int = 0
print('begun', flush=True)
sys.stdin.readline()
for number in range(1, 51):
    setattr(Settings.panel, sys.argv[1], number)
"""


def test_two_programs_that_change_them_at_once_lose_nothing(folder):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    both = [subprocess.Popen([sys.executable, "-c", SETTINGS, name], **pipes) for name in ("one", "two")]
    assert [each.stdout.readline() for each in both] == ["begun\n", "begun\n"]
    for each in both:
        each.stdin.write("\n")
        each.stdin.flush()
    for each in both:
        each.communicate(timeout=60)
    assert [each.returncode for each in both] == [0, 0]
    assert json.loads((folder / "grains.json").read_text()) == {"one": 50, "two": 50}


def test_a_kept_value_that_is_not_allowed_any_more_is_left_out(settings, folder, capsys):
    folder.mkdir(parents=True)
    (folder / "grains.json").write_text('{"level": 7, "mode": "b", "of_another_version": 3}')
    panel = settings()
    assert (panel.level, panel.mode) == (0.5, "b")
    assert "level must be a number from 0 to 1, not 7; its default is used" in capsys.readouterr().err
    panel.level = 0.1
    assert json.loads((folder / "grains.json").read_text())["of_another_version"] == 3


def test_a_broken_file_is_said_and_does_no_harm(settings, folder, capsys):
    folder.mkdir(parents=True)
    (folder / "grains.json").write_text('{"level": ')
    panel = settings()
    assert panel.level == 0.5
    assert "grains.json is not JSON" in capsys.readouterr().err
    panel.level = 0.25
    assert (folder / "grains.json.broken").read_text() == '{"level": '
    assert json.loads((folder / "grains.json").read_text())["level"] == 0.25


def test_an_image_cannot_be_a_preference():
    with pytest.raises(tt.ParameterError, match="Grains: mask cannot be an image, which cannot be kept in a file"):
        type("Settings", (tt.Preferences,), {"title": "Grains", "__annotations__": {"mask": Optional[tt.Image]}, "mask": None})
