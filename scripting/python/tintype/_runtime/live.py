# What an expression means now, found without running anything that could have an effect.
# SPDX-License-Identifier: GPL-3.0-or-later
"""jedi reads source text; Tintype's operations have none, and what `tt.data.images["scan"]` holds only the document knows.
So expressions are followed through live objects as far as that is safe: names, attributes that are no properties, items of
plain containers, Tintype's own properties that return at once, and what its operations return, without calling them.
"""
import ast
import bisect
import builtins
import inspect
import re
import sys
import types
from typing import Any, NamedTuple

from .reading import BINDING, PROPERTIES, is_a, is_class, is_operation, is_routine, names_of

_PLAIN = (list, tuple, dict)
_RETURNS_IMAGE = re.compile(r"\nReturns:\n    \w+ \(image")
_ASSIGNMENT = re.compile(r"^[ \t]*([^\W\d]\w*)[ \t]*=(?!=)(.+)\n", re.MULTILINE)
_MOST_KEYS = 1000
_MOST_STEPS = 5000
_DEEPEST = 20


class Live(NamedTuple):
    """An object that exists."""

    value: Any


class Made(NamedTuple):
    """What a call would make: an object of this class."""

    type: type


def _package():
    return sys.modules.get("tintype")


def is_ours(found):
    """Whether the object is of Tintype's own making, which jedi cannot read."""
    if isinstance(found, Made):
        return found.type is getattr(_package(), "Image", None)
    value = found.value.__func__ if type(found.value) is types.MethodType else found.value
    if value is _package() or value is getattr(_package(), "Image", None) or is_operation(value):
        return True
    module = type(value).__module__
    return isinstance(module, str) and module.split(".")[0] == "tintype"


class Namespace:
    """Names as the text at the cursor would find them. `before` is that text; its assignments are followed as well."""

    def __init__(self, names, before=""):
        self.names = names
        self._before = before
        self._end = len(before)  # where the text ends for what is followed now
        self._depth = 0
        self._steps = 0
        self._assignments = None
        self._followed = {}

    def find(self, expression):
        """Live, Made, or None when it is not known."""
        if expression is None or len(expression) > 2000:
            return None
        try:
            return self._value(ast.parse(expression, mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    def _value(self, node):
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return None
        follow = getattr(self, "_" + type(node).__name__.lower(), None)
        return None if follow is None else follow(node)

    def _constant(self, node):
        return Live(node.value)

    def _name(self, node):
        assigned = self._assigned(node.id)
        if assigned is not None:
            return assigned
        if node.id in self.names:
            return Live(self.names[node.id])
        return Live(getattr(builtins, node.id)) if hasattr(builtins, node.id) else None

    def _assigned(self, name):
        """What the text itself assigns to the name, in one line, last before the cursor."""
        if self._assignments is None:
            self._assignments = {}
            for each in _ASSIGNMENT.finditer(self._before):
                self._assignments.setdefault(each.group(1), []).append((each.start(), each.group(2).strip()))
        lines = self._assignments.get(name, ())
        last = bisect.bisect_left(lines, (self._end, ""))
        if last == 0 or self._depth >= _DEEPEST:
            return None
        start, expression = lines[last - 1]
        if (name, start) not in self._followed:
            self._depth += 1
            end, self._end = self._end, start
            try:
                self._followed[name, start] = self.find(expression)
            finally:
                self._end = end
                self._depth -= 1
        return self._followed[name, start]

    def _attribute(self, node):
        owner = self._value(node.value)
        return None if owner is None else attribute(owner, node.attr)

    def _subscript(self, node):
        owner = self._value(node.value)
        key = self._value(node.slice)
        if isinstance(owner, Made):
            return owner if is_ours(owner) else None
        if owner is None or not isinstance(key, Live) or not isinstance(key.value, (str, int)):
            return None
        if _is_image(owner.value):
            return Made(type(owner.value))
        if type(owner.value) in _PLAIN or (is_ours(owner) and hasattr(type(owner.value), "keys")):
            try:
                return Live(owner.value[key.value])
            except Exception:
                return None
        return None

    def _call(self, node):
        function = self._value(node.func)
        return returned(function) if isinstance(function, Live) else None

    def _binop(self, node):
        return self._image_among(node.left, node.right)

    def _compare(self, node):
        return self._image_among(node.left, *node.comparators)

    def _unaryop(self, node):
        return self._image_among(node.operand)

    def _image_among(self, *nodes):
        for node in nodes:
            found = self._value(node)
            if isinstance(found, Made) and is_ours(found):
                return found
            if isinstance(found, Live) and _is_image(found.value):
                return Made(type(found.value))
        return None


def _is_image(value):
    image = getattr(_package(), "Image", None)
    return image is not None and type(value) is image


def attribute(owner, name):
    """The attribute, as long as getting it runs no code but Tintype's own that returns at once."""
    if isinstance(owner, Made):
        static = inspect.getattr_static(owner.type, name, None)
        if is_a(static, staticmethod):
            return Live(static.__func__)
        return Live(types.MethodType(static, _Nobody)) if callable(static) else None
    value = owner.value
    if is_a(value, types.ModuleType):
        if name in vars(value):
            return Live(vars(value)[name])
    elif is_ours(owner) and _is_image(value):
        static = inspect.getattr_static(value, name, None)
        # Properties of an image may have to look at its file.
        return Live(static.__get__(value)) if static is not None and not is_a(static, PROPERTIES) else None
    if is_ours(owner):
        try:
            return Live(getattr(value, name))
        except Exception:
            return None
    try:
        static = inspect.getattr_static(value, name)
    except AttributeError:
        return None
    if type(static) in (staticmethod, classmethod, *BINDING):
        return Live(static.__get__(None, value) if is_a(value, type) else static.__get__(value, type(value)))
    return None if hasattr(type(static), "__get__") else Live(static)


def static(found, name):
    """The attribute as it stands in the class or the object, a property for example; None when there is none."""
    return inspect.getattr_static(found.type if isinstance(found, Made) else found.value, name, None)


class _Nobody:
    """Stands for the object that a method would belong to."""


def returned(function):
    """What calling the function would return, without calling it."""
    value = function.value
    if is_a(value, type):
        return Made(value)
    plain = value.__func__ if type(value) is types.MethodType else value
    image = getattr(_package(), "Image", None)
    if is_operation(plain):
        return Made(image) if _RETURNS_IMAGE.search(plain.__doc__ or "") else None
    hint = getattr(plain, "__annotations__", {}).get("return") if type(plain) is types.FunctionType else None
    if hint == "Image" and is_from_package(plain):
        return Made(image)
    return Made(hint) if is_a(hint, type) else None


def is_from_package(function):
    readable = is_routine(function) or is_class(function)
    return readable and str(getattr(function, "__module__", "")).split(".")[0] == "tintype"


def members(found):
    """The names of the attributes, with what each is."""
    owner = found.type if isinstance(found, Made) else found.value
    names = names_of(owner)
    if owner is _package():
        names = {*owner.__all__, *(name for name in names if name.startswith("_"))}
    return [(name, kind(owner, name)) for name in sorted(names, key=str.lower)]


def kind(owner, name):
    """What the attribute is, in one word."""
    value = inspect.getattr_static(owner, name, None)
    if is_a(value, staticmethod):
        value = value.__func__
    if is_operation(value) or (value is None and type(owner).__name__ == "Operations"):
        return "operation"
    if is_a(value, PROPERTIES):
        return "property"
    if is_a(value, type):
        return "class"
    if is_a(value, types.ModuleType):
        return "module"
    if is_a(value, (staticmethod, classmethod)) or callable(value):
        return "function"
    return "value"


def keys(found):
    """The texts that are keys of a mapping which tells them at once; None when it is no such mapping."""
    if not isinstance(found, Live):
        return None
    value = found.value
    if type(value) is not dict and not (is_ours(found) and hasattr(type(value), "keys")):
        return None
    return [key for key in list(value)[:_MOST_KEYS] if isinstance(key, str)]
