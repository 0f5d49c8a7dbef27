# Menus and keyboard shortcuts of add-ons and scripts, as data.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import itertools
import sys

from . import _callbacks, _panel, _tintype
from ._tintype import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

_MOST_ENTRIES = 500
# In the order in which Qt writes them.
_MODIFIERS = {"meta": "Meta", "ctrl": "Ctrl", "control": "Ctrl", "alt": "Alt", "shift": "Shift"}
_KEYS = {
    key.lower(): key
    for key in ("Space", "Tab", "Return", "Enter", "Esc", "Backspace", "Del", "Ins", "Home", "End", "PgUp", "PgDown", "Left", "Right",
                "Up", "Down", *(f"F{number}" for number in range(1, 36)))
}  # fmt: skip


class Menu:
    """Entries in the menus of the window, or a shortcut; goes with the add-on, script or console that made it."""

    def __init__(self, native: Any) -> None:
        self._native = native
        try:
            native.add()
        except BaseException:
            native.remove()
            raise

    @property
    def active(self) -> bool:
        """Whether it is still there."""
        return self._native.active

    def close(self) -> None:
        """Take it out of the window, for good."""
        self._native.remove()

    def __repr__(self) -> str:
        return f"<menu {'active' if self.active else 'closed'}>"


def menu(path: str, entries: Iterable[Any]) -> Menu:
    """Put entries into a menu of the window: `tt.menu("Operations/Grains", [("Count", count), ("Sizes…", sizes, "Ctrl+Alt+G")])`.

    `path` names the menu and the menus inside it; those that are not there are made. Each entry is a tuple of its title, what it
    does and, if it shall have one, its shortcut; None is a line between entries. What it does is a function, called on a
    thread of its own, or the id of an operation, which is chosen as from its own menu. An entry is grey while its function
    runs, and errors are shown with their traceback. A second menu of the same path from the same module takes the place of the
    first. Without a window nothing is shown.

    Raises ParameterError, with the entry, for what cannot be, and for a shortcut that something else has.

    >>> import tintype as tt
    >>> grains = tt.menu("Operations/Grains", [("Count", print, "Ctrl+Alt+G"), None, ("Blur", "gaussblur")])
    >>> grains.active
    True
    >>> grains.close()
    """
    parts = [part.strip() for part in path.split("/")] if isinstance(path, str) else []
    if not parts or not all(parts):
        raise ParameterError(f"menu: the path must be titles such as 'Operations/Grains', not {path!r}")
    path = "/".join(parts)
    items, functions = [], {}
    try:
        listed = list(itertools.islice(entries, _MOST_ENTRIES + 1))
    except TypeError:
        raise ParameterError(f"menu {path!r}: the entries must be a list, not {entries!r}") from None
    if len(listed) > _MOST_ENTRIES:
        raise ParameterError(f"menu {path!r}: there can be at most {_MOST_ENTRIES} entries")
    for number, entry in enumerate(listed, 1):
        caller = f"menu {path!r}: entry {number}"
        if entry is None:
            items.append(_item("label", f"line_{number}", ""))
            continue
        if not isinstance(entry, (tuple, list)) or not 2 <= len(entry) <= 3:
            raise ParameterError(f"{caller}: it must be (title, what it does) or (title, what it does, shortcut), not {entry!r}")
        items.append(_entry(f"entry_{number}", *entry, caller=caller, functions=functions))
    return _registered("menu", path, path, items, functions)


def shortcut(keys: str, handler: str | Callable[[], object], *, title: str = "") -> Menu:
    """Call a function, or choose an operation by its id, when keys such as "Ctrl+Alt+D" are pressed.

    `title` is what the list of keyboard shortcuts says, otherwise the name of the function. Raises ParameterError for keys that
    something else has, which it names, and for letters without Ctrl, Alt or Meta, which are for typing.

    >>> import tintype as tt
    >>> keys = tt.shortcut("Ctrl+Alt+D", print, title="Print nothing")
    >>> keys.close()
    """
    functions = {}
    caller = f"shortcut {keys!r}"
    title = title or (handler if isinstance(handler, str) else _callbacks.title_of(handler))
    item = _entry("entry", title, handler, keys, caller=caller, functions=functions)
    return _registered("shortcut", item["shortcut"], title, [item], functions)


def _item(kind, name, title):
    return {"kind": kind, "name": name, "title": title, "help": "", "operation": "", "shortcut": "", "is_open": True, "items": []}


def _entry(name, title, handler, keys="", *, caller, functions):
    if not isinstance(title, str) or not title.strip():
        raise ParameterError(f"{caller}: it needs a title, not {title!r}")
    item = _item("button", name, title)
    if isinstance(handler, str):
        if "." not in handler and handler not in _tintype.operation_ids():
            raise ParameterError(f"{caller}: there is no operation {handler!r}")
        item["operation"] = handler
    elif callable(handler):
        functions[name] = handler
    else:
        raise ParameterError(f"{caller}: it must call a function or choose an operation by its id, not {handler!r}")
    if keys:
        item["shortcut"] = _portable(keys, caller)
    return item


def _portable(keys, caller):
    """As Qt writes them, so that they can be compared."""
    wrong = ParameterError(f"{caller}: a shortcut is written such as 'Ctrl+Alt+D', 'Ctrl+F6' or 'F6', not {keys!r}")
    if not isinstance(keys, str):
        raise wrong
    *words, key = [part.strip() for part in keys.split("+")] if not keys.endswith("++") else [*keys[:-2].split("+"), "+"]
    modifiers = {_MODIFIERS.get(word.strip().lower()) for word in words}
    key = _KEYS.get(key.lower(), key.upper())
    if None in modifiers or not (len(key) == 1 and key.isprintable() and key != " " or key in _KEYS.values()):
        raise wrong
    if not modifiers - {"Shift"} and not (key.startswith("F") and key[1:].isdigit()):
        raise ParameterError(f"{caller}: a shortcut needs Ctrl, Alt or Meta, as the keys alone are for typing")
    return "+".join([*(word for word in ("Meta", "Ctrl", "Alt", "Shift") if word in modifiers), key])


def _registered(place, what, title, items, functions):
    # The module that has called menu() or shortcut().
    module = sys._getframe(2).f_globals.get("__name__", "")
    description = {"id": f"{place}:{_panel.module_name(module)}:{what}", "title": title, "help": "", "place": place, "fields": [],
                   "items": items}  # fmt: skip
    return Menu(_tintype._Panel(description, functions))
