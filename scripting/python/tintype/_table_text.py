# How a table looks in the console: its first and last rows, in columns.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

WIDTH = 110
MOST_ROWS = 10
SHOWN_AT_ENDS = 5


def _cell(value):
    if isinstance(value, float):
        return f"{value:.6g}"
    text = str(value)
    return text if len(text) <= 24 else text[:23] + "…"


def _lines(table, name, picked):
    """A column, from its name down, each line as wide as the widest."""
    column = table[name]
    cells = [_cell(value) for value in column[picked].tolist()]
    if len(picked) < len(table):
        cells.insert(SHOWN_AT_ENDS, "…")
    head = [name, table.units.get(name, "")] if table.units else [name]
    width = max(map(len, head + cells))
    return [text.rjust(width) for text in head + cells]


def _fitting(columns):
    """As many columns as fit, from both ends."""
    if sum(len(lines[0]) + 2 for lines in columns) <= WIDTH:
        return columns
    begin, end = [], []
    left = WIDTH - 5
    rest = list(columns)
    while rest:
        at_end = len(end) < len(begin)
        lines = rest[-1 if at_end else 0]
        left -= len(lines[0]) + 2
        if left < 0:
            break
        (end if at_end else begin).append(rest.pop(-1 if at_end else 0))
    return [*begin, ["…"] * len(columns[0]), *reversed(end)]


def text_of(table):
    """The table as its repr shows it."""
    import numpy as np

    count = len(table)
    picked = np.arange(count)
    if count > MOST_ROWS:
        picked = np.r_[:SHOWN_AT_ENDS, count - SHOWN_AT_ENDS : count]
    columns = _fitting([_lines(table, name, picked) for name in table])
    lines = ["  ".join(cells).rstrip() for cells in zip(*columns)]
    rows, names = ("row" if count == 1 else "rows"), ("column" if len(table.keys()) == 1 else "columns")
    return "\n".join([*lines, f"{count} {rows}, {len(table.keys())} {names}"])
