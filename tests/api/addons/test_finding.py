# Where add-ons are found, and what is said of folders that cannot be looked through.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import threading

import pytest
from making import write_addon

import tintype as tt
from tintype._addons import finding, places


def ids():
    return [addon.id for addon in tt.addons.list() if places.place_of(addon.path) != places.BUNDLED]


def test_they_are_found_in_all_folders(tmp_path, monkeypatch, addon):
    addon("own")
    write_addon(tmp_path / "one", "named_one")
    write_addon(tmp_path / "two", "named_two")
    single = write_addon(tmp_path / "three", "named_three")
    write_addon(tmp_path / "four", "preferred")
    monkeypatch.setenv("TINTYPE_ADDONS", os.pathsep.join(map(str, [tmp_path / "one", tmp_path / "two", single])))
    tt.addons.add_folder(tmp_path / "four")
    assert ids() == ["named_one", "named_three", "named_two", "own", "preferred"]
    tt.addons.remove_folder(tmp_path / "four")
    assert "preferred" not in ids()


def test_the_bundled_ones_lie_beside_the_package():
    assert places.bundled_folder() == pathlib.Path(tt.__file__).resolve().parents[2] / "plugins"


def test_two_with_one_id_are_both_named_and_neither_is_used(tmp_path, monkeypatch, addon):
    first = addon("twin", "raise AssertionError('used')")
    second = write_addon(tmp_path / "named", "twin", "raise AssertionError('used')")
    monkeypatch.setenv("TINTYPE_ADDONS", str(tmp_path / "named"))
    found = tt.addons.get("twin")
    assert found.state == "broken"
    assert "there are several add-ons with the id 'twin'" in found.error and str(first) in found.error and str(second) in found.error
    with pytest.raises(tt.AddonError, match="several add-ons"):
        tt.addons.enable("twin")


def test_a_folder_that_is_named_twice_is_looked_through_once(tmp_path, monkeypatch, addon):
    addon("own")
    (tmp_path / "link").symlink_to(places.user_folder())
    monkeypatch.setenv("TINTYPE_ADDONS", os.pathsep.join([str(places.user_folder()), str(tmp_path / "link")]))
    assert ids() == ["own"]


def test_a_named_folder_that_is_not_there_is_a_problem_and_the_others_are_found(tmp_path, monkeypatch, addon):
    addon("own")
    monkeypatch.setenv("TINTYPE_ADDONS", str(tmp_path / "nowhere"))
    assert ids() == ["own"]
    assert tt.addons.problems == [f"there is no folder {tmp_path}/nowhere, which is to hold add-ons"]


def test_a_folder_that_cannot_be_read_is_a_problem(tmp_path, monkeypatch, addon):
    addon("own")
    folder = tmp_path / "closed"
    folder.mkdir()

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    # Whoever runs the tests may be allowed to read everything.
    real = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: refuse(path) if pathlib.Path(path) == folder else real(path))
    monkeypatch.setenv("TINTYPE_ADDONS", str(folder))
    assert ids() == ["own"]
    assert tt.addons.problems == [f"{folder} cannot be read: Permission denied; add-ons in it are not found"]


def test_a_folder_that_does_not_answer_is_left_out(tmp_path, monkeypatch, addon):
    addon("own")
    folder = tmp_path / "slow"
    folder.mkdir()
    answer = threading.Event()
    real = finding._candidates
    monkeypatch.setattr(finding, "_candidates", lambda path: real(path) if path != folder else answer.wait(60) and [])
    monkeypatch.setenv("TINTYPE_ADDONS", str(folder))
    search = finding.search(seconds=0.2)
    answer.set()
    assert "own" in search.found
    assert search.faults == [f"{folder} has not answered for 0.2 s; add-ons in it are not found"]


def test_what_is_no_addon_is_not_listed(user_folder):
    user_folder.mkdir(parents=True)
    (user_folder / "notes").mkdir()
    (user_folder / "notes.txt").write_text("hello")
    (user_folder / ".hidden.py").write_text("hello")
    assert ids() == []


def test_a_zip_that_lies_there_is_to_be_installed(user_folder):
    user_folder.mkdir(parents=True)
    path = user_folder / "packed.zip"
    path.write_bytes(b"PK")
    found = tt.addons.get("packed")
    assert (found.state, found.error) == ("broken", f"{path} is an add-on that is not installed: tintype addon install {path}")


def test_a_package_without_a_table_is_broken(user_folder):
    (user_folder / "bare").mkdir(parents=True)
    (user_folder / "bare" / "__init__.py").write_text("")
    found = tt.addons.get("bare")
    assert (found.state, found.error) == ("broken", f"{user_folder}/bare is no add-on: there is no addon.toml")
    assert (found.name, found.version, found.registered) == ("bare", "", [])


def test_a_folder_that_never_was_cannot_be_added_or_taken_away(tmp_path):
    with pytest.raises(tt.AddonError, match="there is no folder .*nowhere"):
        tt.addons.add_folder(tmp_path / "nowhere")
    with pytest.raises(tt.NotFoundError, match="is none of the folders"):
        tt.addons.remove_folder(tmp_path)


def test_a_pipe_among_them_is_none(addon, user_folder):
    addon("good")
    os.mkfifo(user_folder / "pipe.py")
    assert {"good"} <= {each.id for each in tt.addons.list()}
    assert tt.addons.problems == []
