# What stands in a panel beside its fields: buttons, rows, sections, texts, tables, images, plots, bars.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from ._tintype import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Item:
    """One thing in the layout of a panel; made by the functions of this module."""

    def __init__(
        self, kind: str, caller: str, name: str = "", title: str = "", help: str = "", handler: Any = None, is_open: bool = True,
        items: tuple[Any, ...] = (),
    ) -> None:  # fmt: skip
        for said, text in (("name", name), ("title", title), ("help", help)):
            if not isinstance(text, str):
                raise ParameterError(f"{caller}: {said} must be a text, not {text!r}")
        self.kind = kind
        self.name = name
        self.title = title
        self.help = help
        self.handler = handler
        self.is_open = is_open
        self.items = items

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name or self.title!r}>"


def button(title: str, handler: str | Callable[..., object], *, name: str = "", help: str = "") -> Item:
    """A button of a panel.

    `handler` is the name of a method of the panel, a function, or the id of an operation, which is chosen as from the menu.
    Functions run on a thread of their own, and the button cannot be pressed again before they end; meanwhile it shows that it
    is at work, and can be stopped. Errors are shown in the panel. `name` is how `Panel.enable` speaks of it, otherwise the
    name of the function; `help` is its tooltip.

    >>> import tintype as tt
    >>> tt.button("Pack", "pack")
    <button 'Pack'>
    """
    if not isinstance(handler, str) and not callable(handler):
        wanted = "a function, the name of a method or the id of an operation"
        raise ParameterError(f"button {title!r}: the handler must be {wanted}, not {handler!r}")
    return Item("button", "button", name, title, help, handler)


def row(*items: Any) -> Item:
    """Fields, buttons and the like beside each other: `tt.row("width", "height")`.

    >>> import tintype as tt
    >>> tt.row("width", "height").items
    ('width', 'height')
    """
    return Item("row", "row", items=items)


def section(title: str, *items: Any, is_open: bool = True) -> Item:
    """Fields and the like below a heading that opens and closes them.

    >>> import tintype as tt
    >>> tt.section("Rarely needed", "seed", is_open=False)
    <section 'Rarely needed'>
    """
    return Item("section", "section", title=title, is_open=bool(is_open), items=items)


def label(text: str, *, name: str = "") -> Item:
    """A text. One with a `name` can be changed: `self.show_text(name, "3 found")`.

    >>> import tintype as tt
    >>> tt.label("Nothing found yet.", name="status")
    <label 'status'>
    """
    return Item("label", "label", name, text)


def table(name: str, *, title: str = "") -> Item:
    """A table, filled by `self.show_table(name, table)`. A click on a heading sorts it.

    >>> import tintype as tt
    >>> tt.table("cells")
    <table 'cells'>
    """
    return Item("table", "table", name, title)


def image(name: str, *, title: str = "") -> Item:
    """An image to look at, set by `self.show_image(name, image)`: computed as far as it is seen, as on the canvas.

    >>> import tintype as tt
    >>> tt.image("mask")
    <image 'mask'>
    """
    return Item("image", "image", name, title)


def plot(name: str, *, title: str = "") -> Item:
    """A plot, drawn by `self.show_plot(name, y)` or `self.show_histogram(name, values)`.

    >>> import tintype as tt
    >>> tt.plot("sizes")
    <plot 'sizes'>
    """
    return Item("plot", "plot", name, title)


def progress_bar(name: str) -> Item:
    """A bar, moved by `self.show_progress(name, 0.5, "Half of them")`; hidden until then.

    >>> import tintype as tt
    >>> tt.progress_bar("work")
    <progress 'work'>
    """
    return Item("progress", "progress_bar", name)
