# From the rows of a panel's class to plain data, with the functions behind them.
# SPDX-License-Identifier: GPL-3.0-or-later
from . import _callbacks, _tintype
from ._panel_items import Item
from ._tintype import ParameterError

_HOLDS = ("row", "section")
_NAMED = ("table", "image", "plot", "progress")
# The window makes widgets for all of them at once.
_MOST_ITEMS = 500
_CALLED = {"label": "a label", "table": "a table", "image": "an image", "plot": "a plot", "progress": "a progress bar"}


class Layout:
    """Reads the rows of one panel. `items` is what the window gets, `functions` what is called, by field and button."""

    def __init__(self, panel, caller, parameters):
        self._panel = panel
        self._caller = caller
        self._parameters = parameters
        self.names = {}
        self.functions = {}
        self._count = 0
        for name, parameter in parameters.items():
            changed = getattr(panel, f"{name}_changed", None)
            if callable(changed):
                self.functions[name] = _told(changed, parameter)
        rows = type(panel).layout
        if rows is None:
            rows = list(parameters)
        if isinstance(rows, (str, Item)) or not hasattr(rows, "__iter__"):
            raise ParameterError(f"{caller}: layout must be a list of rows, not {rows!r}")
        self.items = [self._described(row, f"row {number}") for number, row in enumerate(rows, 1)]

    def _fail(self, place, text):
        raise ParameterError(f"{self._caller}: {place}: {text}")

    def _described(self, item, place):
        self._count += 1
        if self._count > _MOST_ITEMS:
            self._fail(place, f"there can be at most {_MOST_ITEMS} fields, buttons and the like in a panel")
        if isinstance(item, str):
            if item not in self._parameters:
                self._fail(place, f"there is no field {item!r}; there are {', '.join(self._parameters) or 'none'}")
            self._take_name(item, place, "field")
            return _plain("field", item)
        if not isinstance(item, Item):
            self._fail(place, f"it must be the name of a field, or made by tt.button, tt.row and the like, not {item!r}")
        said = _plain(item.kind, item.name, item.title, item.help, item.is_open)
        if item.kind in _HOLDS:
            if not item.items:
                self._fail(place, f"a {item.kind} must hold something")
            said["items"] = [self._described(inner, f"{place}, item {number}") for number, inner in enumerate(item.items, 1)]
        elif item.kind == "button":
            self._add_button(item, said, place)
        elif item.kind in _NAMED or item.name:
            if not item.name.isidentifier():
                self._fail(place, f"{_CALLED[item.kind]} needs a name such as 'cells', not {item.name!r}")
            self._take_name(item.name, place, item.kind)
        return said

    def _take_name(self, name, place, kind):
        if name in self.names or kind != "field" and name in self._parameters:
            self._fail(place, f"there is another {self.names.get(name, 'field')} {name!r} already")
        self.names[name] = kind

    def _add_button(self, item, said, place):
        if not item.title:
            self._fail(place, "a button needs a title")
        handler = self._handler(item.handler, place)
        if isinstance(handler, str):
            said["operation"] = handler
            said["name"] = item.name or self._free_name(handler.replace(".", "_"))
        else:
            said["name"] = item.name or self._free_name(_callbacks.title_of(handler))
            self.functions[said["name"]] = handler
        self._take_name(said["name"], place, "button")

    def _free_name(self, wish):
        wish = wish if wish.isidentifier() else "button"
        number, name = 1, wish
        while name in self.names or name in self._parameters:
            number += 1
            name = f"{wish}_{number}"
        return name

    def _handler(self, handler, place):
        """A function without arguments, or the id of an operation."""
        cls = type(self._panel)
        if not isinstance(handler, str):
            named = getattr(cls, getattr(handler, "__name__", ""), None)
            return getattr(self._panel, handler.__name__) if named is handler else handler
        method = getattr(cls, handler, None) if handler.isidentifier() else None
        if callable(method):
            return getattr(self._panel, handler)
        # Another add-on may bring it later.
        if "." in handler or handler in _tintype.operation_ids():
            return handler
        self._fail(place, f"there is neither a method nor an operation {handler!r}")


def _told(changed, parameter):
    """The window knows texts and lists, the code gets members and tuples."""
    return lambda value: changed(parameter.from_plain(value))


def _plain(kind, name, title="", help="", is_open=True):
    return {
        "kind": kind, "name": name, "title": title, "help": help, "operation": "", "shortcut": "", "is_open": is_open, "items": [],
    }  # fmt: skip
