# Operations by functions on their way to other processes.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A worker knows the operations of add-ons, since it loads them. Those of scripts and of the console travel with what needs them,
as functions do: cloudpickle takes along what they use. One may use another, so all go that can."""
import pickle
import sys

from . import _tintype
from ._tintype import RecipeError

_arrived = {}  # by id: the bytes it came as, to know another one of the same id


def needed_by(output):
    """In a tuple what `arrive` wants, for a recipe with such operations; an empty one for others. Raises RecipeError for an
    operation that cannot travel."""
    ids = _tintype.added_operations(output)
    if not ids:
        return ()
    packed, failed = _packed()
    for id in ids & failed.keys():
        raise RecipeError(f"the operation '{id}' cannot be sent to another process: {failed[id]}")
    return (packed,)


def all_that_can():
    """What `arrive` wants, for a function that may use any of them."""
    return _packed()[0]


def _packed():
    """([(id, bytes)] of the operations that were defined here and are no add-on's, {id: why it cannot travel})"""
    packed, failed = [], {}
    # Where nobody has defined one nothing is imported.
    operation = sys.modules.get("tintype._operation")
    for id, (function, said) in operation.defined_here() if operation else []:
        from .parallel import _pickling

        try:
            _pickling._take_along(function)
            packed.append((id, _pickling.Packer.pack_whole((function, said))))
        except Exception as error:
            failed[id] = f"{type(error).__name__}: {error}"
    return packed, failed


def arrive(operations):
    """Define those that are not known here, or that came as something else before."""
    for id, data in operations:
        is_known = id in _tintype.operation_ids()
        if is_known and _arrived.get(id, data) == data:
            continue
        from . import _operation

        function, said = pickle.loads(data)
        _operation._add(function, said)
        _arrived[id] = data
