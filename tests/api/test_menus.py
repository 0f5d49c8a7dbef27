# Menus and shortcuts without a window: what is registered, and what of a wrong one is said.
# SPDX-License-Identifier: GPL-3.0-or-later
import threading

import pytest

import tintype as tt
from tintype import _menus, _tintype


@pytest.fixture
def made():
    menus = []
    yield menus.append
    for each in menus:
        each.close()
    assert not [id for id in _tintype.panel_ids() if "test_menus" in id]


def test_an_entry_calls_its_function(made):
    called = threading.Event()
    menu = tt.menu("Operations/Grains", [("Count", called.set, "Ctrl+Alt+G"), None, ("Blur", "gaussblur")])
    made(menu)
    menu._native.press("entry_1")
    assert called.wait(60)


def test_a_menu_made_again_takes_the_place_of_the_former(made):
    first = tt.menu("Grains", [("Count", print, "Ctrl+Alt+G")])
    second = tt.menu("Grains", [("Count", print, "Ctrl+Alt+G")])
    made(second)
    assert not first.active and second.active
    second.close()
    assert not second.active


def test_a_menu_is_the_same_however_its_path_is_spaced(made):
    first = tt.menu("Operations / Grains", [("Count", print)])
    second = tt.menu(" Operations/Grains ", [("Count", print)])
    made(second)
    assert not first.active and second.active
    assert [id for id in _tintype.panel_ids() if "test_menus" in id] == ["menu:test_menus:Operations/Grains"]


@pytest.mark.parametrize(
    "path, entries, said",
    [("", [], "menu: the path must be titles such as 'Operations/Grains', not ''"), ("A//B", [], "not 'A//B'"), ("A/ /B", [], "not 'A/ /B'"), ("/A", [], "not '/A'"), (3, [], "not 3"),
     ("A", 3, "menu 'A': the entries must be a list, not 3"), ("A", ["Count"], "entry 1: it must be \\(title, what it does\\)"),
     ("A", [None, ("", print)], "menu 'A': entry 2: it needs a title, not ''"),
     ("A", [("Count", 3)], "entry 1: it must call a function or choose an operation by its id, not 3"),
     ("A", [("Count", "cuont")], "entry 1: there is no operation 'cuont'"),
     ("A", [("Count", print, "Hyper+X")], "a shortcut is written such as .*, not 'Hyper\\+X'"),
     ("A", [("Count", print, "x")], "a shortcut needs Ctrl, Alt or Meta"), ("A", [("Count", print, "Shift+X")], "needs Ctrl, Alt or Meta")],
)  # fmt: skip
def test_a_wrong_menu_is_refused(path, entries, said):
    with pytest.raises(tt.ParameterError, match=said):
        tt.menu(path, entries)
    assert not [id for id in _tintype.panel_ids() if "test_menus" in id]


@pytest.mark.parametrize(
    "keys, portable",
    [("ctrl+alt+d", "Ctrl+Alt+D"), ("Alt+Ctrl+D", "Ctrl+Alt+D"), ("Shift+Meta+Ctrl+F6", "Meta+Ctrl+Shift+F6"), ("F6", "F6"),
     ("Ctrl+pgup", "Ctrl+PgUp"), ("Ctrl++", "Ctrl++"), ("Ctrl+,", "Ctrl+,")],
)  # fmt: skip
def test_shortcuts_are_compared_however_they_are_written(keys, portable):
    assert _menus._portable(keys, "test") == portable


def test_a_shortcut_that_something_else_has_is_refused(made):
    made(tt.menu("Grains", [("Count", print, "Ctrl+Alt+D")]))
    with pytest.raises(tt.ParameterError, match="the shortcut Ctrl\\+Alt\\+D is taken by 'Count' of .*; choose another one for 'Draw'"):
        tt.shortcut("Alt+Ctrl+d", print, title="Draw")
    made(tt.shortcut("Ctrl+Alt+E", "gaussblur"))
