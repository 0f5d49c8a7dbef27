# Tests of the add-on Hot folder: what disks, clocks, names and scripts of others may do to it.
# SPDX-License-Identifier: GPL-3.0-or-later
import errno
import os
import shutil

import pytest
import tintype as tt


def test_a_file_that_cannot_be_moved_stays_under_its_name(place, monkeypatch):
    from hot_folder import delivery

    def refuse(source, target):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path, target = place.put("a.png", 1), str(place.root / "away" / "a.png")
    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(OSError, match="No space left"):
        delivery.move(str(path), delivery.version(path), target)
    assert [one.name for one in place.watch.iterdir()] == ["a.png"]
    monkeypatch.undo()
    assert delivery.move(str(path), delivery.version(path), target)
    assert not list(place.watch.iterdir()) and tt.Image.new_from_file(target).avg() == 2


def test_a_move_to_another_disk_overwrites_nobodys_file(place, monkeypatch):
    from hot_folder import delivery

    path, target = place.put("a.png", 1), place.root / "away" / "a.png"
    link = os.link

    def other_disk(source, to):
        if os.path.dirname(source) != os.path.dirname(to):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        # Somebody is quicker, between the copy and its name.
        target.write_text("theirs")
        link(source, to)

    monkeypatch.setattr(os, "link", other_disk)
    version = delivery.version(path)
    assert not delivery.move(str(path), version, str(target))
    assert target.read_text() == "theirs" and [one.name for one in target.parent.iterdir()] == ["a.png"]
    assert [one.suffix for one in place.watch.iterdir()] == [".moving"], "it waits for its next name"
    assert delivery.move(str(path), version, str(target.with_name("b.png"))) and not list(place.watch.iterdir())


def test_an_error_about_a_name_that_is_no_text_is_that_files_alone(place, invert):
    odd = os.fsdecode(b"odd-\xff")
    route = place.write("route.py", f"def route(path, metadata):\n    raise ValueError({odd!r} if path.stem == 'a' else 'no')\n")
    place.put("a.png", 1)
    place.put("b.png", 2)
    place.run(recipe=invert, routes=route, retries=1)
    assert place.states() == {"a.png": "failed", "b.png": "failed"}
    assert place.entry("a.png").error.endswith("ValueError: odd-\\udcff\n")


@pytest.mark.parametrize("raised", ["KeyboardInterrupt", "GeneratorExit", "__import__('concurrent.futures').futures.CancelledError"])
def test_what_would_end_a_program_is_a_failure_of_the_file(place, invert, raised):
    route = place.write("route.py", f"def route(path, metadata):\n    raise {raised}\n")
    place.put("a.png", 1)
    place.run(recipe=invert, routes=route, retries=1)
    assert place.entry("a.png").state == "failed" and place.entry("a.png").tries == 2


def test_modules_beside_scripts_are_those_of_their_own_folder(place):
    from hot_folder import routing

    for name in ("one", "two"):
        place.write(f"{name}/_where.py", f"def folder():\n    return '{name}'\n")
        place.write(f"{name}/route.py", (
            "loads = []\ndef on_load():\n    loads.append(1)\n"
            "def route(path, metadata):\n    import _where\n    return [_where.folder() + str(len(loads))]\n"
        ))
    ask = lambda name: routing.destinations(str(place.root / name), "/r", place.watch / "a.png", {})
    assert [ask(name) for name in ("one", "two", "one", "two")] == [["/r/one1"], ["/r/two1"], ["/r/one1"], ["/r/two1"]]
    changed = place.write("one/_where.py", "def folder():\n    return 'elsewhere'\n")
    os.utime(changed, ns=(1, 1))
    assert [ask(name) for name in ("one", "two")] == [["/r/elsewhere1"], ["/r/two1"]]


def test_links_to_folders_are_not_followed(place, invert):
    place.put("deep/a.png", 1)
    for name in ("x", "y"):
        os.symlink(".", place.watch / name)
    place.run(recipe=invert, recursive=True)
    assert place.results() == {"deep/a.png": 253}


def test_a_clock_that_was_set_back_holds_nothing_up(place, invert):
    from hot_folder import delivery, holding, open_journal

    place.put("a.png", 1)
    settings = place.settings(recipe=invert)
    with open_journal(settings) as journal, journal.together():
        journal.arrived("a.png", *delivery.version(place.watch / "a.png"))
        journal.try_again(1, "it failed", 30 * 86400)
        assert [entry.path for entry in journal.due(5)] == ["a.png"]
        journal.try_again(1, "it failed", 200)
        assert journal.due(5) == []
    # A new start does not wait either.
    place.run(recipe=invert)
    assert holding.look(settings).counts()["done"] == 1


@pytest.mark.parametrize("what", ["gone", "damaged"])
def test_what_waited_and_is_lost_is_made_again_for_the_same_destinations(place, invert, what):
    asked = place.root / "asked"
    route = place.write("route.py", f"""
def route(path, metadata):
    open({str(asked)!r}, "a").write("x")
    return ["here", {str(place.root / "blocked")!r}]
""")
    place.write("blocked", "a file where a folder is to be")
    place.put("a.png", 1)
    place.run(recipe=invert, routes=route, retries=0)
    assert place.entry("a.png").state == "failed" and place.results() == {"here/a.png": 253}
    work = place.out / ".hotfolder" / "in" / "work"
    staged = next(work.rglob("a.png"))
    if what == "gone":
        shutil.rmtree(work)
    else:
        staged.write_bytes(staged.read_bytes()[:-20])
    (place.root / "blocked").unlink()
    assert place.journal().retry() == 1
    place.run(recipe=invert, routes=route, retries=0)
    assert place.entry("a.png").state == "done" and asked.read_text() == "x"
    assert place.results() == {"here/a.png": 253} and tt.Image.new_from_file(place.root / "blocked" / "a.png").avg() == 253


def test_outputs_stay_below_their_destination_and_out_of_the_watched_folder(place, invert):
    for output in ("../{stem}.png", "/tmp/{stem}.png", "a/../../{stem}.png"):
        with pytest.raises(tt.ParameterError, match="output must be the name of an output below its destination"):
            place.settings(output=output)
    place.put("a.png", 1)
    place.run(recipe=invert, retries=0, results=place.root, output="in/{stem}.png", journal=place.root / "journal")
    assert [one.name for one in place.watch.iterdir()] == ["a.png"]


def test_one_that_cannot_be_put_back_does_not_keep_the_others(place, invert):
    from hot_folder import holding

    for name in ("a.png", "b.png"):
        place.write(f"in/{name}", "no picture " + name)
    how = {"recipe": invert, "retries": 0, "failed": place.root / "failed"}
    place.run(**how)
    place.write("in/a.png", "somebody else's")
    with pytest.raises(tt.FileError, match="(?s)1 put back.*a.png: cannot be put back, another file"):
        holding.retry(place.settings(**how))
    assert (place.watch / "b.png").read_text() == "no picture b.png" and (place.watch / "a.png").read_text() == "somebody else's"


def test_a_damaged_journal_is_named(place):
    from hot_folder import holding

    place.put("a.png")
    place.write("out/.hotfolder/in/journal.sqlite", "this is no database, " * 100)
    with pytest.raises(tt.FileError, match="journal.sqlite: this journal cannot be used: file is not a database"):
        holding.look(place.settings())
