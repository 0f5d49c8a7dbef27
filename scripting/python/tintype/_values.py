# Values found on a picture: numbers and lists that remember the step they came from.
# SPDX-License-Identifier: GPL-3.0-or-later
"""An operation such as `avg` returns a number. Passed on as a parameter, it is stored in the recipe as a link to the step
that found it, so that another picture gets its own value. What is computed with it in Python is a plain number, without a
link, and so is a truth value, since bool cannot be extended."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ._tintype import Output


class Number(float):
    """A float that remembers the step that found it.

    >>> import tintype as tt
    >>> level = (tt.Image.black(2, 2) + 3).avg()
    >>> level, type(level).__name__, type(level + 1).__name__
    (3.0, 'Number', 'float')
    """

    __slots__ = ("_output",)

    def __new__(cls, value: float, output: Output) -> Number:
        self = float.__new__(cls, value)
        self._output = output
        return self

    def __copy__(self) -> Number:
        return self

    def __deepcopy__(self, memo: Any) -> Number:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _reduced(self, float(self))


class Integer(int):
    """An int that remembers the step that found it.

    >>> import tintype as tt
    >>> left, top, width, height = tt.Image.black(9, 9).draw_rect(255, 2, 3, 4, 5, fill=True).find_trim(background=0)
    >>> left, top, width, height, type(left).__name__
    (2, 3, 4, 5, 'Integer')
    """

    def __new__(cls, value: int, output: Output) -> Integer:
        self = int.__new__(cls, value)
        self._output = output
        return self

    def __copy__(self) -> Integer:
        return self

    def __deepcopy__(self, memo: Any) -> Integer:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _reduced(self, int(self))


class Numbers(list[float]):
    """A list that remembers the step that found it, as long as nothing in it is changed.

    >>> import tintype as tt
    >>> colour = (tt.Image.black(2, 2) + [1, 2, 3]).getpoint(0, 0)
    >>> colour, type(colour).__name__
    ([1.0, 2.0, 3.0], 'Numbers')
    """

    __slots__ = ("_found", "_link")

    def __init__(self, values: Iterable[float], output: Output) -> None:
        super().__init__(values)
        self._found = tuple(self)
        self._link = output

    @property
    def _output(self):
        return self._link if tuple(self) == self._found else None

    def __reduce__(self) -> tuple[Any, ...]:
        return _reduced(self, list(self))


def _reduced(value, plain):
    from . import _travel

    return _travel.reduce_value(value, plain)
