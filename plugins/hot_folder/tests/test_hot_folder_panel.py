# Tests of the add-on Hot folder: its panel, without a window, and the example of its page.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re
import threading

import pytest
import tintype as tt

PAGE = pathlib.Path(__file__).parents[1] / "README.md"


@pytest.fixture
def panel(place, monkeypatch):
    """The panel, whose folders are those of the test, and what it shows."""
    from hot_folder import panel as module

    shown = {}
    monkeypatch.setattr(module.HotFolder, "show_text", lambda self, name, text: shown.update({name: text}))
    monkeypatch.setattr(module.HotFolder, "show_table", lambda self, name, table: shown.update({name: table}))
    module.HotFolderSettings.panel.settle = 0
    panel = module.HotFolder.panel
    panel.watch, panel.results, panel.recipe = place.watch, place.out, None
    panel.shown = shown
    yield panel
    module.HotFolderSettings.panel.settle = 1


def test_start_works_until_stop_and_the_table_shows_what_became_of_the_files(place, panel, capsys, monkeypatch):
    done = threading.Event()
    monkeypatch.setattr(type(panel), "_say", lambda self, line: done.set())
    place.put("a.png", 1)
    running = threading.Thread(target=panel.start)
    running.start()
    assert done.wait(60)
    panel.stop()
    running.join()
    assert place.results() == {"a.png": 2}
    assert panel.shown["files"]["File"] == ["a.png"] and panel.shown["files"]["Result"] == ["a.png"]
    assert panel.shown["state"] == "Stopped. 1 done." and panel.shown["error"] == ""


def test_failures_stand_below_the_table_and_are_put_back(place, panel, monkeypatch, invert):
    from hot_folder import panel as module

    failed = threading.Event()
    monkeypatch.setattr(type(panel), "_say", lambda self, line: "failed" in line and failed.set())
    monkeypatch.setattr(module, "Settings", lambda pause, retries, **given: place.settings(retries=0, recipe=invert))
    place.write("in/a.png", "no picture")
    running = threading.Thread(target=panel.start)
    running.start()
    assert failed.wait(60)
    module.stop()  # as the end of the add-on does
    running.join()
    assert panel.shown["state"] == "Stopped. 1 failed." and panel.shown["error"] == "a.png: this is not an image, or of a kind that cannot be opened"
    panel.retry()
    assert panel.shown["state"] == "1 put back. 1 arrived."


def test_what_is_missing_is_said_by_its_field(panel):
    panel.results = None
    with pytest.raises(tt.ParameterError, match="Hot folder: results is missing; it must be the path of a folder"):
        panel.start()


def test_what_was_chosen_is_remembered(place, panel):
    from hot_folder.panel import HotFolderSettings

    panel.watch_changed(place.watch)
    panel.recipe_changed(place.root / "r.json")
    assert HotFolderSettings.panel.watch == place.watch and HotFolderSettings.panel.recipe == place.root / "r.json"


def test_the_example_of_the_page_runs(tmp_path, monkeypatch, capsys):
    example = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.S)[-1]
    monkeypatch.chdir(tmp_path)
    exec(compile(example, str(PAGE), "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out.splitlines()[-1] == "1" and os.path.exists("masks/a.png")
