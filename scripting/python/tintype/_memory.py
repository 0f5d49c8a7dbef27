# Which memory an image may use as it is, and which it must copy.
# SPDX-License-Identifier: GPL-3.0-or-later
"""An image never changes, so memory that somebody may still write to is copied. Used as it is: memory that is read-only all
the way down to its owner, as of bytes, or of an array whose `writeable` flag was taken away; and an array that nobody else has
any more, as in `new_from_array(a + 1)`. A read-only array is taken at its word: views of it that were made before must not be
written to."""

import sys

from . import _tintype

# What the counts of references below are when nobody else has the object: a local variable and the argument of getrefcount,
# and for the base of an array the array itself too.
NOBODY_ELSE = 2
ITS_ARRAY_ONLY = 3


def is_read_only(owner):
    """Whether nothing in the chain of owners can be written to."""
    while owner is not None:
        if isinstance(owner, bytes) or _tintype.is_pixel_owner(owner):
            return True
        if hasattr(owner, "__array_interface__") and hasattr(owner, "flags"):
            if owner.flags.writeable:
                return False
            owner = owner.base
            continue
        try:
            view = memoryview(owner)
        except TypeError:
            # Memory that nobody vouches for.
            return False
        with view:
            if not view.readonly:
                return False
            if view.obj is owner or not isinstance(owner, memoryview):
                return True
            owner = view.obj
    return True


def is_lonely_base(array):
    """Whether nobody has what the array is a view of, but the array."""
    base = array.base
    # numpy makes the base of a view the array that owns the memory, so the chain has one link.
    return base is None or (getattr(base, "base", base) is None and sys.getrefcount(base) <= ITS_ARRAY_ONLY)
