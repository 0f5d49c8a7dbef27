# Tests of `tintype ops`: the catalogue on the command line.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re

from tintype import _recipe_files


def test_the_catalogue_is_listed_by_category(tintype):
    done = tintype("ops")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "Filter" in lines
    assert any(line.split(maxsplit=1) == ["gaussblur", "Gaussian blur"] for line in lines)


def test_one_operation_is_described(tintype):
    done = tintype("ops", "gaussblur")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Gaussian blur (Filter)\n")
    assert "tt.ops.gaussblur(sigma" in done.stdout
    assert "must be given" in done.stdout


def test_an_unknown_operation_proposes_the_nearest(tintype):
    done = tintype("ops", "gausblur")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "tintype: there is no operation 'gausblur'; did you mean 'gaussblur'?\n"


def test_a_name_that_is_like_nothing_is_refused(tintype):
    done = tintype("ops", "nosuch")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no operation 'nosuch'" in done.stderr


def test_programs_read_json(tintype):
    catalogue = json.loads(tintype("ops", "--json").stdout)
    assert len(catalogue) > 150
    [gaussblur] = [operation for operation in catalogue if operation["id"] == "gaussblur"]
    assert json.loads(tintype("ops", "gaussblur", "--json").stdout) == gaussblur
    [sigma] = [info for info in gaussblur["inputs"] if info["name"] == "sigma"]
    assert sigma["required"] and sigma["minimum"] == 0
    [label] = [operation for operation in catalogue if operation["id"] == "label"]
    assert [(info["name"], info["required"]) for info in label["outputs"]] == [("out", True), ("count", False)]


def test_what_is_listed_can_be_called(tintype):
    """The command line and Python read the same catalogue."""
    names = [operation["id"] for operation in json.loads(tintype("ops", "--json").stdout)]
    code = "import sys, tintype as tt\nfor name in sys.argv[1:]:\n    assert callable(getattr(tt.ops, name)), name"
    assert tintype("run", "-c", code, *names).returncode == 0


def test_recipes_know_which_parameters_are_files(tintype):
    told = re.compile(r"\bfile(name)?\b|\bprofile\b", re.IGNORECASE)
    found = {
        operation["id"]: {
            info["name"] for info in operation["inputs"]
            if info["kind"] == "text" and told.search(f"{info['name']} {info['title']} {info['help']}")
        }
        for operation in json.loads(tintype("ops", "--json").stdout)
    }  # fmt: skip
    known = {id: set(names) for id, names in _recipe_files.PARAMETERS.items() if id != "file"}
    assert {id: names for id, names in found.items() if names} == known
