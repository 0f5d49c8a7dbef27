# The operators of images: + - * / // % ** << >> & | ^ ~, comparisons, abs().
# SPDX-License-Identifier: GPL-3.0-or-later
"""As in pyvips: the other side may be a number, a list with one number for each band, an image or an array."""

from __future__ import annotations

from ._tintype import Image

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._types import ImageLike


def _is_number(value):
    return isinstance(value, (int, float)) or (hasattr(value, "__float__") and getattr(value, "ndim", 0) == 0)


def operand(value):
    """An image, a number, a list of numbers, or None for what cannot stand beside an image."""
    if isinstance(value, Image) or _is_number(value):
        return value
    if isinstance(value, (list, tuple)) and value and all(_is_number(item) for item in value):
        return value
    if isinstance(value, (list, tuple)) or hasattr(value, "__array__"):
        if getattr(value, "ndim", 2) == 1:
            return value.tolist()
        return Image.new_from_array(value)
    return None


def _remembers(value):
    return getattr(value, "_output", None) is not None


def _map(function, value):
    if isinstance(value, (list, tuple)):
        return [function(item) for item in value]
    return function(value)


def _spread(image, value):
    """The value as a float image of the same size, which keeps the link to the step that found it."""
    return image.linear(0, value)


def _operator(function):
    """What is no operand is left to Python, which asks the other side, and then raises TypeError."""

    def apply(self, other: ImageLike) -> Image:
        other = operand(other)
        return NotImplemented if other is None else function(self, other)

    apply.__doc__ = function.__doc__
    return apply


def _add(self, other):
    return self.add(other) if isinstance(other, Image) else self.linear(1, other)


def _subtract(self, other):
    if isinstance(other, Image):
        return self.subtract(other)
    if _remembers(other):
        return self.subtract(_spread(self, other))
    return self.linear(1, _map(lambda number: -number, other))


def _subtract_from(self, other):
    return other.subtract(self) if isinstance(other, Image) else self.linear(-1, other)


def _multiply(self, other):
    return self.multiply(other) if isinstance(other, Image) else self.linear(other, 0)


def _divide(self, other):
    if isinstance(other, Image):
        return self.divide(other)
    if _remembers(other):
        return self.divide(_spread(self, other))
    return self.linear(_map(lambda number: 1.0 / number, other), 0)


def _divide_into(self, other):
    return other.divide(self) if isinstance(other, Image) else (self**-1).linear(other, 0)


def _floor(image):
    return image.round("floor")


def _remainder(self, other):
    return self.remainder(other) if isinstance(other, Image) else self.remainder_const(other)


def _remainder_of(self, other):
    return (other if isinstance(other, Image) else _spread(self, other)).remainder(self)


def two_images(family, name):
    """An operation that has a form for two images and one for an image and constants."""

    def apply(self, other):
        if isinstance(other, Image):
            return getattr(self, family)(other, name)
        return getattr(self, family + "_const")(name, other)

    return apply


def _swapped(function):
    """The reflected form of an operator for which no constant form exists."""

    def apply(self, other):
        image = other if isinstance(other, Image) else _spread(self, other).cast("int")
        return function(image, self)

    return apply


_shift_left, _shift_right = two_images("boolean", "lshift"), two_images("boolean", "rshift")
_and, _or, _xor = (two_images("boolean", name) for name in ("and", "or", "eor"))

OPERATORS = {
    "__add__": _add,
    "__radd__": _add,
    "__sub__": _subtract,
    "__rsub__": _subtract_from,
    "__mul__": _multiply,
    "__rmul__": _multiply,
    "__truediv__": _divide,
    "__rtruediv__": _divide_into,
    "__floordiv__": lambda self, other: _floor(_divide(self, other)),
    "__rfloordiv__": lambda self, other: _floor(_divide_into(self, other)),
    "__mod__": _remainder,
    "__rmod__": _remainder_of,
    "__pow__": two_images("math2", "pow"),
    "__rpow__": two_images("math2", "wop"),
    "__lshift__": _shift_left,
    "__rlshift__": _swapped(_shift_left),
    "__rshift__": _shift_right,
    "__rrshift__": _swapped(_shift_right),
    "__and__": _and,
    "__rand__": _and,
    "__or__": _or,
    "__ror__": _or,
    "__xor__": _xor,
    "__rxor__": _xor,
    "__lt__": two_images("relational", "less"),
    "__le__": two_images("relational", "lesseq"),
    "__gt__": two_images("relational", "more"),
    "__ge__": two_images("relational", "moreeq"),
    "__eq__": two_images("relational", "equal"),
    "__ne__": two_images("relational", "noteq"),
}

def _negative(self) -> Image:
    return self.linear(-1, 0)


def _positive(self) -> Image:
    return self


def _absolute(self) -> Image:
    return self.abs()


def _inverted(self) -> Image:
    return self.boolean_const("eor", -1)


UNARY = {"__neg__": _negative, "__pos__": _positive, "__abs__": _absolute, "__invert__": _inverted}


def install(image_class):
    """Give the class its operators."""
    for name, function in OPERATORS.items():
        setattr(image_class, name, _operator(function))
    for name, function in UNARY.items():
        setattr(image_class, name, function)
    # == makes an image, so images are told apart by identity in sets and dicts.
    image_class.__hash__ = object.__hash__
    # numpy leaves `array + image` to us.
    image_class.__array_priority__ = 1000
