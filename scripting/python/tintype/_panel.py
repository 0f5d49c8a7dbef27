# Panels: fields, buttons and results of an add-on or a script, shown in the window.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import inspect
import math
import os
import sys

from . import _annotations, _panel_data, _tintype
from ._panel_items import Item
from ._panel_layout import Layout
from ._tintype import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, ClassVar

    from ._table import Table
    from ._tintype import Image

_PLACES = ("left", "right", "bottom")
# Of a label or a bar. The window lays the whole text out at once.
_MOST_LETTERS = 4000


class Panel:
    """A panel of the window, made by declaring a class of it.

    A class with a `title` is registered when it is defined, with the one panel of it, which is `Texture.panel`; it goes with
    the add-on, script or console that defined it. Without a window the same code runs, and nothing is shown.

    - Fields are attributes with annotations: bool, int, float, str, Literal of texts, an Enum, pathlib.Path, list[int],
      list[float], tuple[float, float], tt.Image, or one of these or None; with `tt.Range`, `tt.Field` or a text as help in `Annotated`. They are read and set as
      attributes of the panel. When the person changes one, `def NAME_changed(self, value)` is called, if there is one.
    - `layout` is a list of rows: names of fields, and what `tt.button`, `tt.row`, `tt.section`, `tt.label`, `tt.table`,
      `tt.image`, `tt.plot` and `tt.progress_bar` make. Without one all fields are shown.
    - `place` is "left", "right" or "bottom": where it is at first. `id` is by what the window remembers where it was moved to,
      otherwise the class' name with that of its module.

    Methods run on threads of their own, never on the window's. Each button and each field has its own turn, so that one that
    takes long holds up no other. Raises ParameterError, with the panel and the row, for what cannot be.

    >>> import tintype as tt
    >>> from typing import Annotated
    >>> class Texture(tt.Panel):
    ...     title = "Texture"
    ...     size: Annotated[int, tt.Range(64, 8192, unit="px")] = 1024
    ...     layout = ["size", tt.button("Double", "double")]
    ...     def double(self):
    ...         self.size = min(2 * self.size, 8192)
    >>> Texture.panel.double()
    >>> Texture.panel.size
    2048
    >>> Texture.panel.close()
    """

    id: str = ""
    title: str = ""
    place: str = "right"
    layout: Sequence[str | Item] | None = None
    panel: ClassVar[Any] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.panel = None
        if cls.title:
            cls._register()

    @classmethod
    def _register(cls):
        if not isinstance(cls.title, str):
            raise ParameterError(f"{cls.__name__}: title must be a text, not {cls.title!r}")
        parameters = _fields(cls)
        panel = cls.__new__(cls)
        layout = Layout(panel, cls.title, parameters)
        for name, parameter in parameters.items():
            setattr(cls, name, _Value(parameter))
        panel._names = layout.names
        panel._id = cls.__dict__.get("id") or f"{module_name(cls.__module__)}.{cls.__qualname__}"
        functions = cls._functions(panel, parameters, layout.functions)
        panel._native = _tintype._Panel(_description(panel, parameters, layout), functions)
        try:
            panel._prepare(parameters)
            panel.__init__()
            panel._native.add()
        except BaseException:
            # It has the methods, and the methods have the panel.
            panel._native.remove()
            raise
        cls.panel = panel

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls.panel is not None or not cls.title:
            raise ParameterError(f"{cls.__name__}: there is one panel of each class with a title, {cls.__name__}.panel")
        return super().__new__(cls)

    # What tt.Preferences does otherwise.

    @classmethod
    def _functions(cls, panel, parameters, functions):
        """What is called when the person has changed or pressed something."""
        return functions

    def _prepare(self, parameters):
        """Before `__init__`."""

    def _value_set(self, name):
        """After code has set a field."""

    @classmethod
    def _place(cls):
        if cls.place not in _PLACES:
            raise ParameterError(f"{cls.title}: place must be 'left', 'right' or 'bottom', not {cls.place!r}")
        return cls.place

    def show_text(self, name: str, text: object) -> None:
        """Change the text of the label of this name, 4,000 letters at most. Raises ParameterError when there is none."""
        self._native.show_text(self._checked("show_text", name, "label"), _shortened(text))

    def show_table(self, name: str, table: Table | Mapping[str, Any] | None) -> None:
        """Fill the table of this name from a tt.Table or a dict of columns; None empties it.

        Nothing is copied: columns that are numpy arrays are read when they are looked at, so that a million rows cost nothing.
        Show the table again after a change of its arrays.
        """
        self._checked("show_table", name, "table")
        if table is None:
            self._native.clear(name)
        else:
            self._native.show_table(name, *_panel_data.columns_of(table, f"{self.title}: show_table {name!r}"))

    def show_image(self, name: str, image: Image | None) -> None:
        """Show an image; None takes it away. Its pixels are computed as far as they are seen."""
        self._checked("show_image", name, "image")
        if image is None:
            self._native.clear(name)
        elif isinstance(image, _tintype.Image):
            self._native.show_image(name, image)
        else:
            raise ParameterError(f"{self.title}: show_image {name!r}: an image is needed, not {image!r}")

    def show_plot(
        self, name: str, y: Any, x: Any = None, *, kind: str = "line", title: str = "", x_title: str = "", y_title: str = ""
    ) -> None:
        """Draw numbers: `y` over `x`, or over 0, 1, 2, … `y` may be a dict of several, by what the legend calls them.

        `kind` is "line", "points" or "bars"; of bars `x` may be the edges, one more than there are bars. Units belong into the
        titles of the axes: `x_title="Area (px²)"`. None for `y` empties the plot.
        """
        self._checked("show_plot", name, "plot")
        if y is None:
            self._native.clear(name)
            return
        caller = f"{self.title}: show_plot {name!r}"
        self._native.show_plot(name, _panel_data.plot_of(y, x, kind, str(title), str(x_title), str(y_title), caller))

    def show_histogram(self, name: str, values: Any, *, bins: Any = 50, title: str = "", x_title: str = "") -> None:
        """Draw how often values are how large, as bars. `bins` is how many, or their edges; what is not finite is left out."""
        caller = f"{self.title}: show_histogram {name!r}"
        counts, edges = _panel_data.histogram_of(values, bins, caller)
        self.show_plot(name, counts, edges, kind="bars", title=title, x_title=x_title, y_title="Count")

    def show_progress(self, name: str, fraction: float | None, text: object = "") -> None:
        """Move the bar of this name: 0 to 1, below 0 for work of unknown length, None to hide it."""
        self._checked("show_progress", name, "progress")
        if fraction is None:
            self._native.clear(name)
        elif _annotations.is_number(fraction) and fraction == fraction:
            self._native.show_progress(name, min(max(float(fraction), -1), 1), _shortened(text))
        else:
            raise ParameterError(f"{self.title}: show_progress {name!r}: a number from 0 to 1 is needed, not {fraction!r}")

    def enable(self, name: str, enabled: bool = True) -> None:
        """Whether the field or the button of this name can be used."""
        self._native.set_enabled(self._checked("enable", name, "field", "button"), bool(enabled))

    def close(self) -> None:
        """Take the panel out of the window, for good."""
        self._native.remove()

    def _checked(self, caller, name, *kinds):
        if self._names.get(name) not in kinds:
            known = ", ".join(known for known, kind in self._names.items() if kind in kinds)
            wanted = " or ".join(kinds)
            raise ParameterError(f"{self.title}: {caller}: there is no {wanted} {name!r}; there are {known or 'none'}")
        return name

    def __repr__(self) -> str:
        return f"<panel {self.title!r}>"


class _Value:
    """A field, as an attribute of the panel."""

    def __init__(self, parameter):
        self.parameter = parameter

    def __get__(self, panel, owner=None):
        parameter = self.parameter
        return parameter.from_plain(parameter.default if panel is None else panel._native.value(parameter.name))

    def __set__(self, panel, value):
        panel._native.set_value(self.parameter.name, self.parameter.check(value, panel.title))
        panel._value_set(self.parameter.name)


def _fields(cls):
    """The parameters of the annotations, by name."""
    found = {}
    for name, annotation in _annotations.class_hints(cls, Panel, cls.title).items():
        if name.startswith("_") or name in Panel.__annotations__ or _is_class_variable(annotation):
            continue
        if hasattr(Panel, name):
            raise ParameterError(f"{cls.title}: a field cannot be called {name!r}, which every panel has")
        value = getattr(cls, name, _annotations.NOTHING)
        if isinstance(value, _Value):  # of the class that this one is derived from
            value = value.parameter.default
        parameter = _annotations.read(name, annotation, value, cls.title)
        if parameter.default is _annotations.NOTHING:
            parameter.default = _natural(parameter)
        found[name] = parameter
    return found


def _is_class_variable(annotation):
    import typing

    return annotation is typing.ClassVar or typing.get_origin(annotation) is typing.ClassVar


def _natural(parameter):
    """What a field without a default holds at first."""
    if parameter.optional or parameter.kind in ("path", "image", "images", "integers", "numbers"):
        parameter.optional = True
        return None
    if parameter.kind == "choice":
        return parameter.choices[0]
    if parameter.kind in ("integer", "number"):
        near = min(max(0, parameter.minimum), parameter.maximum)
        return math.ceil(near) if parameter.kind == "integer" else float(near)
    return {"boolean": False, "text": ""}[parameter.kind]


def _description(panel, parameters, layout):
    cls = type(panel)
    fields = [_described(parameter) for parameter in parameters.values()]
    help = inspect.cleandoc(cls.__dict__.get("__doc__") or "").partition("\n\n")[0].replace("\n", " ")
    return {"id": panel._id, "title": cls.title, "help": help, "place": cls._place(), "fields": fields, "items": layout.items}


def _described(parameter):
    keys = ("name", "title", "help", "unit", "kind", "optional", "step", "folder", "default", "length")
    said = {key: getattr(parameter, key) for key in keys}
    choices = [(value, _title_of_choice(value)) for value in parameter.choices]
    minimum, maximum = float(parameter.minimum), float(parameter.maximum)
    return said | {"choices": choices, "minimum": minimum, "maximum": maximum, "slider": tuple(map(float, parameter.slider))}


def _shortened(text):
    text = str(text)
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"


def _title_of_choice(value):
    """Words begin with a capital, as all that people read; units and the like are as they are."""
    return _annotations.title_from(value) if value.isascii() and value.islower() else value


def module_name(module):
    """`__main__` is another one for each script, so its file stands for it."""
    if module != "__main__":
        return module
    path = getattr(sys.modules["__main__"], "__file__", None)
    return os.path.basename(path) if path else "__main__"
