# Functions, items and results as bytes and shared memory, and back.
# SPDX-License-Identifier: GPL-3.0-or-later
"""cloudpickle takes functions of scripts and of the console along, with what they use; large memory, of arrays and of images,
travels beside the bytes in memory that both processes map, and nobody copies it on arrival.
"""
import collections
import importlib
import importlib.machinery
import inspect
import io
import pickle
import sys
import types

import cloudpickle

from .. import _segments
from . import _errors, _failures

PROTOCOL = 5
# What a plain pickler does with these is right, and quicker.
_PLAIN = frozenset({int, float, str, bytes, bool, type(None)})
_FEW = 8
MOST_SEGMENTS = 64  # a process has a thousand handles, unless it was given more


class Parcel:
    """Bytes, and the segments of shared memory that belong to them."""

    __slots__ = ("data", "segments")

    def __init__(self, data, segments=()):
        self.data = data
        self.segments = segments

    @property
    def shared_size(self):
        return sum(segment.size for segment in self.segments)


class _Pickler(cloudpickle.CloudPickler):
    def reducer_override(self, value):
        if isinstance(value, BaseException) and not _errors.has_own_way(type(value)):
            return _errors.reduced(value)
        # cloudpickle knows ModuleType only; `tintype` itself, and `sys` in the window, are of subclasses.
        if isinstance(value, types.ModuleType) and type(value) is not types.ModuleType:
            return importlib.import_module, (value.__name__,)
        return super().reducer_override(value)


class Packer:
    """Packs what goes out. It keeps the copies of the last images, so that one that goes along with many items is copied once."""

    def __init__(self, kept=0):
        self._most_kept = kept
        self._kept = collections.OrderedDict()  # address: (what owns the memory, its segment)

    def pack(self, value):
        """A Parcel. Raises what pickling raises."""
        kind = type(value)
        if kind in _PLAIN or (kind is tuple and len(value) <= _FEW and all(type(part) in _PLAIN for part in value)):
            return Parcel(pickle.dumps(value, PROTOCOL))
        segments = []

        def keeps_in(buffer):
            view = buffer.raw()
            if view.nbytes < _segments.LEAST or len(segments) >= MOST_SEGMENTS:
                return True
            try:
                segments.append(self._segment(view))
            except OSError:
                # The process has no handle left; the bytes themselves travel as well.
                return True
            return False

        file = io.BytesIO()
        _Pickler(file, PROTOCOL, keeps_in).dump(value)
        return Parcel(file.getvalue(), segments)

    @staticmethod
    def pack_whole(value):
        """The same as bytes alone."""
        file = io.BytesIO()
        _Pickler(file, PROTOCOL).dump(value)
        return file.getvalue()

    def _segment(self, view):
        address = getattr(view.obj, "address", None)
        if address is None or not self._most_kept:
            return _segments.Segment.of(view)
        if address not in self._kept:
            self._kept[address] = (view, _segments.Segment.of(view))
            while len(self._kept) > self._most_kept:
                self._kept.popitem(last=False)
        self._kept.move_to_end(address)
        return self._kept[address][1]


def unpack(data, segments=()):
    """What a Parcel's data was made of; `segments` are (handle, size, whether it is read-only), and the handles are closed."""
    if not segments:
        return pickle.loads(data)
    buffers = [_segments.mapped(handle, size, read_only) for handle, size, read_only in segments]
    return pickle.loads(data, buffers=buffers)


def pack_task(task):
    """A Parcel. Raises UnpicklableError, which names the function and what of it cannot travel."""
    _take_along(task.function)
    packer = Packer()
    try:
        return packer.pack(task)
    except Exception as error:
        reason = _why_not(task.function, packer) or _failures.describe_error(error)
        raise _failures.UnpicklableError(f"{task.name} cannot be sent to other processes: {reason}") from error


def _take_along(function):
    """A module that other processes cannot import travels with its functions."""
    name = getattr(function, "__module__", None)
    module = sys.modules.get(name)
    if name == "__main__" or module is None or name in cloudpickle.list_registry_pickle_by_value():
        return
    if getattr(getattr(module, "__spec__", None), "origin", None) in ("built-in", "frozen"):
        return
    parent = sys.modules.get(name.rpartition(".")[0])
    if importlib.machinery.PathFinder.find_spec(name, getattr(parent, "__path__", None)) is None:
        cloudpickle.register_pickle_by_value(module)


def _why_not(function, packer):
    """The first thing that the function uses and that cannot travel, in words; None when it is none of these."""
    try:
        used = inspect.getclosurevars(function)
    except TypeError:
        return None
    for kind, values in (("variable", used.nonlocals), ("global", used.globals)):
        for name, value in values.items():
            try:
                packer.pack(value)
            except Exception as error:
                return f"its {kind} {name} is {_failures.shown(value)}: {_failures.describe_error(error)}"
    return None


def pack_item(packer, index, item):
    """A Parcel. Raises UnpicklableError."""
    try:
        return packer.pack(item)
    except Exception as error:
        raise _failures.UnpicklableError(
            f"Item {index} ({_failures.shown(item)}) cannot be sent to another process: {_failures.describe_error(error)}"
        ) from error


def pack_result(packer, value):
    """A Parcel. Raises UnpicklableError."""
    try:
        return packer.pack(value)
    except Exception as error:
        raise _failures.UnpicklableError(
            f"The result, {_failures.shown(value)}, cannot be sent back: {_failures.describe_error(error)}"
        ) from error
