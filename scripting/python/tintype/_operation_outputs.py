# What an operation by a function gives: read from the function's annotation, and checked when it has given it.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numbers
import operator
import typing

from . import _annotations, _arrays
from ._annotations import NOTHING
from ._tintype import Image, OperationError, ParameterError

_ALLOWED = "tt.Image, float, int, bool, str, list[float], list[int], or a tuple or a NamedTuple of these"


class Output:
    """One thing that the operation gives."""

    def __init__(self, name, annotation, id):
        self.name = name
        try:
            read = _annotations.read(name, annotation, caller=f"operation '{id}'")
        except ParameterError:
            read = None
        if read is None or read.optional or read.kind not in _CHECKS:
            raise ParameterError(f"operation '{id}': its result has {_annotations._shown(annotation)}; it can be {_ALLOWED}")
        self.kind = read.kind
        self.title = read.title
        self.help = read.help

    def checked(self, value, id):
        """The value as the engine takes it. Raises OperationError."""
        try:
            return _CHECKS[self.kind](value)
        except (TypeError, ValueError, OverflowError):
            hint = "; does its function lack a return?" if value is None else ""
            raise OperationError(
                f"{id}: its output {self.name} must be {_annotations.KINDS[self.kind]}, not {_annotations.value_text(value)}{hint}"
            ) from None


def read(annotation, id):
    """The outputs that an annotation describes. Raises ParameterError."""
    if annotation is NOTHING:
        raise ParameterError(f"operation '{id}': say what it gives, as in -> tt.Image; it can give {_ALLOWED}")
    fields = getattr(annotation, "_fields", None)
    if isinstance(annotation, type) and issubclass(annotation, tuple) and fields:
        hints = _annotations.hints(annotation, f"operation '{id}'")
        return [Output(name, hints.get(name, annotation), id) for name in fields]
    if typing.get_origin(annotation) is tuple and Ellipsis not in typing.get_args(annotation):
        parts = typing.get_args(annotation)
        return [Output("out" if index == 0 else f"out{index + 1}", part, id) for index, part in enumerate(parts)]
    return [Output("out", annotation, id)]


def checked(outputs, result, id):
    """A list with the value of each output. Raises OperationError, which names the output."""
    if len(outputs) == 1 and not (isinstance(result, tuple) and len(result) == 1):
        result = (result,)
    if not isinstance(result, (tuple, list)) or len(result) != len(outputs):
        names = ", ".join(output.name for output in outputs)
        given = f"{len(result)} values" if isinstance(result, (tuple, list)) else _annotations.value_text(result)
        raise OperationError(f"{id}: its function must give {len(outputs)} values ({names}), not {given}")
    return [output.checked(value, id) for output, value in zip(outputs, result)]


def _image(value):
    if isinstance(value, Image):
        return value
    if not hasattr(value, "__array_interface__"):
        raise TypeError
    return _arrays.new_from_array(value)


def _number(value):
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError
    # As it is: it may know where it was found.
    return value if isinstance(value, (float, int)) else float(value)


def _whole(value):
    if isinstance(value, bool):
        raise TypeError
    return value if isinstance(value, int) else operator.index(value)


def _boolean(value):
    if not isinstance(value, bool) and type(value).__name__ != "bool_":
        raise TypeError
    return bool(value)


def _text(value):
    if not isinstance(value, str):
        raise TypeError
    return value


def _list_of(convert):
    def converted(values):
        if isinstance(values, str):
            raise TypeError
        items = [convert(each) for each in values]
        return values if isinstance(values, list) and hasattr(values, "_output") else items

    return converted


_CHECKS = {
    "image": _image,
    "number": _number,
    "integer": _whole,
    "boolean": _boolean,
    "text": _text,
    "numbers": _list_of(_number),
    "integers": _list_of(_whole),
}
