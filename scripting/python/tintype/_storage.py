# Pixels that are computed once and kept: in memory, or in a temporary file.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from . import _metadata, _tintype
from ._tintype import Image

# The field by which `write` knows an image of new_temp_file.
SCRATCH = "tintype-scratch"


def copy_memory(self) -> Image:
    """The same image, its pixels computed now and kept in memory; its recipe starts there."""
    return _metadata.keep_fields(self, self._stored(False))


def new_temp_file(format: str = "%s.v") -> Image:
    """An image for `write`, whose pixels then go to a temporary file, which is removed with the last image that uses it.

    >>> import tintype as tt
    >>> scratch = tt.Image.new_temp_file("%s.v")
    >>> (tt.Image.black(3, 2) + 7).write(scratch)
    >>> scratch.avg()
    7.0
    """
    return Image.black(1, 1).set_field(SCRATCH, "gint", numbers=[1])


def write(self, other: Image) -> None:
    """Compute the pixels now, and let the other Image object stand for them: on disk when new_temp_file made it."""
    on_disk = other.get_typeof(SCRATCH) != 0
    _metadata.move(other, _metadata.keep_fields(self, self._stored(on_disk)))


def invalidate(self) -> None:
    """Forget what was remembered of the images that were built; arrays and files stay what they are."""
    _tintype.drop_caches()
