# What annotations say about a value that people set: its kind, its range, its unit, its choices.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations read the parameters of functions here, panels and preferences their fields. `read` makes a Parameter of one
annotation, `hints` evaluates those of a function or a class that are texts."""

from __future__ import annotations

import collections.abc
import enum
import inspect
import math
import os
import types
import typing

from ._parameters import KINDS, NOTHING, RANGED, Parameter, choice_of, is_number, title_from  # noqa: F401
from ._tintype import Image, ParameterError

_PLAIN = {bool: "boolean", int: "integer", float: "number", str: "text", Image: "image"}
_LISTS = {int: "integers", float: "numbers", Image: "images"}


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
            if not is_number(value) and not (name == "step" and value is None) or value != value:
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


def _said(limits):
    return limits.minimum, limits.maximum, limits.unit, limits.step


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
        parameter._members = {choice_of(member): member for member in inner}
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
        if parameter.kind not in RANGED:
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
        return ("choice" if len(kind) else None), tuple(choice_of(member) for member in kind)
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


def value_text(value):
    """A value as messages show it: cut off where it is long."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:80]}…"
