# Operations whose ids have dots: `im.scan.despeckle(...)`, `tt.ops.scan.despeckle(...)`.
# SPDX-License-Identifier: GPL-3.0-or-later
import threading

from . import _tintype


def spelled(name):
    """The id that differs from the name in capital letters only, as `dE00` from `de00`; None when there is none."""
    return next((id for id in _tintype.operation_ids() if id.lower() == name.lower()), None)


def unknown(name):
    """Raise what an unknown operation deserves: the names that come near."""
    try:
        _tintype.image_operation(name)
    except _tintype.NotFoundError as error:
        raise _tintype.UnknownOperationError(str(error)) from None
    raise _tintype.UnknownOperationError(f"'{name}' is an operation, but not one of this object")


def with_addons(attempt, *arguments):
    """What attempt(*arguments) gives; asked again with the operations of add-ons where it does not know one."""
    try:
        return attempt(*arguments)
    except (_tintype.RecipeError, _tintype.NotFoundError):
        if not load_addons():
            raise
    return attempt(*arguments)


def load_addons():
    """Load the add-ons that are enabled, if they are not yet; whether there are other operations now."""
    from . import _addons

    if not _addons.may_have_any():
        return False
    before = set(_tintype.operation_ids())
    _addons.load_enabled()
    return set(_tintype.operation_ids()) != before


def is_known(id):
    """Whether there is such an operation, those of add-ons included."""
    if id in _tintype.operation_ids():
        return True
    return not members(id + ".") and load_addons() and id in _tintype.operation_ids()


def members(prefix):
    """The next parts of the ids that begin with the prefix."""
    return sorted({id[len(prefix) :].partition(".")[0] for id in _tintype.operation_ids() if id.startswith(prefix)})


class ImageNamespace:
    """The operations of an image whose ids share their first parts."""

    def __init__(self, prefix, image=None):
        self._prefix = prefix
        self._image = image

    def __get__(self, image, owner):
        if not members(self._prefix):
            # Its operations have gone.
            raise AttributeError(f"'Image' object has no attribute '{self._prefix[:-1]}'")
        return ImageNamespace(self._prefix, image)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        id = self._prefix + name
        if is_known(id):
            operation = _tintype.image_operation(id)
            return operation if self._image is None else operation.__get__(self._image, type(self._image))
        if members(id + "."):
            return ImageNamespace(id + ".", self._image)
        return unknown(id)

    def __dir__(self):
        return members(self._prefix)


class Operations:
    """Operations on the current image of the document, each one an undo step: `tt.ops.gaussblur(sigma=2)`.

    The current image is that of the running script or console line, or the active one; `image="scan"` names another. The
    call returns the new Image. An operation without an image input adds an image, and one that finds values returns them
    and makes no undo step.

    >>> import tintype as tt
    >>> tt.data.images["ops example"] = tt.Image.black(2, 2)
    >>> tt.ops.linear(1, 5, image="ops example").avg()
    5.0
    >>> del tt.data.images["ops example"]
    """

    def __init__(self, prefix=""):
        self._prefix = prefix

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        id = self._prefix + name
        if is_known(id):
            found = _tintype.document_operation(id)
        elif members(id + "."):
            found = Operations(id + ".")
        else:
            unknown(id)
        # The next look-up finds it without this function; those with dots in their ids come and go.
        if "." not in id and not isinstance(found, Operations):
            self.__dict__[name] = found
        return found

    def __dir__(self):
        load_addons()
        return members(self._prefix)


# The collector may run code of others anywhere, which may add an operation in the middle of the change.
_change = threading.RLock()


def install(image_class):
    """Give the class a namespace for each first part of a dotted id, and take away those whose operations have gone."""
    with _change:
        ids = None
        while ids != (ids := _tintype.operation_ids()):
            firsts = {id.partition(".")[0] for id in ids if "." in id}
            for first in firsts:
                if first not in image_class.__dict__:
                    setattr(image_class, first, ImageNamespace(first + "."))
            for name, value in list(vars(image_class).items()):
                if isinstance(value, ImageNamespace) and name not in firsts:
                    delattr(image_class, name)
