# Importing the package: quick, whole, and the same names everywhere.
# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys

import pytest

import tintype as tt


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)


def test_the_import_leaves_numpy_alone():
    result = run("import sys, tintype; print('numpy' in sys.modules)")
    assert result.stdout == "False\n", result.stderr


def test_the_first_line_of_the_readme():
    result = run("import tintype as tt; print(tt.Image.black(8,8).avg())")
    assert (result.stdout, result.stderr, result.returncode) == ("0.0\n", "", 0)


def test_what_is_imported_when_it_is_used_is_listed_before():
    result = run("import sys, tintype as tt; print('parallel' in dir(tt), 'multiprocessing' in sys.modules, tt.parallel.map(abs, [-1]))")
    assert result.stdout == "True False [1]\n", result.stderr


def test_everything_that_is_exported_is_there():
    for name in tt.__all__:
        assert hasattr(tt, name), name


def test_the_version_is_a_version():
    assert [part.isdigit() for part in tt.__version__.split(".")] == [True] * 3


def test_images_that_outlive_the_exit_handlers_do_no_harm():
    code = (
        "import tintype as tt, atexit, builtins\n"
        "im = builtins.kept = tt.Image.black(500, 500).gaussblur(3)\n"
        "tt.data.images['kept'] = im\n"
        "atexit.register(lambda: print(im.avg()))\n"
    )
    result = run(code)
    assert (result.stdout, result.stderr, result.returncode) == ("0.0\n", "", 0)


def test_a_forked_child_is_told_to_be_spawned():
    code = (
        "import os, tintype as tt\n"
        "im = tt.Image.black(8, 8)\n"
        "if os.fork() == 0:\n"
        "    try:\n"
        "        im.avg()\n"
        "    except tt.Error as error:\n"
        "        print(error, flush=True)\n"
        "    os._exit(0)\n"
        "os.wait()\n"
        "print(im.avg())\n"
    )
    lines = run(code).stdout.splitlines()
    assert "forked" in lines[0] and "spawn" in lines[0]
    assert lines[1] == "0.0"


@pytest.mark.parametrize(
    "error, builtin",
    [
        (tt.OperationError, Exception),
        (tt.ParameterError, ValueError),
        (tt.FileError, OSError),
        (tt.RecipeError, Exception),
        (tt.NotFoundError, KeyError),
        (tt.NoWindowError, Exception),
        (tt.UnknownOperationError, AttributeError),
    ],
)
def test_errors_are_of_one_family(error, builtin):
    assert issubclass(error, tt.Error) and issubclass(error, builtin)
    assert str(error("what was 'wrong'")) == "what was 'wrong'"
    assert error.__module__ == "tintype"


def test_being_cancelled_is_not_an_exception_that_code_swallows():
    assert issubclass(tt.Cancelled, BaseException) and not issubclass(tt.Cancelled, Exception)


def test_constants_are_there_as_in_pyvips():
    assert tt.Interpretation.SRGB == "srgb"
    assert tt.BandFormat.UCHAR == "uchar"
    assert tt.Direction.HORIZONTAL == "horizontal"
    with pytest.raises(AttributeError):
        tt.NoSuchThing
