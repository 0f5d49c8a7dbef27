# File formats of add-ons on the command line: batches, workers, and what is said of the add-on.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import sys

import numpy as np
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "api" / "addons"))
from making import write_addon  # noqa: E402

ARRAYS = '''
import numpy as np
import tintype as tt

def save(image, path):
    with open(path, "wb") as file:
        np.save(file, image.numpy())

tt.file_format("npy", title="NumPy array", suffixes=[".npy"], load=lambda path: np.load(path), save=save, sniff=b"\\x93NUMPY")
tt.colour_map("bone", ["#000000", "#545474", "#ffffff"])
'''


@pytest.fixture
def home(tmp_path):
    return {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}


@pytest.fixture
def arrays(tintype, tmp_path, home):
    """The add-on is on, and there are two arrays."""
    write_addon(tmp_path / "made", "arrays", ARRAYS)
    for words in (("install", str(tmp_path / "made" / "arrays")), ("enable", "arrays")):
        done = tintype("addon", *words, env=home)
        assert done.returncode == 0, done.stderr
    folder = tmp_path / "in"
    folder.mkdir()
    for value in (3, 5):
        np.save(folder / f"{value}.npy", np.full((4, 6), value, np.uint8))
    return folder


def test_the_addon_says_what_it_brings(arrays, tintype, home):
    said = tintype("addon", "info", "arrays", env=home).stdout
    assert "file format" in said and "npy" in said and "colour map" in said and "bone" in said


@pytest.mark.parametrize("executor", ["threads", "processes"])
def test_a_batch_reads_and_writes_the_format(arrays, tintype, tmp_path, home, executor):
    recipe = tmp_path / "recipe.py"
    recipe.write_text("def process(image):\n    return image + 1\n")
    done = tintype("batch", str(recipe), str(arrays), "-o", str(tmp_path / "out/{stem}.npy"), "--executor", executor, env=home)
    assert done.returncode == 0, done.stderr
    assert [float(np.load(tmp_path / f"out/{value}.npy").max()) for value in (3, 5)] == [4, 6]


def test_without_the_addon_a_batch_says_so_before_it_begins(arrays, tintype, tmp_path, home):
    recipe = tmp_path / "recipe.py"
    recipe.write_text("def process(image):\n    return image + 1\n")
    off = {**home, "TINTYPE_NO_ADDONS": "1"}
    done = tintype("batch", str(recipe), str(arrays / "3.npy"), "-o", str(tmp_path / "out/{stem}.npy"), env=off)
    assert done.returncode != 0 and "names no format" in done.stderr


def test_scripts_open_and_colour(arrays, tintype, home):
    code = f"import tintype as tt\nprint(tt.open({str(arrays / '3.npy')!r}).avg(), tt.Image.black(2, 2).colour_map('bone').bands)"
    assert tintype("run", "-c", code, env=home).stdout == "3.0 3\n"
