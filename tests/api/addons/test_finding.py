# Where add-ons are found, and what is said of folders that cannot be looked through.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
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


@pytest.fixture
def hanging(tmp_path, monkeypatch):
    """A folder that does not answer until the event is set, and who has asked."""
    folder = tmp_path / "slow"
    folder.mkdir()
    answer, asked = threading.Event(), []
    real = finding._candidates

    def candidates(path):
        if path == folder or folder in path.parents:
            asked.append(path)
            answer.wait(60)
        return real(path)

    monkeypatch.setattr(finding, "_candidates", candidates)
    yield folder, answer, asked
    answer.set()


def test_a_folder_that_does_not_answer_is_left_out(addon, monkeypatch, hanging):
    addon("own")
    folder, answer, asked = hanging
    monkeypatch.setenv("TINTYPE_ADDONS", str(folder))
    search = finding.Folders().search(seconds=0.2)
    assert "own" in search.found
    assert search.faults == [f"{folder} has not answered for 0.2 s; add-ons in it are not found"]


def test_a_folder_that_hangs_is_asked_again_when_it_has_answered(monkeypatch, hanging):
    folder, answer, asked = hanging
    write_addon(folder, "late")
    monkeypatch.setenv("TINTYPE_ADDONS", str(folder))
    folders = finding.Folders()
    folders.search(seconds=0.1)
    for _ in range(5):
        # Nobody waits for it a second time.
        assert folders.search(seconds=60).faults == [f"{folder} does still not answer; add-ons in it are not found"]
    [thread] = [each for each in threading.enumerate() if each.name == f"add-ons in {folder}"]
    assert asked == [folder]
    answer.set()
    thread.join(60)
    assert "late" in folders.search().found


def test_one_that_is_on_and_hangs_does_not_hold_up_the_start(addon, monkeypatch, restart, settings, hanging, capsys):
    addon("own")
    folder, answer, asked = hanging
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"format": 1, "enabled": {"own": "user", "late": str(folder / "late")}}))
    monkeypatch.setattr(finding, "SECONDS", 0.1)
    monkeypatch.setattr(finding.Folders.look_into, "__defaults__", (0.1,))
    assert restart().get("own").state == "on"
    assert f"The add-on late is not on: {folder / 'late'} has not answered for 0.1 s" in capsys.readouterr().err


@pytest.mark.parametrize("stray", ["twin.py", "twin.zip"])
def test_a_file_beside_an_addon_of_its_name_does_not_take_it_away(user_folder, addon, stray):
    path = addon("twin")
    tt.addons.enable("twin")
    (user_folder / stray).write_text("print('hello')")
    assert (tt.addons.get("twin").path, tt.addons.get("twin").state) == (path, "on")
    assert tt.addons.reload("twin").path == path
    [problem] = tt.addons.problems
    assert "several add-ons with the id 'twin'" in problem and str(user_folder / stray) in problem and problem.endswith(f"{path} is used")


def test_another_one_of_its_id_does_not_take_away_the_one_that_is_on(tmp_path, monkeypatch, addon, restart):
    addon("twin")
    meant = write_addon(tmp_path / "named", "twin", "import tintype as tt\ntt.on('twin.asked', print)\n")
    monkeypatch.setenv("TINTYPE_ADDONS", str(tmp_path / "named"))
    (tmp_path / "data" / "tintype" / "addons" / "twin").rename(tmp_path / "aside")
    tt.addons.enable("twin")
    (tmp_path / "aside").rename(tmp_path / "data" / "tintype" / "addons" / "twin")
    found = restart().get("twin")
    assert (found.state, found.path, len(found.registered)) == ("on", meant, 1)
    assert tt.addons.problems[0].endswith(f"{meant} is used")


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
