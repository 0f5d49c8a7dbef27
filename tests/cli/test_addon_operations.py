# Operations of add-ons wherever there is no window: on the command line, in recipes, in batches and in workers.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "api" / "addons"))
from making import write_addon  # noqa: E402

BRIGHTEN = '''
import tintype as tt

@tt.operation("scan.brighten", title="Brighten", category="Scans", tilewise=True)
def brighten(image: tt.Image, by: float = 10) -> tt.Image:
    """Add a number to all pixels."""
    return image + by

@tt.operation("scan.level", title="Level")
def level(image: tt.Image) -> float:
    """The mean, brightened."""
    return image.scan.brighten(by=1).avg()
'''


@pytest.fixture
def home(tmp_path):
    return {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")}


@pytest.fixture
def scans(tintype, tmp_path, home):
    """The add-on is on."""
    write_addon(tmp_path / "made", "scans", BRIGHTEN)
    for words in (("install", str(tmp_path / "made" / "scans")), ("enable", "scans")):
        done = tintype("addon", *words, env=home)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def run(tintype, home, tmp_path):
    def code(text):
        done = tintype("run", "-c", "import tintype as tt\n" + text, env=home, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return code


def test_the_catalogue_lists_them(scans, tintype, home):
    done = tintype("ops", "scan.brighten", env=home)
    assert done.stdout.startswith("Brighten (Scans)\nAdd a number to all pixels.\n\ntt.ops.scan.brighten(by=10.0)\n")
    assert done.stdout.endswith("Brought by Scans\n")
    listed = json.loads(tintype("ops", "--json", env=home).stdout)
    assert {each["id"]: each["origin"] for each in listed}["scan.level"] == "Scans"
    done = tintype("ops", "scan.brigten", env=home)
    assert (done.returncode, done.stderr) == (2, "tintype: there is no operation 'scan.brigten'; did you mean 'scan.brighten'?\n")
    assert tintype("addon", "disable", "scans", env=home).returncode == 0
    assert tintype("ops", "scan.brighten", env=home).returncode == 2


def test_scripts_have_them_when_they_name_them(scans, run):
    assert run("print(tt.Image.black(2, 2).scan.brighten(by=3).avg(), tt.Image.black(2, 2).scan.level())") == "3.0 1.0"
    assert run("tt.data.images['a'] = tt.Image.black(2, 2); print(tt.ops.scan.brighten().avg())") == "10.0"


def test_recipes_and_projects_find_them(scans, run, tmp_path):
    run("""
tt.Image.black(2, 2).cast("uchar").write_to_file("a.png")
made = tt.open("a.png").scan.brighten(by=3)
made.recipe.save("a.json")
tt.data.images["a"] = made
tt.project.save("a.tint")
""")
    assert run("print(tt.Recipe.load('a.json').image.avg())") == "3.0"
    assert run("tt.project.open('a.tint'); print(tt.data.images['a'].avg())") == "3.0"


def test_workers_find_them(scans, run):
    assert run("print(tt.parallel.map(lambda n: (tt.Image.black(2, 2) + n).scan.level(), [1, 2], executor='processes'))") == "[2.0, 3.0]"
    given = "tt.parallel.map(lambda image: image.avg(), [tt.Image.black(2, 2).scan.brighten(by=n) for n in (1, 2)], executor='processes')"
    assert run(f"print({given})") == "[1.0, 2.0]"


def test_batches_find_them(scans, run, tintype, home, tmp_path):
    run("tt.Image.black(2, 2).cast('uchar').write_to_file('a.png')")
    done = tintype("batch", "--op", "scan.brighten:by=3", "a.png", "-o", "out", env=home, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert run("print(tt.open('out/a.png').avg())") == "3.0"
