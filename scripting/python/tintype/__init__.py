# The package tintype: the public API, the same in the window, in `tintype run` and in a plain python3.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tintype: look at an image, find the right steps, and use them on ten thousand files.

>>> import tintype as tt
>>> im = tt.Image.black(8, 8).linear(1, 100)
>>> im.avg()
100.0
>>> tt.data.images["grey"] = im
>>> tt.ops.linear(1, 55).avg()
155.0
>>> tt.undo() is not None
True
>>> del tt.data.images["grey"]
"""

import importlib
import os
import sys
import types

import tintype_environment

tintype_environment.add()

from . import _libraries  # noqa: E402, F401

# Python binds all symbols of an extension module at once, and of all libraries that it brings; most are never used.
_flags = sys.getdlopenflags()
sys.setdlopenflags(_flags & ~os.RTLD_NOW | os.RTLD_LAZY)
try:
    from . import _tintype
finally:
    sys.setdlopenflags(_flags)
    del _flags
from ._tintype import (
    Cancelled,
    Error,
    FileError,
    Image,
    NotFoundError,
    NoWindowError,
    OperationError,
    ParameterError,
    Recipe,
    RecipeError,
    Timer,
    UnknownOperationError,
    check_cancelled,
    redo,
    undo,
)
from . import _addons, _document, _ending, _image, _processes, _recipe
from . import _enums as enums
from . import _error as error
from ._addons import Addons
from ._batch import batch
from ._connections import Source, SourceCustom, Target, TargetCustom
from ._conventions import (
    Interpolate,
    Operation,
    Region,
    at_least_libvips,
    cache_get_max,
    cache_get_max_files,
    cache_get_max_mem,
    cache_set_max,
    cache_set_max_files,
    cache_set_max_mem,
    cache_set_trace,
    get_suffixes,
    shutdown,
    type_find,
    values_for_enum,
    version,
)
from ._document import undo_group
from ._events import Answer, Event, ask_handlers, emit, off, on
from ._files import open
from ._measure import contours, measure
from ._metadata import GValue, MutableImage, type_from_name, type_name
from ._namespaces import Operations
from ._progress import progress, sleep
from ._signals import Progress
from ._table import Table
from ._timers import Timers
from ._values import Integer, Number, Numbers
from ._window import App, Ui

__version__ = _tintype.version

# As pyvips has them: `from tintype.enums import Kernel`, `from tintype.error import Error`.
sys.modules[__name__ + ".enums"] = enums
sys.modules[__name__ + ".error"] = error

_addons.install()
_processes.install()
_ending.install()
_image.install()
_recipe.install()

addons = Addons()
data = _document.Data()
project = _document.Project()
ops = Operations()
app = App()
ui = Ui()
timers = Timers()

__all__ = [
    "Addon",
    "AddonError",
    "Answer",
    "Cancelled",
    "Error",
    "Event",
    "Field",
    "FileError",
    "GValue",
    "Image",
    "Integer",
    "Interpolate",
    "Menu",
    "MutableImage",
    "NoWindowError",
    "NotFoundError",
    "Number",
    "Numbers",
    "Operation",
    "OperationError",
    "Panel",
    "ParameterError",
    "Preferences",
    "Progress",
    "Range",
    "Recipe",
    "RecipeError",
    "Region",
    "Source",
    "SourceCustom",
    "Table",
    "Target",
    "TargetCustom",
    "Timer",
    "UnknownOperationError",
    "active",
    "addons",
    "app",
    "ask_handlers",
    "at_least_libvips",
    "batch",
    "button",
    "cache_get_max",
    "cache_get_max_files",
    "cache_get_max_mem",
    "cache_set_max",
    "cache_set_max_files",
    "cache_set_max_mem",
    "cache_set_trace",
    "check_cancelled",
    "colour_map",
    "contours",
    "data",
    "edit_step",
    "emit",
    "file_format",
    "get_suffixes",
    "image",
    "label",
    "measure",
    "menu",
    "off",
    "on",
    "open",
    "operation",
    "ops",
    "plot",
    "progress",
    "progress_bar",
    "project",
    "redo",
    "remove_colour_map",
    "remove_file_format",
    "remove_operation",
    "remove_step",
    "row",
    "section",
    "shortcut",
    "shutdown",
    "sleep",
    "table",
    "timers",
    "type_find",
    "type_from_name",
    "type_name",
    "ui",
    "undo",
    "undo_group",
    "values_for_enum",
    "version",
]

# What few scripts use, and where it is; imported when it is asked for.
_LATER = {
    "Addon": "_addons.addon",
    "AddonError": "_addons.errors",
    "Field": "_annotations",
    "Menu": "_menus",
    "Panel": "_panel",
    "Preferences": "_preferences",
    "Range": "_annotations",
    "button": "_panel_items",
    "colour_map": "_colour_map",
    "edit_step": "_steps",
    "file_format": "_file_format",
    "image": "_panel_items",
    "label": "_panel_items",
    "menu": "_menus",
    "operation": "_operation",
    "plot": "_panel_items",
    "progress_bar": "_panel_items",
    "remove_colour_map": "_colour_map",
    "remove_file_format": "_file_format",
    "remove_operation": "_operation",
    "remove_step": "_steps",
    "row": "_panel_items",
    "section": "_panel_items",
    "shortcut": "_menus",
    "table": "_panel_items",
}


def __getattr__(name):
    """tt.parallel, what is in _LATER, and pyvips' classes of constants, such as tt.Interpretation.SRGB; made when asked for."""
    if name == "parallel":
        return importlib.import_module(".parallel", __name__)
    if name in _LATER:
        globals()[name] = made = getattr(importlib.import_module("." + _LATER[name], __name__), name)
        return made
    try:
        if not name[:1].isupper():
            raise AttributeError(name)
        globals()[name] = made = getattr(enums, name)
    except AttributeError:
        raise AttributeError(f"module 'tintype' has no attribute '{name}'") from None
    return made


def __dir__():
    """For completion: what is imported when it is first used is there too."""
    return sorted({*globals(), *_LATER, "parallel"})


class _Module(types.ModuleType):
    @property
    def active(self):
        """The current image of this script or console line, or None; set it to the name of an image."""
        return _document.active()

    def __reduce__(self):
        import importlib

        return importlib.import_module, (self.__name__,)

    @active.setter
    def active(self, name):
        _document.set_active(name)


sys.modules[__name__].__class__ = _Module
