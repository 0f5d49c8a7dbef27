# Exceptions on their way between processes, whatever their constructors want.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python's own way calls the class with `args`, which need not be what its constructor takes: they are what reached
Exception.__init__. Here the error is made as it stands, of its class, args and attributes, and no constructor runs.
"""
import contextlib
import copyreg
import types

# What an AttributeError was asked for need not be able to travel, and says nothing that its text does not.
_LEFT = vars(AttributeError)["obj"]
_WAYS = ("__reduce__", "__reduce_ex__", "__getstate__", "__setstate__")


def has_own_way(kind):
    """Whether the class says itself how its errors are pickled."""
    return kind in copyreg.dispatch_table or not all(_is_built_in(_owner(kind, name)) for name in _WAYS)


def _owner(kind, name):
    return next(base for base in kind.__mro__ if name in vars(base))


def _is_built_in(kind):
    return kind.__module__ == "builtins"


def reduced(error):
    """What pickle asks for."""
    members = {}
    for name, member in _members(type(error)).items():
        # Places that nobody has filled: of a class in Python, or of a built-in one, which says None, but may not take it.
        with contextlib.suppress(AttributeError):
            if (value := member.__get__(error)) is not None:
                members[name] = value
    return revived, (type(error), error.args, members, dict(vars(error)))


def _members(kind):
    """What stands outside of an error's dict, such as the errno of an OSError."""
    return {
        name: member
        for base in reversed(kind.__mro__)
        for name, member in vars(base).items()
        if isinstance(member, types.MemberDescriptorType) and not name.startswith("__") and member is not _LEFT
    }


def revived(kind, args, members, attributes):
    """The same error in another process."""
    error = next(filter(_is_built_in, kind.__mro__)).__new__(kind, *args)
    error.args = args
    places = _members(kind)
    for name, value in members.items():
        # Some are made of args, and cannot be set.
        with contextlib.suppress(AttributeError):
            places[name].__set__(error, value)
    vars(error).update(attributes)
    return error
