# What annotations say about a value that people set: its kind, its range, its unit, its choices.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations read the parameters of functions here, panels and preferences their fields. `read` makes a Parameter of one
annotation, `hints` evaluates those of a function or a class that are texts."""

from __future__ import annotations

import collections.abc
import enum
import inspect
import math
import numbers
import operator
import os
import pathlib
import types
import typing

from ._tintype import Image, ParameterError

NOTHING = object()


class Range:
    """Which numbers are allowed: in an annotation, `size: Annotated[int, tt.Range(1, 50, unit="px")] = 3`.

    Both ends are allowed; `math.inf` stands for no end. `unit` is shown behind the number, `step` is by how much the arrows
    of its box change it. Raises ParameterError for ends that are no numbers or in the wrong order, and for a step that is
    not above 0.

    >>> import tintype as tt
    >>> tt.Range(1, 50, unit="px")
    Range(1, 50, unit='px')
    """

    __slots__ = ("maximum", "minimum", "step", "unit")
    minimum: float
    maximum: float
    unit: str
    step: float | None

    def __init__(self, minimum: float, maximum: float, unit: str = "", step: float | None = None) -> None:
        for name, value in (("minimum", minimum), ("maximum", maximum), ("step", step)):
            if not _is_number(value) and not (name == "step" and value is None) or value != value:
                raise ParameterError(f"Range: {name} must be a number, not {value!r}")
        if minimum > maximum:
            raise ParameterError(f"Range: minimum must not be above maximum, as {minimum!r} is above {maximum!r}")
        if step is not None and not 0 < step < math.inf:
            raise ParameterError(f"Range: step must be above 0, not {step!r}")
        if not isinstance(unit, str):
            raise ParameterError(f"Range: unit must be a text such as 'px', not {unit!r}")
        self.minimum, self.maximum, self.unit, self.step = minimum, maximum, unit, step

    def __repr__(self) -> str:
        rest = (f", unit={self.unit!r}" if self.unit else "") + (f", step={self.step!r}" if self.step is not None else "")
        return f"Range({self.minimum!r}, {self.maximum!r}{rest})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Range) and _said(self) == _said(other)

    def __hash__(self) -> int:
        return hash(_said(self))

    def __reduce__(self) -> tuple[typing.Any, ...]:
        return Range, _said(self)


class Field:
    """What people read of a value: in an annotation, `min_size: Annotated[int, tt.Field("Smallest size", "In pixels.")]`.

    `title` takes the place of the one that is made from the name ("Min size"); `help` is shown as its tooltip. A plain text
    in an annotation is its help as well. `folder` makes a pathlib.Path one of a folder.

    >>> import tintype as tt
    >>> tt.Field("Smallest size")
    Field('Smallest size')
    """

    __slots__ = ("folder", "help", "title")
    title: str
    help: str
    folder: bool

    def __init__(self, title: str = "", help: str = "", folder: bool = False) -> None:
        for name, value in (("title", title), ("help", help)):
            if not isinstance(value, str):
                raise ParameterError(f"Field: {name} must be a text, not {value!r}")
        self.title, self.help, self.folder = title, help, bool(folder)

    def __repr__(self) -> str:
        rest = (f", help={self.help!r}" if self.help else "") + (", folder=True" if self.folder else "")
        return f"Field({self.title!r}{rest})"


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
        if self.kind in _RANGED and not all(self.minimum <= each <= self.maximum for each in values):
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
_RANGED = ("integer", "number", "integers", "numbers")
_PLAIN = {bool: "boolean", int: "integer", float: "number", str: "text", Image: "image"}
_LISTS = {int: "integers", float: "numbers", Image: "images"}


def _is_number(value):
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def _said(limits):
    return limits.minimum, limits.maximum, limits.unit, limits.step


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


def _choice_of(member):
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
    "choice": lambda value: _choice_of(value) if isinstance(value, enum.Enum) else _text(value),
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


def hints(thing, caller):
    """The annotations of a function, those that are texts evaluated. Raises ParameterError."""
    try:
        return typing.get_type_hints(thing, include_extras=True)
    except Exception as error:
        raise ParameterError(f"{caller}: an annotation cannot be read: {error}") from error


def class_hints(cls, base, caller):
    """The annotations of a class and of those between it and `base`, those that are texts evaluated. Raises ParameterError."""
    found = {}
    for each in reversed(cls.__mro__):
        if issubclass(each, base) and not each.__module__.startswith("tintype._"):
            try:
                found.update(inspect.get_annotations(each, eval_str=True))
            except Exception as error:
                raise ParameterError(f"{caller}: an annotation cannot be read: {error}") from error
    return found


def read(name, annotation, default=NOTHING, caller=""):
    """The Parameter that an annotation describes, such as `Annotated[int, Range(1, 9), "How many."]`.

    Without an annotation (NOTHING) the default says the kind. Raises ParameterError for a type that nobody can be asked for, and
    for a default that the annotation does not allow; it begins with the caller, "Texture" or "despeckle".
    """
    said_by_default = annotation is NOTHING and default is not NOTHING and default is not None
    kind_of = type(default) if said_by_default else annotation
    extras = []
    while typing.get_origin(kind_of) is typing.Annotated:
        extras += kind_of.__metadata__
        kind_of = kind_of.__origin__
    kind_of, optional = _without_none(kind_of)
    inner = kind_of
    while typing.get_origin(inner) is typing.Annotated:
        extras += inner.__metadata__
        inner = inner.__origin__
    kind, choices = _kind(inner)
    if kind is None:
        said = "no annotation" if annotation is NOTHING else _shown(annotation)
        raise ParameterError(
            f"{caller}: {name} has {said}; it can be bool, int, float, str, Literal['a', 'b'], an Enum, pathlib.Path, "
            "list[int], list[float], tuple[float, float], tt.Image or list[tt.Image], with tt.Range or tt.Field in Annotated, or one of these or None"
        )
    parameter = Parameter(name, kind)
    parameter.choices = choices
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        parameter._members = {_choice_of(member): member for member in inner}
    if typing.get_origin(inner) is tuple:
        parameter.length = len(typing.get_args(inner))
    parameter.optional = optional or default is None
    for extra in extras:
        _take(parameter, extra, caller)
    if default is not NOTHING:
        parameter.default = parameter.check(default, f"{caller}, as the default")
    return parameter


def _take(parameter, extra, caller):
    if isinstance(extra, Range):
        if parameter.kind not in _RANGED:
            raise ParameterError(f"{caller}: {parameter.name} has a tt.Range, but is {KINDS[parameter.kind]}")
        parameter.minimum, parameter.maximum = extra.minimum, extra.maximum
        parameter.unit, parameter.step = extra.unit, extra.step
    elif isinstance(extra, Field):
        parameter.title = extra.title or parameter.title
        parameter.help = extra.help or parameter.help
        parameter.folder = extra.folder
    elif isinstance(extra, str):
        parameter.help = extra


def _without_none(kind):
    if typing.get_origin(kind) not in (typing.Union, types.UnionType):
        return kind, False
    others = [each for each in typing.get_args(kind) if each is not type(None)]
    return (others[0] if len(others) == 1 else kind), len(others) < len(typing.get_args(kind))


def _kind(kind):
    """(kind, choices); (None, ()) for what nobody can be asked for."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return ("choice" if len(kind) else None), tuple(_choice_of(member) for member in kind)
    if isinstance(kind, type) and typing.get_origin(kind) is None:
        plain = next((named for plain, named in _PLAIN.items() if issubclass(kind, plain)), None)
        return ("path" if issubclass(kind, os.PathLike) else plain), ()
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal and all(isinstance(each, str) for each in arguments):
        return "choice", arguments
    if origin in (list, collections.abc.Sequence) and len(arguments) == 1:
        return _LISTS.get(arguments[0]), ()
    if origin is tuple and arguments and arguments[0] in (int, float) and set(arguments) == {arguments[0]}:
        return _LISTS[arguments[0]], ()
    return None, ()


def _shown(annotation):
    return f"the annotation {annotation.__name__ if isinstance(annotation, type) else annotation}"
