# Tests of whole ways through Tintype without a window, as the documentation promises them.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re
import subprocess

import pytest

COINS = "/usr/lib/python3/dist-packages/skimage/data/coins.png"
CELL = "/usr/lib/python3/dist-packages/skimage/data/cell.png"
SOURCE = pathlib.Path(os.environ["TINTYPE_SOURCE"])


def test_the_script_of_a_recipe_makes_the_same_pixels(tintype, tmp_path):
    code = (
        "import tintype as tt, sys; im=tt.Image.new_from_file(sys.argv[1]); tt.data.images['c']=im;"
        "tt.ops.gaussblur(sigma=2); tt.data.images['c'].write_to_file('first.png');"
        "print(tt.data.images['c'].recipe.to_script())"
    )
    done = tintype("run", "-c", code, COINS, cwd=tmp_path)
    assert done.returncode == 0, done.stderr

    again = done.stdout + (
        "\nimport numpy, tintype as tt\n"
        "assert numpy.array_equal(result.numpy(), tt.Image.new_from_file('first.png').numpy())\n"
        "print('equal')\n"
    )
    done = tintype("run", "-", stdin=again, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "equal\n"), done.stderr


def test_a_level_in_a_recipe_is_found_anew_on_another_picture(tintype):
    code = (
        "import sys, tintype as tt\n"
        "coins, cell = map(tt.Image.new_from_file, sys.argv[1:])\n"
        "def white(picture):\n"
        "    return picture > picture.otsu()\n"
        "[name] = white(coins).recipe.inputs\n"
        "assert float(coins.otsu()) != float(cell.otsu())\n"
        "other = white(coins).recipe.apply(**{name: cell})\n"
        "print(other.avg() == white(cell).avg())\n"
    )
    done = tintype("run", "-c", code, COINS, CELL)
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr


def is_sanitized():
    return any(name in pathlib.Path("/proc/self/maps").read_text() for name in ("libasan", "libtsan"))


@pytest.mark.skipif(is_sanitized(), reason="a plain Python cannot load a sanitized module")
def test_plain_python_imports_the_package(program):
    package = program.parents[1] / "python"
    done = subprocess.run(
        ["/usr/bin/python3", "-c", "import tintype as tt; print(tt.Image.black(8,8).avg())"],
        env={"PYTHONPATH": str(package), "PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, "0.0\n"), done.stderr


def test_the_sample_job_counts_the_cells(tintype, tmp_path):
    result = tmp_path / "cells.png"
    done = tintype("run", str(SOURCE / "examples" / "count_cells.py"), str(result))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "60 cells"
    assert re.search(r": (/.*cells\.png)$", done.stdout.strip())[1] == str(result)
    assert result.read_bytes().startswith(b"\x89PNG")


def test_the_sample_job_finds_a_place_of_its_own(tintype, tmp_path):
    done = tintype("run", str(SOURCE / "examples" / "count_cells.py"), env={"TMPDIR": str(tmp_path)})
    path = pathlib.Path(done.stdout.strip().rsplit(": ", 1)[1])
    assert path.is_file() and tmp_path in path.parents


def test_an_error_of_tintype_is_one_line_after_the_traceback(tintype, tmp_path):
    (tmp_path / "notes.png").write_text("not a picture")
    for name in ("missing.png", "notes.png"):
        done = tintype("run", "-c", f"import tintype as tt; tt.Image.new_from_file({name!r}).avg()", cwd=tmp_path)
        assert done.returncode == 1
        last = done.stderr.splitlines()[-1]
        assert last.startswith("tintype.FileError: ") and name in last


def test_many_edits_can_be_shown_saved_and_undone(tintype, tmp_path):
    """A walk that recursed would overflow the stack at about half of these steps."""
    code = (
        "import tintype as tt\n"
        "tt.data.images['a'] = tt.Image.black(4, 4)\n"
        "for _ in range(30_001):\n"
        "    tt.ops.invert()\n"
        "print(tt.data.images['a'].avg())\n"
        "tt.project.save('many.tint')\n"
        "tt.undo()\n"
        "print(tt.data.images['a'].avg())\n"
    )
    done = tintype("run", "-c", code, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "255.0\n0.0\n"), done.stderr
