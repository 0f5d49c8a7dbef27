# A value that people set: its kind, what is allowed, and how what they give becomes what code gets.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import collections.abc
import enum
import math
import numbers
import operator
import os
import pathlib

from ._tintype import Image, ParameterError

NOTHING = object()
# Where a range has no end, a slider ends here or at four times the default.
_REACH = 100


class Parameter:
    """One value that people set. `kind` is one of KINDS, `default` NOTHING where one must be given."""

    def __init__(self, name, kind):
        self.name = name
        self.kind = kind
        self.title = title_from(name)
        self.help = ""
        self.default = NOTHING
        self.optional = False  # None is allowed
        self.minimum, self.maximum = -math.inf, math.inf
        self.unit = ""
        self.step = None
        self.choices = ()
        self.folder = False
        self.length = 0  # of a list; 0: any
        self._members = None  # of an Enum, by their choices

    def from_plain(self, value):
        """What code gets for a value that came through a file or a form: the member of an Enum, the tuple."""
        if value is None:
            return None
        if self._members is not None:
            return self._members[value]
        return tuple(value) if self.length else value

    @property
    def slider(self):
        """What is useful of a range that has no end."""
        number = self.default if isinstance(self.default, (int, float)) else 0
        reach = max(4 * abs(number), _REACH)
        low, high = self.minimum, self.maximum
        if math.isinf(low):
            low = high - reach if high <= 0 else -reach if number < 0 else 0
        if math.isinf(high):
            high = low + reach if low >= 0 else reach
        return low, high

    @property
    def allowed(self):
        """What is allowed, in words: "a whole number from 1 to 50 px"."""
        words = KINDS[self.kind] if self.kind != "choice" else " or ".join(map(repr, self.choices))
        if self.length:
            words = f"{self.length} {words.removeprefix('a list of ')}"
        unit = f" {self.unit}" if self.unit else ""
        if math.isfinite(self.minimum) and math.isfinite(self.maximum):
            words += f" from {self.minimum} to {self.maximum}{unit}"
        elif math.isfinite(self.minimum):
            words += f" of at least {self.minimum}{unit}"
        elif math.isfinite(self.maximum):
            words += f" of at most {self.maximum}{unit}"
        return words + (" or None" if self.optional else "")

    def check(self, value, caller):
        """The value as its kind has it (an int for numpy's, a float for an int). Raises ParameterError."""
        if value is None and self.optional:
            return None
        try:
            converted = _CONVERSIONS[self.kind](value)
        except (TypeError, ValueError, OverflowError):
            raise ParameterError(f"{caller}: {self.name} must be {self.allowed}, not {value!r}") from None
        values = converted if isinstance(converted, list) else [converted]
        if self.length and len(values) != self.length:
            raise ParameterError(f"{caller}: {self.name} must be {self.allowed}, not {value!r}")
        if self.kind in RANGED and not all(self.minimum <= each <= self.maximum for each in values):
            raise ParameterError(f"{caller}: {self.name} must be {self.allowed}, not {value!r}")
        if self.kind == "choice" and converted not in self.choices:
            raise ParameterError(f"{caller}: {self.name} must be {self.allowed}, not {value!r}")
        return converted


# The kinds, and how messages call a value of each.
KINDS = {
    "boolean": "True or False",
    "integer": "a whole number",
    "number": "a number",
    "text": "a text",
    "choice": "one of several texts",
    "path": "a path",
    "integers": "a list of whole numbers",
    "numbers": "a list of numbers",
    "image": "an image",
    "images": "a list of images",
}
RANGED = ("integer", "number", "integers", "numbers")


def is_number(value):
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def _boolean(value):
    if not isinstance(value, bool) and type(value).__name__ != "bool_":
        raise TypeError
    return bool(value)


def _whole(value):
    if isinstance(value, bool):
        raise TypeError
    return value if type(value) is int else operator.index(value)


def _number(value):
    if isinstance(value, (bool, str, bytes)) or value != value:
        raise TypeError
    return value if isinstance(value, float) else float(value)


def _text(value):
    if not isinstance(value, str):
        raise TypeError
    return value


def _path(value):
    if not isinstance(value, (str, os.PathLike)):
        raise TypeError
    return pathlib.Path(os.fsdecode(value))


def _image(value):
    if not isinstance(value, Image):
        raise TypeError
    return value


def choice_of(member):
    """What code says and recipes keep for a member of an Enum."""
    return member.value if isinstance(member.value, str) else member.name


def _list_of(convert):
    def converted(values):
        if isinstance(values, (str, bytes)) or not isinstance(values, collections.abc.Iterable):
            raise TypeError
        return [convert(each) for each in values]

    return converted


_CONVERSIONS = {
    "boolean": _boolean,
    "integer": _whole,
    "number": _number,
    "text": _text,
    "choice": lambda value: choice_of(value) if isinstance(value, enum.Enum) else _text(value),
    "path": _path,
    "integers": _list_of(_whole),
    "numbers": _list_of(_number),
    "image": _image,
    "images": _list_of(_image),
}


def title_from(name):
    """What people read for a name of Python's: "min_size" is "Min size"."""
    words = name.strip("_").replace("_", " ")
    return words[:1].upper() + words[1:]
