# Panels, menus and preferences belong to who has made them, and vanish with them.
# SPDX-License-Identifier: GPL-3.0-or-later
import gc
import time
import weakref
from typing import Annotated

import pytest

import tintype as tt
from tintype import _tintype

LIMIT = 60


def owner(title="Grains"):
    return _tintype.AddonOwner(title, None)


def declare():
    """What an add-on registers."""

    class Grains(tt.Panel):
        title = "Grains"
        size: Annotated[int, tt.Range(1, 9)] = 3
        layout = ["size", tt.button("Count", "count"), tt.table("cells")]

        def count(self):
            self.show_table("cells", {"a": [1, 2]})

        def size_changed(self, value):
            self.count()

    class Settings(tt.Preferences):
        title = "Grains"
        level: int = 1

    tt.menu("Operations/Grains", [("Count", Grains.panel.count, "Ctrl+Alt+G")])
    tt.shortcut("Ctrl+Alt+H", Grains.panel.count, title="Count again")
    return Grains


def of_here():
    return [id for id in _tintype.panel_ids() if "test_panels_of_owners" in id]


def test_all_of_it_is_listed_and_vanishes_with_its_owner():
    addon = owner()
    panel = addon.run(declare, "test").panel
    assert addon.contents() == [
        ("panel", "Grains"), ("page of preferences", "Grains"), ("menu", "Operations/Grains"), ("shortcut", "Count again")
    ]  # fmt: skip
    assert len(of_here()) == 4
    addon.release()
    assert of_here() == [] and addon.contents() == [] and not panel._native.active
    panel._native.press("count")
    panel._native.edit("size", 4)
    panel.show_table("cells", None)


def test_what_is_registered_after_the_end_is_gone_at_once():
    addon = owner()
    addon.release()
    cls = addon.run(declare, "test")
    assert of_here() == [] and not cls.panel._native.active


def test_an_id_of_somebody_else_is_refused_and_both_are_named():
    first, second = owner("First"), owner("Second")
    first.run(declare, "test")
    with pytest.raises(tt.ParameterError, match="Grains: the id '.*Grains' is taken by a panel of First; .* that of Second"):
        second.run(declare, "test")
    assert len(of_here()) == 4 and second.contents() == []
    first.release()
    second.run(declare, "test")
    assert len(of_here()) == 4
    second.release()


def test_a_shortcut_of_somebody_else_is_refused_and_both_are_named():
    first, second = owner("First"), owner("Second")
    first.run(declare, "test")
    with pytest.raises(tt.ParameterError, match="shortcut Ctrl\\+Alt\\+H is taken by 'Count again' of First; .* for 'Mine'"):
        second.run(lambda: tt.menu("Other", [("Mine", print, "Ctrl+Alt+H")]), "test")
    first.release()


def test_loaded_anew_a_hundred_times_nothing_is_left():
    classes = []

    def load():
        addon = owner()
        cls = addon.run(declare, "test")
        cls.panel._native.edit("size", 5)
        addon.release()
        assert addon.wait(LIMIT)
        classes.append(weakref.ref(cls))

    for _ in range(100):
        load()
    assert of_here() == []
    # The thread of the last call gives up what it has called when it has told that it has ended.
    deadline = time.monotonic() + LIMIT
    while any(cls() for cls in classes) and time.monotonic() < deadline:
        gc.collect()
        time.sleep(0)
    assert [cls() for cls in classes if cls()] == []


def test_what_fails_is_kept_for_its_owner():
    addon = owner()

    def declare_bad():
        class Bad(tt.Panel):
            title = "Bad"
            layout = [tt.button("Divide", lambda: 1 / 0, name="divide")]

        return Bad

    panel = addon.run(declare_bad, "test").panel
    panel._native.press("divide")
    assert addon.wait(LIMIT)
    assert [(title, "ZeroDivisionError" in text) for _, title, text in addon.failures()] == [("The button Divide of Bad", True)]
    addon.release()
