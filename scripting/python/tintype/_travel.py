# Images, and the numbers that were found on them, on their way through pickle to other processes.
# SPDX-License-Identifier: GPL-3.0-or-later
"""An image travels as its recipe, which needs no pixels where the sources are files. Pixels that stand in memory go along: as
bytes in a plain pickle, which may be read at any time; beside the pickle where it is asked for buffers (protocol 5); and as
shared memory through multiprocessing. A recipe with a Python function in it is computed first, but for operations by functions,
which travel along.

Numbers keep the link to the step that found them, unless that needs pixels in memory, or more of a recipe than a number is worth.
"""
import pickle

from . import _namespaces, _operation_travel, _segments, _tintype
from ._tintype import Image, RecipeError

LONGEST_LINK = 1 << 16


def _packed(image):
    """(the recipe, the memory of its pixels, in a tuple the operations by functions that it needs, if any)"""
    try:
        text, memory = _tintype.pack(image._output)
        return text, memory, _operation_travel.needed_by(image._output)
    except RecipeError:
        if image.planes > 1:
            raise
        return *_tintype.pack(image.copy_memory()._output), ()


def reduce_image(image, protocol):
    """What pickle asks an image for."""
    text, memory, operations = _packed(image)
    return _image, (text, [pickle.PickleBuffer(pixels) if protocol >= 5 else bytes(pixels) for pixels in memory], *operations)


def _image(text, memory, operations=()):
    _operation_travel.arrive(operations)
    return Image._of(_namespaces.with_addons(_tintype.unpack, text, memory))


def reduce_image_for_process(image):
    """What multiprocessing's own pickler asks an image for: another process of this machine reads it, once."""
    text, memory, operations = _packed(image)
    return _shared_image, (text, [_segments.publish(image, pixels) or bytes(pixels) for pixels in memory], *operations)


def _shared_image(text, memory, operations=()):
    return _image(text, [part if isinstance(part, bytes) else _segments.fetch(*part) for part in memory], operations)


def reduce_value(value, plain):
    """What pickle asks a Number, an Integer or Numbers for; `plain` is the same without its link."""
    output = value._output
    try:
        text, memory = (None, ()) if output is None else _tintype.pack(output)
    except RecipeError:
        text, memory = None, ()
    if text is None or memory or len(text) > LONGEST_LINK:
        return type(plain), (plain,)
    return _value, (type(value), plain, text)


def _value(kind, plain, text):
    try:
        return kind(plain, _tintype.unpack(text, []))
    except RecipeError:
        # An operation that is not known here: the number is right all the same.
        return plain


def recipe_of(image):
    """For pickle."""
    return image.recipe


def reduce_recipe(recipe):
    """What pickle asks a recipe for."""
    return recipe_of, (recipe.image,)
