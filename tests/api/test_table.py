# Tables: columns, rows, order, text, and files for spreadsheets and pandas.
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import sys
import types
import warnings

import numpy as np
import pytest

import tintype as tt


def cells(count=3):
    return tt.Table({"label": np.arange(1, count + 1), "area": np.linspace(2, 8, count)}, {"area": "µm²"})


def test_a_table_maps_names_to_columns():
    t = cells()
    assert t.keys() == list(t) == ["label", "area"] and "area" in t and "mean" not in t
    assert [name for name, _ in t.items()] == t.keys() and t.values()[1] is t["area"]
    assert len(t) == 3 and t.units == {"area": "µm²"}
    with pytest.raises(tt.NotFoundError, match="there is no column 'mean'; there are label, area"):
        t["mean"]


def test_columns_may_be_added_replaced_and_removed():
    t = cells()
    t["share"] = t["area"] / t["area"].sum()
    t["file"] = "a.tif"
    assert t["share"].sum() == pytest.approx(1) and t["file"].tolist() == ["a.tif"] * 3
    del t["area"]
    assert t.keys() == ["label", "share", "file"] and t.units == {}
    with pytest.raises(tt.ParameterError, match="share must have 3 values, as the other columns, not 2"):
        t["share"] = [1, 2]


def test_columns_that_do_not_fit_are_refused():
    with pytest.raises(tt.ParameterError, match="columns must be of one length, but a has 2 rows and b has 3"):
        tt.Table({"a": [1, 2], "b": [1, 2, 3]})
    with pytest.raises(tt.ParameterError, match=r"one dimension, but a has the shape \(1, 2\)"):
        tt.Table({"a": [[1, 2]]})
    with pytest.raises(tt.NotFoundError, match="no column 'b'"):
        tt.Table({"a": [1]}, units={"b": "px"})


def test_rows_are_chosen_by_masks_slices_and_numbers():
    t = cells()
    assert t[t["area"] > 4]["label"].tolist() == [2, 3]
    assert t[1:]["label"].tolist() == t[[1, 2]]["label"].tolist() == [2, 3] and t[[-1]]["label"].tolist() == [3]
    assert len(t[[]]) == 0 and t[1:].units == t.units
    for key, message in (([True, False], "must have 3 values"), ([3], "rows are 0 to 2"), (1.5, "a mask, a slice"), ([[0]], "a mask, a slice")):
        with pytest.raises(tt.ParameterError, match=message):
            t[key]


def test_sorting_keeps_the_order_of_equal_rows():
    t = tt.Table({"id": [1, 2, 3, 4], "size": [5.0, np.nan, 1.0, 5.0], "name": ["d", "a", "c", "b"]})
    assert t.sorted("size")["id"].tolist() == [3, 1, 4, 2]
    assert t.sorted("size", descending=True)["id"].tolist() == [1, 4, 3, 2]
    assert t.sorted("name")["id"].tolist() == [2, 4, 3, 1]


def test_equality_is_of_names_numbers_and_units():
    assert cells() == cells() and cells() != cells(4)
    other = cells()
    other.units["area"] = "px²"
    assert other != cells() and cells() != 3
    holes = tt.Table({"a": [1.0, np.nan]})
    assert holes == tt.Table({"a": [1.0, np.nan]}) != tt.Table({"a": [1.0, 2.0]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert tt.Table({"a": ["1"]}) != tt.Table({"a": [1]})


def test_tables_are_put_together():
    both = tt.Table.concat([cells(2), cells(3)])
    assert both["label"].tolist() == [1, 2, 1, 2, 3] and both.units == {"area": "µm²"}
    assert len(tt.Table.concat([])) == 0
    with pytest.raises(tt.ParameterError, match="table 0 has a column 'area', table 1 has not"):
        tt.Table.concat([cells(), tt.Table({"label": [1]})])
    with pytest.raises(tt.ParameterError, match="the units of 'area' differ: 'µm²' in table 0, '' in table 1"):
        tt.Table.concat([cells(), tt.Table(dict(cells().items()))])
    with pytest.raises(tt.ParameterError, match="number 1 is of type int"):
        tt.Table.concat([cells(), 3])


def test_a_file_has_the_units_in_its_first_line_and_every_digit(tmp_path):
    t = tt.Table({"label": [1, 2], "area": [1 / 3, np.nan], "file": ['a "b",c.tif', "ü"]}, {"area": "µm²"})
    path = tmp_path / "cells.csv"
    t.to_csv(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbflabel,area [\xc2\xb5m\xc2\xb2],file\n")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["1", repr(1 / 3), 'a "b",c.tif'] and rows[2] == ["2", "", "ü"]
    t.to_csv(str(path), separator=";")
    assert path.read_text("utf-8-sig").startswith("label;area [µm²];file\n")
    with pytest.raises(tt.FileError, match="cannot be written"):
        t.to_csv(tmp_path / "missing" / "cells.csv")
    for separator in (", ", "", "\n", '"', None):
        with pytest.raises(tt.ParameterError, match="separator must be one character"):
            t.to_csv(tmp_path / "other.csv", separator=separator)


def test_pandas_gets_columns_and_units(monkeypatch):
    class Frame(dict):
        attrs = {}

    monkeypatch.setitem(sys.modules, "pandas", types.SimpleNamespace(DataFrame=Frame))
    frame = cells().to_pandas()
    assert list(frame) == ["label", "area"] and frame.attrs["units"] == {"area": "µm²"}


def test_where_pandas_is_missing_the_error_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="to_pandas needs the package pandas, which is not installed"):
        cells().to_pandas()


def test_the_text_shows_the_ends_of_a_long_table():
    lines = repr(cells(1000)).split("\n")
    assert lines[0].split() == ["label", "area"] and lines[1].split() == ["µm²"]
    assert lines[2].split() == ["1", "2"] and lines[7].split() == ["…", "…"] and lines[12].split() == ["1000", "8"]
    assert lines[-1] == "1000 rows, 2 columns" and len(lines) == 14
    assert repr(tt.Table({})) == "0 rows, 0 columns"


def test_the_text_of_a_wide_table_fits_the_console():
    wide = tt.Table({f"column_{i}": [i * 1.5] for i in range(40)})
    lines = repr(wide).split("\n")
    assert max(map(len, lines)) <= 110 and "column_0" in lines[0] and "…" in lines[0] and "column_39" in lines[0]
    assert lines[-1] == "1 row, 40 columns"
