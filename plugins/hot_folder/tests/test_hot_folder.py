# Tests of the add-on Hot folder: what arrives is processed, delivered, tried again, listed.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import threading

import pytest
import tintype as tt


def test_what_is_there_is_processed_once(place, invert):
    for number in range(5):
        place.put(f"p{number}.png", number)
    watcher = place.run(recipe=invert)
    assert place.results() == {f"p{number}.png": 254 - number for number in range(5)}
    assert set(place.states().values()) == {"done"} and not watcher.is_unclean
    place.run(recipe=invert)
    assert len(place.results()) == 5


def test_a_recipe_of_json_and_options_of_the_saver(place):
    place.put("a.png", 9)
    (tt.Image.new_from_file(place.watch / "a.png").invert()).recipe.save(place.root / "invert.json")
    place.run(recipe=place.root / "invert.json", output="{stem}-inverted.tif", save={"compression": "deflate"})
    saved = place.out / "a-inverted.tif"
    assert tt.Image.new_from_file(saved).avg() == 245 and saved.stat().st_size < 40 * 30


def test_without_a_recipe_any_file_is_delivered_as_it_is(place):
    place.write("in/notes.txt", "words")
    place.run(patterns=["*.txt"])
    assert place.results() == {"notes.txt": "words"}


def test_a_table_goes_along_with_the_picture(place):
    script = place.write("measure.py", """
import tintype as tt

def process(image, info):
    return image.invert(), tt.measure((image > 0).label(), image)
""")
    place.put("a.png", 4)
    place.run(recipe=script)
    assert set(place.results()) == {"a.png", "a.csv"} and place.results()["a.csv"].startswith("\ufefffile,label,")


def test_unfinished_and_hidden_files_and_other_kinds_are_left_alone(place):
    for name in ("a.png.part", "b.tmp", "c.png~", ".d.png", "e.txt"):
        place.write(f"in/{name}", "x")
    place.run()
    assert place.states() == {} and place.results() == {}


def test_folders_below_are_looked_into_when_asked_for(place, invert):
    place.put("deep/er/a.png", 1)
    place.put(".hidden/b.png", 1)
    place.run(recipe=invert)
    assert place.results() == {}
    place.run(recipe=invert, recursive=True)
    assert place.results() == {"deep/er/a.png": 253}


def test_a_file_counts_only_when_it_stays_the_same(place, monkeypatch):
    from hot_folder import watching

    clock = [100.0]
    monkeypatch.setattr(watching.time, "monotonic", lambda: clock[0])
    path = place.write("in/a.png", "half")
    folder = watching.Folder(place.settings(settle=1), {})
    assert folder.look() == [] and folder.is_waiting
    clock[0] += 0.9
    path.write_text("half and half")
    assert folder.look() == []
    clock[0] += 0.9
    assert folder.look() == []
    clock[0] += 0.2
    assert [one[0] for one in folder.look()] == ["a.png"]
    assert folder.look() == [] and not folder.is_waiting


def test_new_content_under_the_same_name_is_a_new_file(place, invert):
    place.put("a.png", 1)
    place.run(recipe=invert)
    place.put("a.png", 2)
    place.run(recipe=invert)
    assert place.results() == {"a.png": 253, "a-2.png": 252}


def test_files_of_others_are_never_overwritten(place, invert):
    place.out.mkdir()
    picture = tt.Image.black(5, 5)
    picture.write_to_file(place.out / "a.png")
    place.put("a.png", 1)
    place.put("deep/a.png", 2)
    place.run(recipe=invert, recursive=True, output="{stem}.png", workers=1)
    assert place.results() == {"a.png": 0, "a-2.png": 253, "a-3.png": 252}


def test_one_that_comes_to_stand_there_meanwhile_is_not_overwritten_either(place):
    from hot_folder import delivery

    staged, target, part = place.write("staged", "ours"), place.root / "target", str(place.root / "part")
    assert delivery.deliver(staged, target, part, delivery.digest(staged))
    assert delivery.deliver(staged, target, part, delivery.digest(staged)), "the copy of a run that was killed is known again"
    target.write_text("theirs")
    assert not delivery.deliver(staged, target, part, delivery.digest(staged))
    assert target.read_text() == "theirs" and not os.path.exists(part)


def test_what_is_done_is_moved_away_and_may_come_back(place, invert):
    path = place.put("a.png", 1)
    when = path.stat().st_mtime_ns
    place.run(recipe=invert, after=place.root / "finished")
    moved = place.root / "finished" / "a.png"
    assert not path.exists() and moved.stat().st_mtime_ns == when
    assert list(place.watch.iterdir()) == []
    os.rename(moved, path)
    place.run(recipe=invert, after=place.root / "finished")
    assert place.results() == {"a.png": 253, "a-2.png": 253}
    place.put("a.png", 7)
    moved.write_text("somebody else's")
    place.run(recipe=invert, after=place.root / "finished")
    assert moved.read_text() == "somebody else's" and (place.root / "finished" / "a-2.png").exists()


def test_a_move_that_was_cut_off_goes_on_and_takes_no_newer_file(place):
    from hot_folder import delivery

    path, target = place.put("a.png", 1), str(place.root / "done" / "a.png")
    version = delivery.version(path)
    os.rename(path, place.watch / delivery._hidden(f"a.png:{version}"))
    place.put("a.png", 2)
    assert delivery.move(str(path), version, target)
    assert tt.Image.new_from_file(target).avg() == 2 and tt.Image.new_from_file(path).avg() == 3
    assert delivery.move(str(path), version, target) and path.exists()


def test_a_folder_that_vanishes_is_said_once_and_taken_up_again(place, invert):
    from hot_folder import Watcher, open_journal

    place.put("a.png", 1)
    away = place.root / "away"
    os.rename(place.watch, away)
    seen = {text: threading.Event() for text in ("waiting for it", "is there again", "a.png: done")}

    def say(line):
        place.said.append(line)
        [event.set() for text, event in seen.items() if text in line]

    def come_and_go():
        assert seen["waiting for it"].wait(60)
        os.rename(away, place.watch)
        assert seen["is there again"].wait(60) and seen["a.png: done"].wait(60)

    settings = place.settings(recipe=invert)
    with open_journal(settings) as journal:
        watcher = Watcher(settings, journal, say)
        helper = threading.Thread(target=lambda: (come_and_go(), watcher.stop()))
        helper.start()
        watcher.run()
        helper.join()
    assert [line.count("waiting for it") for line in place.said].count(1) == 1 and place.results() == {"a.png": 253}


def test_only_one_program_works_on_a_journal(place):
    from hot_folder import holding, open_journal

    with open_journal(place.settings()), pytest.raises(tt.FileError, match=f"process {os.getpid()} works on this hot folder"):
        with open_journal(place.settings()):
            pass
    assert holding.pid_of(place.settings().journal) is None
    other = place.settings(journal=place.settings().journal)
    object.__setattr__(other, "watch", str(place.root))
    with pytest.raises(tt.FileError, match="this is the journal of"), open_journal(other):
        pass


def test_what_killed_runs_have_left_behind_is_removed(place, invert):
    from hot_folder import open_journal

    place.put("a.png", 1)
    settings = place.settings(recipe=invert)
    with open_journal(settings) as journal, journal.together():
        journal.arrived("a.png", *((found := os.stat(place.watch / "a.png")).st_size, found.st_mtime_ns))
        waiting = journal.stage(1)
        waiting.mkdir(parents=True)
        (waiting / "half").touch()
    place.run(recipe=invert)
    assert list((place.out / ".hotfolder" / "in" / "work").iterdir()) == [] and place.results() == {"a.png": 253}


def test_names_that_are_no_text_and_names_with_braces_are_done_too(place, invert):
    os.makedirs(place.root / "{out}")
    place.put("{stem}.png", 1)
    picture = place.put("a.png", 2)
    os.rename(picture, os.path.join(os.fsencode(place.watch), b"\xff.png"))
    from hot_folder import Settings, Watcher, open_journal

    settings = Settings(watch=place.watch, results=place.root / "{out}", recipe=invert, settle=0, interval=0.02)
    with open_journal(settings) as journal:
        Watcher(settings, journal, place.said.append).run(once=True)
    names = os.listdir(os.fsencode(place.root / "{out}"))
    assert sorted(names) == [b".hotfolder", b"{stem}.png", b"\xff.png"]
    assert any(line.startswith("\\udcff.png: done, ") for line in place.said)


def test_a_journal_without_tables_is_none_yet(place):
    from hot_folder import holding

    settings = place.settings()
    os.makedirs(settings.journal)
    (place.out / ".hotfolder" / "in" / "journal.sqlite").touch()
    assert holding.look(settings) is None
    place.put("a.png", 1)
    place.run()
    assert place.states() == {"a.png": "done"}
    (place.out / ".hotfolder" / "in" / "journal.sqlite").write_text("no database" * 1000)
    with pytest.raises(tt.FileError, match="journal.sqlite: this journal cannot be used: file is not a database"):
        place.run()


def test_what_was_to_be_moved_stays_when_the_settings_say_so_now(place, invert):
    from hot_folder import open_journal

    for name, state in (("a.png", "delivered"), ("b.png", "failing")):
        place.put(name, 1)
        found = os.stat(place.watch / name)
        with open_journal(place.settings()) as journal, journal.together():
            journal.arrived(name, found.st_size, found.st_mtime_ns)
            id = journal.last(1)[0].id
            journal.fails(id, "no good") if state == "failing" else journal.move_on(id, state)
    place.run(recipe=invert)
    assert place.states() == {"a.png": "done", "b.png": "failed"} and place.results() == {}
    assert sorted(os.listdir(place.watch)) == ["a.png", "b.png"]
