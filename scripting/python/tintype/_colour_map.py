# Colour maps that Python code brings: read from tables and stops.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numbers
import re

from . import _annotations, _tintype
from ._tintype import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ._types import Array

MOST = 4096
# A map by stops becomes a table of so many colours.
STEPS = 256


def colour_map(name: str, table: Sequence[Any] | Array, *, title: str = "") -> None:
    """Bring a colour map, by which `im.colour_map(name)` shows values as colours.

    `table` is the colours from the lowest value to the highest, evenly apart, 2 to 4096 of them: an array of N x 3, or a list; each
    is red, green and blue, or a text such as "#ff8000". Whole numbers are 0 to 255, floats 0 to 1. Or it is a list of stops,
    (place, colour), whose places ascend from 0 to 1. What lies between is interpolated. People read `title`, made of the name
    when left out.

    A recipe keeps the colours with the name, so it needs nobody who brings them, and stays what it was when they change.

    The map belongs to the script, the console or the add-on that defines it and goes with it. Defining it again replaces it.
    Raises ParameterError for a name that somebody else has, or Tintype itself, and for what is no table of colours.

    >>> import tintype as tt
    >>> tt.colour_map("doc_fire", ["#000000", "#ff0000", "#ffff00"])
    >>> im = tt.Image.new_from_array([[0, 5, 10]]).colour_map("doc_fire")
    >>> im(2, 0)
    [255.0, 255.0, 0.0]
    >>> tt.remove_colour_map("doc_fire")
    """
    for what, value in (("name", name), ("title", title)):
        if not isinstance(value, str):
            raise ParameterError(f"colour_map: {what} must be a text, not {value!r}")
    define_again((name, title or _annotations.title_from(name), _colours(table, f"colour map '{name}'")))


_defined = {}  # by name what was said of each that is no add-on's


def define_again(said):
    """Define one that has come from another process, as defined_here gave it there."""
    _tintype.add_colour_map(*said)
    if not _tintype.is_addon_code():
        _defined[said[0]] = said


def defined_here():
    """(name, what was said of it) of each that is no add-on's."""
    names = {name for name, _ in _tintype.colour_maps()}
    return [(name, said) for name, said in list(_defined.items()) if name in names]


def remove_colour_map(name: str) -> None:
    """Take away a colour map that this script, console or add-on has defined.

    Raises NotFoundError when there is none of that name, and ParameterError when it is somebody else's.

    >>> import tintype as tt
    >>> tt.colour_map("doc_grey", [(0, 0, 0), (255, 255, 255)])
    >>> tt.remove_colour_map("doc_grey")
    """
    _tintype.remove_colour_map(name)


def _colours(table, caller):
    """The table as lists of three whole numbers."""
    if hasattr(table, "tolist"):
        shape = getattr(table, "shape", ())
        if len(shape) != 2 or shape[1] != 3:
            raise ParameterError(f"{caller}: the table must have three numbers for each colour, a shape of N x 3, not {shape}")
        table = table.tolist()
    if isinstance(table, (str, bytes, dict)) or not hasattr(table, "__iter__"):
        raise ParameterError(f"{caller}: the table must be an array of N x 3 or a list of colours, not {_annotations.value_text(table)}")
    rows = list(table)
    if not 2 <= len(rows) <= MOST:
        raise ParameterError(f"{caller}: the table must have 2 to {MOST} colours, not {len(rows)}")
    if any(_is_stop(row) for row in rows):
        return _from_stops(rows, caller)
    return _scaled([_parts(row, caller) for row in rows], caller)


def _is_stop(row):
    return isinstance(row, (list, tuple)) and len(row) == 2


def _from_stops(rows, caller):
    if not all(_is_stop(row) for row in rows):
        raise ParameterError(f"{caller}: either all entries are stops, (place, colour), or none is")
    places = [row[0] for row in rows]
    if not all(_is_number(place) for place in places):
        raise ParameterError(f"{caller}: the place of a stop must be a number from 0 to 1, not {next(p for p in places if not _is_number(p))!r}")
    if places[0] != 0 or places[-1] != 1 or any(not a < b for a, b in zip(places, places[1:])):
        raise ParameterError(f"{caller}: the places of the stops must ascend from 0 to 1, not {places}")
    colours = _scaled([_parts(row[1], caller) for row in rows], caller)
    return [_between(places, colours, step / (STEPS - 1)) for step in range(STEPS)]


def _between(places, colours, place):
    right = next(index for index in range(1, len(places)) if place <= places[index])
    share = (place - places[right - 1]) / (places[right] - places[right - 1])
    return [round(a + (b - a) * share) for a, b in zip(colours[right - 1], colours[right])]


def _parts(row, caller):
    """Red, green and blue, as they were given."""
    if isinstance(row, str):
        if not re.fullmatch("#[0-9a-fA-F]{6}", row):
            raise ParameterError(f"{caller}: a colour in words must be such as '#ff8000', not {row!r}")
        return [int(row[at : at + 2], 16) for at in (1, 3, 5)]
    parts = list(row) if hasattr(row, "__iter__") and not isinstance(row, bytes) else []
    if len(parts) != 3 or not all(_is_number(part) for part in parts):
        raise ParameterError(f"{caller}: a colour must be three numbers, red, green and blue, not {_annotations.value_text(row)}")
    return parts


def _scaled(rows, caller):
    """As whole numbers from 0 to 255; those that are given are floats where one of them is."""
    highest = 255 if all(isinstance(part, numbers.Integral) for row in rows for part in row) else 1
    for row in rows:
        for part in row:
            if not 0 <= part <= highest:
                raise ParameterError(f"{caller}: colours must be whole numbers from 0 to 255 or floats from 0 to 1, all of one kind, not {part!r}")
    return [[round(part * 255 / highest) for part in row] for row in rows]


def _is_number(value):
    return isinstance(value, numbers.Real) and not isinstance(value, bool) and value == value
