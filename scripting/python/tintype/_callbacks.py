# What timers and events have in common: functions that are called later.
# SPDX-License-Identifier: GPL-3.0-or-later
import functools

from ._tintype import ParameterError


def title_of(function):
    """What people know a function by."""
    if isinstance(function, functools.partial):
        return title_of(function.func)
    name = getattr(function, "__name__", None) or type(function).__name__
    code = getattr(function, "__code__", None)
    return f"lambda in line {code.co_firstlineno}" if name == "<lambda>" and code else name


def check_callable(function, caller):
    if not callable(function):
        raise ParameterError(f"{caller}: fn must be a function or something else that can be called, not {function!r}")


def check_seconds(seconds, caller, parameter="seconds"):
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) and not hasattr(seconds, "__float__"):
        raise ParameterError(f"{caller}: {parameter} must be a number of seconds, not {seconds!r}")
    try:
        return float(seconds)
    except OverflowError:
        return float("inf")
