# What functions leave in `info`, as plain values for JSON.
# SPDX-License-Identifier: GPL-3.0-or-later
import math
import os

from .._tintype import ParameterError

MOST_NUMBERS = 100_000
DEEPEST = 50


def plain(value, place, depth=0):
    """Numbers, texts, lists and dicts, with those of numpy among them. Raises ParameterError, which names the place."""
    if value is None or isinstance(value, (bool, str)):
        return value if not isinstance(value, str) else str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        # JSON has no word for what is not finite.
        return float(value) if math.isfinite(value) else repr(float(value))
    if depth >= DEEPEST:
        raise ParameterError(f"{place} is nested more than {DEEPEST} deep")
    if isinstance(value, dict):
        return _plain_dict(value, place, depth)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item, f"{place}[{index}]", depth + 1) for index, item in enumerate(value)]
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if hasattr(value, "tolist") and hasattr(value, "size"):
        if value.size > MOST_NUMBERS:
            raise ParameterError(f"{place} is an array of {value.size} values; the report takes up to {MOST_NUMBERS}")
        return plain(value.tolist(), place, depth + 1)
    raise ParameterError(
        f"{place} is of type {type(value).__name__}, which the report cannot hold; numbers, texts, lists, dicts and arrays can be"
    )


def _plain_dict(value, place, depth):
    found = {}
    for key, item in value.items():
        name = _key(key, place)
        if name in found:
            raise ParameterError(f"{place} has two keys that are {name!r} in the report")
        found[name] = plain(item, f"{place}[{key!r}]", depth + 1)
    return found


def _key(key, place):
    if isinstance(key, (str, int, float)):
        return str(key)
    raise ParameterError(f"{place} has a key of type {type(key).__name__}; keys must be texts or numbers")
