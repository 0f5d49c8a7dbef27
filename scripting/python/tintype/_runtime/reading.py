# What can be told of a live object without running code of the person's own.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A property, a `__getattr__`, even a `__class__` may be slow, move a device, or edit the document, and isinstance, dir and
inspect ask for more attributes than one would think.
"""
import inspect
import sys
import types

BINDING = (types.FunctionType, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)
_ROUTINES = (*BINDING, types.MethodWrapperType, types.ClassMethodDescriptorType)
PROPERTIES = (property, types.GetSetDescriptorType, types.MemberDescriptorType)
_SCALARS = (str, bytes, int, float, complex, bool, type(None))
_MOST_ITEMS = 1000
_MADE_BY_CLASS = 1 << 9  # CPython's Py_TPFLAGS_HEAPTYPE


def is_operation(value):
    native = sys.modules.get("tintype._tintype")
    return native is not None and type(value) in (
        native.OperationMethod,
        native.OperationFunction,
        native.DocumentOperation,
    )


def is_a(value, classes):
    """isinstance without reading the object's `__class__`, which may be code of its own."""
    return issubclass(type(value), classes)


def is_class(value):
    """Whether it is a class whose attributes can be read without running code of its metaclass."""
    if not is_a(value, type):
        return False
    reads = inspect.getattr_static(type(value), "__getattribute__", None)
    return reads is type.__dict__["__getattribute__"] and inspect.getattr_static(type(value), "__getattr__", None) is None


def is_routine(value):
    function = value.__func__ if type(value) is types.MethodType else value
    return type(function) in _ROUTINES or is_operation(function)


def is_safe_to_read(value):
    """Whether jedi and inspect, which ask for attributes by the dozen, would run no code of the person's own by that."""
    if is_routine(value) or type(value) is types.ModuleType or is_class(value):
        return True
    if type(value) is types.MethodType or is_a(value, type) or type(value).__flags__ & _MADE_BY_CLASS:
        return False
    if is_a(value, (list, tuple, dict)):
        # They are looked into.
        items = list(value.values() if is_a(value, dict) else value) if len(value) <= _MOST_ITEMS else [value]
        return all(type(each) in _SCALARS for each in items)
    return True


def names_of(owner):
    """The names of its attributes. A `__dir__` that somebody has written is asked, as nothing else can know them."""
    if not is_a(owner, type) and inspect.getattr_static(type(owner), "__dir__", None) is object.__dict__["__dir__"]:
        # That one asks for `__dict__` and `__class__`, which may be code of the person's own.
        names = {name for each in type.__dict__["__mro__"].__get__(type(owner)) for name in type.__dict__["__dict__"].__get__(each)}
        try:
            names.update(object.__getattribute__(owner, "__dict__"))
        except (AttributeError, TypeError):
            pass
        return [name for name in names if type(name) is str]
    try:
        return dir(owner)
    except Exception:
        # A `__dir__` of the person's own.
        return []
