# Operations and file formats by functions, and colour maps, on their way to other processes.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A worker knows what add-ons bring, since it loads them. What scripts and the console have defined travels with what needs it, as
functions do: cloudpickle takes along what they use. One may use another, so all go that can."""
import importlib
import pickle
import sys

from . import _tintype
from ._tintype import RecipeError

_arrived = {}  # by kind and id: the bytes it came as, to know another one of the same id

# By what it is called: the module that defines it, and the ids that are known.
_KINDS = {
    "operation": ("_operation", _tintype.operation_ids), "file format": ("_file_format", _tintype.file_format_ids),
    "colour map": ("_colour_map", lambda: [name for name, _ in _tintype.colour_maps()]),
}  # fmt: skip


def needed_by(output):
    """In a tuple what `arrive` wants, for a recipe with such operations; an empty one for others. Raises RecipeError for an
    operation that cannot travel."""
    needed = {("operation", id) for id in _tintype.added_operations(output)}
    needed |= {("file format", id) for id in _tintype.added_formats(output)}
    if not needed:
        return ()
    packed, failed = _packed()
    for kind, id in needed & failed.keys():
        raise RecipeError(f"the {kind} '{id}' cannot be sent to another process: {failed[kind, id]}")
    return (packed,)


def all_that_can():
    """What `arrive` wants, for a function that may use any of them."""
    return _packed()[0]


def _packed():
    """([(kind, id, bytes)] of what was defined here and is no add-on's, {(kind, id): why it cannot travel})"""
    packed, failed = [], {}
    for kind, id, parts in _defined_here():
        from .parallel import _pickling

        try:
            for part in parts.values() if isinstance(parts, dict) else parts:
                if callable(part):
                    _pickling._take_along(part)
            packed.append((kind, id, _pickling.Packer.pack_whole(parts)))
        except Exception as error:
            failed[kind, id] = f"{type(error).__name__}: {error}"
    return packed, failed


def _defined_here():
    for kind, (name, _) in _KINDS.items():
        # Where nobody has defined one nothing is imported.
        module = sys.modules.get(f"{__package__}.{name}")
        for id, parts in module.defined_here() if module else []:
            yield kind, id, parts


def arrive(packed):
    """Define those that are not known here, or that came as something else before."""
    for kind, id, data in packed:
        name, known_ids = _KINDS[kind]
        if id in known_ids() and _arrived.get((kind, id), data) == data:
            continue
        importlib.import_module(f".{name}", __package__).define_again(pickle.loads(data))
        _arrived[kind, id] = data
