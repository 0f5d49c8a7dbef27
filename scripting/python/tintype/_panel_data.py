# From tables and arrays to what a panel shows of them.
# SPDX-License-Identifier: GPL-3.0-or-later
import mmap
import numbers
from collections.abc import Mapping

from ._tintype import ParameterError

# Lines are thinned, however long; of the others each one is painted.
MOST = {"points": 100_000, "bars": 10_000}
MOST_SERIES = 200


def columns_of(table, caller):
    """([(name, unit, array or list of texts)], number of rows) of a tt.Table or of a mapping of columns."""
    import numpy as np

    if not isinstance(table, Mapping) and not (hasattr(table, "items") and hasattr(table, "keys")):
        raise ParameterError(f"{caller}: a table must be a tt.Table or a dict of columns, not {table!r}")
    units = getattr(table, "units", None) or {}
    columns = []
    rows = None
    for name, values in table.items():
        array = np.asarray(values)
        if array.ndim != 1:
            raise ParameterError(f"{caller}: the column {name} must have one dimension, not {array.ndim}")
        if rows is not None and len(array) != rows:
            raise ParameterError(f"{caller}: columns must be of one length, but {name} has {len(array)} rows, not {rows}")
        rows = len(array)
        columns.append((str(name), str(units.get(name, "")), _readable(array)))
    return columns, rows or 0


def _readable(array):
    """The array itself where its memory can be read as it is."""
    if _is_of_a_file(array):
        # The window must not wait for a disk.
        array = array.copy()
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind in "biuU" or kind == "f" and size in (4, 8):
        return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))
    if kind == "f":
        return array.astype("f8")
    return ["" if value is None else str(value) for value in array.tolist()]


def _is_of_a_file(array):
    while array is not None and not isinstance(array, mmap.mmap):
        array = array.obj if isinstance(array, memoryview) else getattr(array, "base", None)
    return array is not None


def plot_of(y, x, kind, title, x_title, y_title, caller):
    """What native.show_plot takes."""
    if kind not in ("line", "points", "bars"):
        raise ParameterError(f"{caller}: kind must be 'line', 'points' or 'bars', not {kind!r}")
    lines = y.items() if isinstance(y, Mapping) else [("", y)]
    if len(lines) > MOST_SERIES:
        raise ParameterError(f"{caller}: there can be at most {MOST_SERIES} series in a plot, not {len(lines)}")
    series = [_series(str(name), values, x, kind, caller) for name, values in lines]
    count = sum(len(heights) for _, _, heights in series)
    if count > MOST.get(kind, count):
        raise ParameterError(f"{caller}: there can be at most {MOST[kind]} {kind}, not {count}")
    return {"kind": kind, "title": title, "x_title": x_title, "y_title": y_title, "series": series}


def _series(name, y, x, kind, caller):
    import numpy as np

    called = f"y of {name!r}" if name else "y"
    heights = _numbers(y, called, caller)
    places = np.arange(len(heights), dtype="f8") if x is None else _numbers(x, "x", caller)
    if len(places) != len(heights) and not (kind == "bars" and len(places) == len(heights) + 1):
        raise ParameterError(f"{caller}: x must have as many numbers as {called}, {len(heights)}, not {len(places)}")
    return name, places, heights


def _numbers(values, called, caller):
    import numpy as np

    try:
        array = np.ascontiguousarray(values, dtype="f8")
    except (TypeError, ValueError):
        raise ParameterError(f"{caller}: {called} must be numbers, not {values!r}") from None
    if array.ndim != 1:
        raise ParameterError(f"{caller}: {called} must have one dimension, not {array.ndim}")
    return array


def histogram_of(values, bins, caller):
    """(counts, edges) of the numbers that are finite."""
    import numpy as np

    array = _numbers(np.ravel(values), "values", caller)
    if np.ndim(bins) == 0 and isinstance(bins, numbers.Integral) and not 1 <= bins <= MOST["bars"]:
        raise ParameterError(f"{caller}: bins must be a number from 1 to {MOST['bars']}, or their edges, not {bins!r}")
    try:
        return np.histogram(array[np.isfinite(array)], bins=bins)
    except (TypeError, ValueError) as error:
        raise ParameterError(f"{caller}: bins must be a number of bars or their edges, not {bins!r}: {error}") from None
