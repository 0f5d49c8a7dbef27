# Tables: columns of numbers with units, as measuring makes them.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from . import _files
from ._table_text import text_of
from ._tintype import NotFoundError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from ._types import Array, FilePath


class Table:
    """Columns of equal length by name, each a numpy array of one dimension, with a unit where it has one.

    `len(t)` is the number of rows, going through it gives the names of the columns, as in a pandas DataFrame. Columns may be
    added and replaced; a single value stands for a column of it.

    >>> import tintype as tt
    >>> t = tt.Table({"label": [1, 2, 3], "area": [20.0, 5.5, 7.0]}, units={"area": "px²"})
    >>> t
    label  area
            px²
        1    20
        2   5.5
        3     7
    3 rows, 2 columns
    >>> t["file"] = "a.tif"
    >>> len(t), list(t), t["area"].max()
    (3, ['label', 'area', 'file'], 20.0)
    >>> t[t["area"] > 6].sorted("area")["label"]
    array([3, 1])
    """

    def __init__(self, columns: Mapping[str, Any], units: Mapping[str, str] | None = None) -> None:
        """Columns from sequences of one length. Raises ParameterError for other lengths and for units without a column."""
        self._columns: dict[str, Array] = {}
        for name, values in columns.items():
            self._columns[name] = _column(name, values)
            self._check_length(name)
        for name in units or {}:
            self._check_name(name)
        self._units = {name: unit for name, unit in (units or {}).items() if unit}

    @property
    def units(self) -> dict[str, str]:
        """The unit of each column that has one; may be changed."""
        return self._units

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as dicts of plain numbers and texts.

        >>> import tintype as tt
        >>> tt.Table({"label": [1, 2], "area": [3, 4]}).rows
        [{'label': 1, 'area': 3}, {'label': 2, 'area': 4}]
        """
        return [dict(zip(self._columns, row)) for row in self._plain_rows()]

    def _plain_rows(self):
        return zip(*(column.tolist() for column in self._columns.values()))

    def _check_length(self, name):
        first = next(iter(self._columns))
        if len(self._columns[name]) != len(self._columns[first]):
            raise ParameterError(
                f"Table: columns must be of one length, but {first} has {len(self._columns[first])} rows and {name} has "
                f"{len(self._columns[name])}"
            )

    def _check_name(self, name):
        if name not in self._columns:
            raise NotFoundError(f"Table: there is no column '{name}'; there are {', '.join(self._columns) or 'none'}")

    def keys(self) -> list[str]:
        """The names of the columns."""
        return list(self._columns)

    def values(self) -> list[Array]:
        """The columns."""
        return list(self._columns.values())

    def items(self) -> list[tuple[str, Array]]:
        """The names and the columns."""
        return list(self._columns.items())

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), ()))

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __getitem__(self, key: Any) -> Any:
        """A column by its name, or the rows of a mask, of a slice or of a list of numbers as a Table."""
        if isinstance(key, str):
            self._check_name(key)
            return self._columns[key]
        return Table({name: column[_row_key(key, len(self))] for name, column in self.items()}, self._units)

    def __setitem__(self, name: str, values: Any) -> None:
        """Adds or replaces a column; one value fills it."""
        import numpy as np

        array = np.asarray(values)
        if array.ndim == 0:
            array = np.full(len(self), array)
        column = _column(name, array)
        if self._columns and len(column) != len(self):
            raise ParameterError(f"Table: {name} must have {len(self)} values, as the other columns, not {len(column)}")
        self._columns[name] = column

    def __delitem__(self, name: str) -> None:
        self._check_name(name)
        del self._columns[name]
        self._units.pop(name, None)

    def __eq__(self, other: object) -> bool:
        """The same columns with equal values and units; not a number is equal to itself."""
        if not isinstance(other, Table):
            return NotImplemented
        same = self.keys() == other.keys() and self._units == other._units
        return same and all(_equal(self._columns[name], other._columns[name]) for name in self)

    def sorted(self, by: str, descending: bool = False) -> Table:
        """The rows in the order of a column; equal ones stay in theirs, and what is not a number comes last.

        >>> import tintype as tt
        >>> tt.Table({"area": [2, 9, 4]}).sorted("area", descending=True)["area"]
        array([9, 4, 2])
        """
        import numpy as np

        column = self[by]
        missing = column != column
        _, ranks = np.unique(column, return_inverse=True)
        return self[np.lexsort((-ranks if descending else ranks, missing))]

    @staticmethod
    def concat(tables: Sequence[Table]) -> Table:
        """The rows of several tables, one table after the other, with the columns in the order of the first.

        Raises ParameterError where columns or units differ.

        >>> import tintype as tt
        >>> a, b = tt.Table({"area": [1, 2]}), tt.Table({"area": [3]})
        >>> tt.Table.concat([a, b])["area"]
        array([1, 2, 3])
        """
        import numpy as np

        tables = list(tables)
        for index, table in enumerate(tables):
            if not isinstance(table, Table):
                raise ParameterError(f"concat: tables are needed, but number {index} is of type {type(table).__name__}")
            _check_alike(tables[0], table, index)
        if not tables:
            return Table({})
        return Table({name: np.concatenate([table[name] for table in tables]) for name in tables[0]}, tables[0].units)

    def to_csv(self, path: FilePath, separator: str = ",") -> None:
        """Write a text file that spreadsheets and pandas read: one line of names with units, as `area [px²]`, then the rows.

        Numbers are written in full, so that reading gives the same ones; what is not a number stays empty. The file is UTF-8
        with a mark at its beginning, without which Excel takes µ for something else; `pandas.read_csv` reads it as it is.
        Where Excel is told to use decimal commas, give `separator=";"`. Raises FileError.
        """
        if not isinstance(separator, str) or len(separator) != 1 or separator in '"\r\n':
            raise ParameterError(f"to_csv: separator must be one character such as ';', not {separator!r}")
        import csv
        import io

        text = io.StringIO()
        writer = csv.writer(text, delimiter=separator, lineterminator="\n")
        writer.writerow([f"{name} [{self._units[name]}]" if name in self._units else name for name in self])
        for row in self._plain_rows():
            writer.writerow(["" if value != value else value for value in row])
        _files.write_text(path, "\ufeff" + text.getvalue())

    def to_pandas(self) -> Any:
        """The table as a pandas DataFrame, with the units in `attrs["units"]`. Raises ImportError where pandas is missing."""
        try:
            import pandas
        except ImportError:
            raise ImportError(
                "to_pandas needs the package pandas, which is not installed (python3-pandas on Debian); to_csv works without it"
            ) from None
        frame = pandas.DataFrame(dict(self._columns))
        frame.attrs["units"] = dict(self._units)
        return frame

    def __repr__(self) -> str:
        return text_of(self)


def _column(name, values):
    import numpy as np

    array = np.asarray(values)
    if not isinstance(name, str) or not name:
        raise ParameterError(f"Table: the name of a column must be a text, not {name!r}")
    if array.ndim != 1:
        raise ParameterError(f"Table: a column must have one dimension, but {name} has the shape {array.shape}")
    return array


def _row_key(key, count):
    """What numpy takes for an index of rows."""
    import numpy as np

    if isinstance(key, slice):
        return key
    array = np.asarray(key)
    if array.dtype == bool and array.shape != (count,):
        raise ParameterError(f"Table: a mask of rows must have {count} values, not the shape {array.shape}")
    if array.ndim != 1 or (array.size and array.dtype.kind not in "bui"):
        raise ParameterError(f"Table: the name of a column, a mask, a slice or a list of row numbers is needed, not {key!r}")
    if array.dtype != bool and array.size and not -count <= array.min() <= array.max() < count:
        raise ParameterError(f"Table: rows are 0 to {count - 1}, but {array.min()} to {array.max()} were asked for")
    return array if array.size or array.dtype == bool else array.astype(int)


def _equal(one, other):
    if len(one) != len(other) or (one.dtype.kind == "U") != (other.dtype.kind == "U"):
        return False
    return bool(((one == other) | ((one != one) & (other != other))).all())


def _check_alike(first, table, index):
    for name in set(first) ^ set(table):
        where = (0, index) if name in first else (index, 0)
        raise ParameterError(f"concat: table {where[0]} has a column '{name}', table {where[1]} has not")
    for name in first:
        units = [t.units.get(name, "") for t in (first, table)]
        if units[0] != units[1]:
            raise ParameterError(
                f"concat: the units of '{name}' differ: '{units[0]}' in table 0, '{units[1]}' in table {index}"
            )
