# What timers and events have in common: functions that are called later.
# SPDX-License-Identifier: GPL-3.0-or-later
from ._tintype import ParameterError


def title_of(function):
    """What people know a function by."""
    name = getattr(function, "__qualname__", None) or getattr(getattr(function, "func", None), "__qualname__", None)
    return name or type(function).__qualname__


def check_callable(function, caller):
    if not callable(function):
        raise ParameterError(f"{caller}: fn must be a function or something else that can be called, not {function!r}")


def check_seconds(seconds, caller):
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) and not hasattr(seconds, "__float__"):
        raise ParameterError(f"{caller}: seconds must be a number, not {seconds!r}")
    try:
        return float(seconds)
    except OverflowError:
        return float("inf")
