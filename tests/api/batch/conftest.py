# What the tests of batches share: a folder of small pictures, and a recipe.
# SPDX-License-Identifier: GPL-3.0-or-later
import json

import pytest

import tintype as tt


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def pictures(here):
    """Five grey pictures, in/s1.png to in/s10.png in steps, one of them in a folder below."""
    (here / "in" / "deep").mkdir(parents=True)
    for index in (1, 2, 9, 10):
        (tt.Image.black(6, 4) + index).cast("uchar").write_to_file(here / "in" / f"s{index}.png")
    (tt.Image.black(6, 4) + 5).cast("uchar").write_to_file(here / "in" / "deep" / "s5.png")
    return here / "in"


@pytest.fixture
def recipe(here):
    """A recipe's file: the picture plus 100."""
    source = here / "source.png"
    tt.Image.black(2, 2).write_to_file(source)
    (tt.Image.new_from_file(source) + 100).cast("uchar").recipe.save("plus.json")
    return "plus.json"


@pytest.fixture
def records():
    """Reads a report."""
    return lambda path: [json.loads(line) for line in open(path, encoding="utf-8")]
