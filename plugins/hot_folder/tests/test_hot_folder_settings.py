# Tests of the add-on Hot folder: what a settings file may say, and what is said of one that is wrong.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

import pytest
import tintype as tt


def read(path):
    from hot_folder import settings

    return settings.read(path)


def test_one_folder_with_paths_from_the_files_own_place(place):
    [one] = read(place.write("deep/scans.toml", 'watch = "in"\nresults = "../out"\nafter = "done"\nworkers = 3\nsettle = 0'))
    assert (one.name, one.watch, one.results) == ("scans", f"{place.root}/deep/in", f"{place.root}/out")
    assert (one.after, one.workers, one.settle, one.retries) == (f"{place.root}/deep/done", 3, 0.0, 3)
    assert one.journal == f"{place.root}/out/.hotfolder/in" and one.recipe is None


def test_several_folders_with_what_they_have_in_common(place):
    text = 'retries = 7\n[save]\nQ = 90\n[a]\nwatch = "a"\nresults = "o"\n[b]\nwatch = "b"\nresults = "o"\nretries = 1\n'
    a, b = read(place.write("all.toml", text))
    assert (a.name, a.retries, a.save, b.name, b.retries) == ("a", 7, {"Q": 90}, "b", 1)


USUAL = 'watch = "in"\nresults = "out"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('results = "out"', "watch is missing; it must be the path of a folder"),
        (USUAL + "workers = 0", "workers must be a whole number from 1 to 256, not 0"),
        (USUAL + 'workers = "two"', "workers must be a whole number from 1 to 256, not 'two'"),
        (USUAL + "retries = true", "retries must be a whole number from 0 to 1000, not True"),
        (USUAL + "settle = -1", "settle must be a number of seconds from 0 to 3600, not -1"),
        (USUAL + "interval = nan", "interval must be a number of seconds from 0.01 to 3600, not nan"),
        (USUAL + "recursive = 1", "recursive must be true or false, not 1"),
        (USUAL + "recipe = 3", "recipe must be the path of a recipe (.json), of a project's image (cells.tint#mask) or of a Python file, not 3"),
        (USUAL + 'patterns = "*.tif"', "patterns must be a list of patterns such as ['*.tif']; an empty one takes all pictures, not '*.tif'"),
        (USUAL + 'folder = "x"', "there is no setting 'folder'; there are watch, results, recipe,"),
        (USUAL + 'base = "x"', "there is no setting 'base'; there are watch, results, recipe,"),
        ('watch = "in"\nresults = "in"', "results must be another folder than watch, not"),
        (USUAL + 'after = "in"', "after must be another folder than watch, not"),
        ('watch = "out/in"\nresults = "out"\nrecursive = true', "results must not hold the watched folder when recursive is true"),
        ("watch = ", "this is not TOML: Invalid value (at end of document)"),
        ('[a]\nwatch = "in"\nresults = "o"\n[b]\nwatch = "in"\nresults = "o"', "[a] and [b] would keep one journal"),
        ('[a]\nwatch = "in"\nresults = "o"\nretries = "x"', "[a]: retries must be a whole number from 0 to 1000, not 'x'"),
    ],
)
def test_what_is_wrong_is_named_with_file_field_value_and_what_is_allowed(place, text, said):
    path = place.write("bad.toml", text)
    with pytest.raises(tt.ParameterError, match=re.escape(said)) as error:
        read(path)
    assert str(error.value).startswith(f"{path}: ")


def test_a_file_that_is_not_there_is_named(place):
    with pytest.raises(tt.FileError, match="none.toml: cannot be read: No such file"):
        read(place.root / "none.toml")


def test_folders_of_our_own_are_not_looked_into(place):
    from hot_folder import Settings

    one = Settings(watch=place.watch, results=place.watch / "out", recursive=True)
    assert one.is_watched(place.watch / "deep") and not one.is_watched(place.watch / "out" / "deep")
    assert one.is_watched(os.fspath(place.watch)) and not one.is_watched(place.root)
