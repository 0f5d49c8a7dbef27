# Tests of scripts from elsewhere in `tintype run`, and of `import tintype` in the system's own Python.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re
import subprocess

import pytest

SCRIPTS = pathlib.Path(os.environ["TINTYPE_SOURCE"]) / "tests" / "scripts"
PICTURES = pathlib.Path("/usr/lib/python3/dist-packages/skimage/data")
PYTHON = "/usr/bin/python3"


def is_sanitized():
    return any(name in pathlib.Path("/proc/self/maps").read_text() for name in ("libasan", "libtsan"))


plain = pytest.mark.skipif(is_sanitized(), reason="a plain Python cannot load a sanitized module")


@pytest.fixture
def python(program, tmp_path):
    """The system's Python, which finds the package on PYTHONPATH; returns the finished process."""

    def run(*words, path=str(program.parents[1] / "python")):
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        environment |= {"PYTHONPATH": path} if path else {}
        return subprocess.run(
            [PYTHON, *map(str, words)], env=environment, capture_output=True, text=True, timeout=120, cwd=tmp_path
        )

    return run


def run_both(tintype, python, path, *words):
    """The script in both; their outputs must be alike. Returns what was printed."""
    ours, theirs = tintype("run", str(path), *map(str, words)), python(path, *words)
    assert (ours.returncode, ours.stderr) == (0, "")
    assert (theirs.returncode, theirs.stdout) == (0, ours.stdout), theirs.stderr
    return ours.stdout


CONTACT_SHEET = """\
skipped missing.png: OperationError
404 x 268, 3 bands, uchar, by pngload
counted 324816 numbers
first pixel [255, 200, 0] relational 255.0 maximum at 255.0
"""


@plain
def test_a_script_in_the_conventions_of_pyvips(tintype, python, tmp_path):
    names = [PICTURES / "astronaut.png", PICTURES / "coins.png", "missing.png", PICTURES / "cell.png", PICTURES / "brick.png"]
    assert run_both(tintype, python, SCRIPTS / "contact_sheet.py", tmp_path / "sheet.png", *names) == CONTACT_SHEET
    assert (tmp_path / "sheet.png").read_bytes().startswith(b"\x89PNG")


def test_it_differs_from_one_for_pyvips_in_the_import_alone():
    text = (SCRIPTS / "contact_sheet.py").read_text()
    code = text.partition('"""\n')[2]
    assert re.findall(r".*tintype.*", code) == ["import tintype as pyvips"]


@plain
def test_a_script_for_scikit_image(tintype, python, tmp_path):
    output = tmp_path / "coins.png"
    # A library of it says so when this takes it more than a few seconds.
    python("-c", "import matplotlib.font_manager")
    said = run_both(tintype, python, SCRIPTS / "coins_by_skimage.py", output)
    assert re.match(r"level \d+\.\d, \d+ coins\n", said) and output.is_file()


@plain
def test_a_script_for_multiprocessing(tintype, python):
    said = run_both(tintype, python, SCRIPTS / "pools.py")
    assert "map [0, 1, 4, 9, 16, 25]\n" in said and "time is over\n" in said and "threads [0, 1, 4, 9]\n" in said


@plain
def test_the_same_script_with_processes_that_begin_afresh(tintype, python, script):
    """Whoever imports the package gets them."""
    text = (SCRIPTS / "pools.py").read_text()
    path = script(text.replace("import concurrent.futures\n", "import concurrent.futures\nimport tintype\n"))
    assert run_both(tintype, python, path) == tintype("run", str(SCRIPTS / "pools.py")).stdout


IMAGES = """
import concurrent.futures, multiprocessing, sys
import numpy as np
{path}
import tintype as tt

def brightness(image):
    return float(np.asarray(image.gaussblur(1)).mean().round(3))

def made(level):
    return tt.Image.new_from_array(np.full((20, 30), level, np.uint8)) * 2

if __name__ == "__main__":
    images = [tt.Image.black(20, 20) + level for level in range(3)]
    with multiprocessing.Pool(2) as pool:
        print(multiprocessing.get_start_method(), pool.map(brightness, images))
    with concurrent.futures.ProcessPoolExecutor(2) as executor:
        print(list(executor.map(brightness, images)))
    with concurrent.futures.ThreadPoolExecutor(2) as executor:
        print([image.avg() for image in executor.map(made, [1, 2])])
"""
SAID = "spawn [0.0, 1.0, 2.0]\n[0.0, 1.0, 2.0]\n[2.0, 4.0]\n"


@plain
def test_numpy_and_pools_with_images_in_the_systems_python(python, script):
    done = python(script(IMAGES.format(path="")))
    assert (done.returncode, done.stdout, done.stderr) == (0, SAID, "")


@plain
def test_the_workers_find_the_package_where_the_script_did(python, program, script):
    path = f"sys.path.insert(0, {str(program.parents[1] / 'python')!r})"
    done = python(script(IMAGES.format(path=path)), path=None)
    assert (done.returncode, done.stdout, done.stderr) == (0, SAID, "")


@plain
def test_names_documentation_and_stubs_are_the_same_there(tintype, python):
    code = (
        "import hashlib, inspect, pathlib, tintype as tt\n"
        "names = sorted(set(dir(tt)) | {f'Image.{name}' for name in dir(tt.Image)} | {f'ops.{name}' for name in dir(tt.ops)})\n"
        "print(len(names), hashlib.sha256(repr(names).encode()).hexdigest())\n"
        "print(inspect.signature(tt.Image.gaussblur), inspect.getdoc(tt.measure)[:40])\n"
        "folder = pathlib.Path(tt.__file__).parent\n"
        "print([name for name in ('__init__.pyi', 'py.typed', '_types.py') if (folder / name).is_file()])\n"
        "tt.data.images['a'] = tt.Image.black(2, 2)\n"
        "tt.ops.linear(1, 5)\n"
        "print(tt.active.avg(), tt.undo(), tt.active.avg(), tt.app.has_window)\n"
    )
    ours, theirs = tintype("run", "-c", code), python("-c", code)
    assert (ours.returncode, ours.stderr, theirs.stderr) == (0, "", "")
    assert theirs.stdout == ours.stdout and "['__init__.pyi', 'py.typed', '_types.py']" in ours.stdout


@plain
@pytest.mark.parametrize("options", [["-S"], ["-E", "-s"], ["-O"], ["-X", "utf8=0"], ["-W", "error"], ["-B"]])
def test_python_may_be_started_with_options_of_its_own(python, program, options):
    path = str(program.parents[1] / "python")
    code = f"import sys; sys.path.insert(0, {path!r}); import tintype as tt; print(tt.Image.black(8, 8).avg())"
    done = python(*options, "-c", code, path=None)
    assert (done.returncode, done.stdout, done.stderr) == (0, "0.0\n", "")


def libraries(tintype, code):
    show = "\nprint(*{line.split()[-1] for line in open('/proc/self/maps') if '.so' in line})"
    done = tintype("run", "-c", code + show)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    "code",
    [
        "pass",
        "import tintype",
        "import tintype as tt; tt.Image.black(99, 99).gaussblur(2).write_to_file('a.png')",
        "import tintype as tt; list(tt.progress([1])); tt.ui.message('Done')",
        "import tintype as tt; print(tt.measure(tt.Image.micrograph(width=200, height=200, count=5).label()))",
        "import tintype as tt; tt.data.images['a'] = tt.Image.black(9, 9); tt.ops.invert(); tt.project.save('a.tint')",
    ],
)
def test_no_library_of_the_window_is_loaded(tintype, tmp_path, monkeypatch, code):
    monkeypatch.chdir(tmp_path)
    loaded = libraries(tintype, code)
    for name in ("Qt6Gui", "Qt6Widgets", "qscintilla", "tintype_ui", "tintype_window", "libwayland", "/platforms/"):
        assert name not in loaded


def test_formats_of_modules_wait_until_a_picture_is_opened(tintype):
    assert "libheif" not in libraries(tintype, "import tintype as tt; tt.Image.black(9, 9).gaussblur(2).avg()")
    code = f"import tintype as tt; tt.Image.new_from_file({str(PICTURES / 'coins.png')!r}).avg()"
    assert "libheif" in libraries(tintype, code)
    assert "libheif" in libraries(tintype, f"import tintype as tt; tt.Image.thumbnail({str(PICTURES / 'coins.png')!r}, 9).avg()")
    assert "libheif" in libraries(tintype, "import tintype as tt; assert '.heic' in tt.get_suffixes()")


def test_libraries_that_are_loaded_early_are_needed(program):
    """A name that is wrong or of yesterday would be passed over in silence."""
    header = (SCRIPTS.parents[1] / "core" / "EarlyLibraries.h").read_text()
    names = re.findall(r'"(lib[^"]+)"', header)
    needed = subprocess.run(["ldd", program.parents[1] / "lib" / "libtintype_core.so"], capture_output=True, text=True).stdout
    assert names and [name for name in names if f"{name} =>" not in needed] == []


def test_the_environment_is_as_it_was(tintype):
    # os.environ was read before; a program that is started sees what there is now.
    code = "import tintype, os\nos.system('printenv VIPSHOME')"
    assert tintype("run", "-c", code).stdout == ""
    assert tintype("run", "-c", code, env={"VIPSHOME": "/opt/vips"}).stdout == "/opt/vips\n"
