# Operations that Python functions do: the decorator, and the description that the catalogue gets.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import inspect
import re
import weakref

from . import _annotations, _callbacks, _namespaces, _operation_call, _operation_outputs, _tintype
from ._annotations import NOTHING
from ._tintype import Image, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ._types import T

CATEGORY = "Your own"
# Doubles count whole numbers one by one up to here.
_LARGEST_WHOLE = 2**53
_LARGEST = 1.7976931348623157e308
# By id: what the catalogue calls. What is gone from there is kept alive by nobody here, with all that its module holds.
_defined = weakref.WeakValueDictionary()


def operation(
    id: str,
    *,
    title: str = "",
    category: str = CATEGORY,
    tilewise: bool = False,
    keywords: Iterable[str] = (),
    help: str = "",
) -> Callable[[T], T]:
    """Make an operation of a function: in the menu, in the search, in Python, in recipes, on the command line.

    `id` is what code says, names with dots between them: `im.scan.despeckle()` for "scan.despeckle". People read `title` (made
    of the id when left out) in the menu `category`, and find it by `keywords` as well; `help` is the first sentence of the
    docstring when left out.

    Parameters are described by their annotations: bool, int, float, str, Literal["a", "b"] or an Enum, pathlib.Path,
    list[int], list[float], tuple[float, float], tt.Image, list[tt.Image], or one of these or None; tt.Range and tt.Field in
    `Annotated` say more. A default makes a parameter one that may be left out. The annotation of what comes back is tt.Image,
    float, int, bool, str, list[float] or list[int], or a tuple or a NamedTuple of these.

    The function is called when a result is first looked at, with images that hold no pixels yet, on whichever thread needs it,
    and once for each use of the operation, so it must give the same for the same. It should give an image that is made of the
    given ones by operations or `map_tiles`, and may give an array instead. Numbers that were found on the image keep their link.
    With `tilewise=True` a pixel of the result depends on its surroundings only: the result is computed tile by tile where it is
    looked at. Otherwise it is computed whole, once. Stop raises tt.Cancelled in the function.

    The operation belongs to the script, the console or the add-on that defines it and goes with it. Defining it again replaces
    it. The function itself stays as it was. Raises ParameterError for an id that somebody else has, and for what cannot be
    described; it names the parameter and what is allowed.

    >>> import tintype as tt
    >>> @tt.operation("doc.brighten", title="Brighten", tilewise=True)
    ... def brighten(image: tt.Image, by: float = 10) -> tt.Image:
    ...     '''Add a number to all pixels.'''
    ...     return image + by
    >>> tt.Image.black(2, 2).doc.brighten(by=3).avg()
    3.0
    >>> tt.remove_operation("doc.brighten")
    """
    if callable(id):
        raise ParameterError('operation: an id comes first, as in @tt.operation("scan.despeckle")')
    for name, value in (("id", id), ("title", title), ("category", category), ("help", help)):
        if not isinstance(value, str):
            raise ParameterError(f"operation: {name} must be a text, not {value!r}")
    words = [keywords] if isinstance(keywords, str) else list(keywords)
    if not all(isinstance(word, str) for word in words):
        raise ParameterError(f"operation '{id}': keywords must be texts, not {words!r}")

    def define(function):
        _callbacks.check_callable(function, f"operation '{id}'")
        said = {"id": id, "title": title or _title(id), "category": category, "help": help or _first_sentence(function)}
        _add(function, said | {"keywords": words, "tilewise": bool(tilewise)})
        return function

    return define


def remove_operation(id: str) -> None:
    """Take away an operation that this script, console or add-on has defined.

    Raises NotFoundError when there is none of that id, and ParameterError when it is somebody else's.

    >>> import tintype as tt
    >>> @tt.operation("doc.same")
    ... def same(image: tt.Image) -> tt.Image:
    ...     return image
    >>> tt.remove_operation("doc.same")
    >>> hasattr(tt.ops, "doc.same")
    False
    """
    _tintype.remove_operation(id)


def _add(function, said):
    id = said["id"]
    _check_first_part(id)
    hints = _annotations.hints(function, f"operation '{id}'")
    parameters = [_read(parameter, hints, id) for parameter in parameters_of(function, f"operation '{id}'")]
    outputs = _operation_outputs.read(hints.get("return", NOTHING), id)
    parameters.sort(key=lambda parameter: not _is_required(parameter))
    description = said | {
        "inputs": [described_input(parameter) for parameter in parameters],
        "outputs": [{"name": each.name, "title": each.title, "help": each.help, "kind": each.kind} for each in outputs],
    }
    call = _operation_call.Call(id, function, parameters, outputs, said)
    _tintype.add_operation(description, call)
    _namespaces.install(Image)
    if not _tintype.is_addon_code():
        _defined[id] = call


def define_again(parts):
    """Define one that has come from another process, as defined_here gave it there."""
    _add(*parts)


def defined_here():
    """(id, (function, what was said of it)) of each."""
    ids = set(_tintype.operation_ids())
    return [(id, (call.function, call.said)) for id, call in list(_defined.items()) if id in ids]


def is_free(first):
    """Whether ids of operations may begin with this name, which becomes an attribute of images."""
    known = getattr(Image, first, None) if first.isidentifier() else None
    return known is None or isinstance(known, _namespaces.ImageNamespace)


def _check_first_part(id):
    first = id.partition(".")[0]
    if not is_free(first):
        raise ParameterError(f"operation '{id}': images have something else called '{first}'; begin the id with another name")


def parameters_of(function, caller):
    """The parameters of a function that can be described. Raises ParameterError."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError) as error:
        raise ParameterError(f"{caller}: the parameters of {function!r} cannot be read: {error}") from None
    for parameter in parameters:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            stars = "*" if parameter.kind == parameter.VAR_POSITIONAL else "**"
            raise ParameterError(f"{caller}: {stars}{parameter.name} cannot be described; name each parameter")
    return parameters


def _read(parameter, hints, id):
    annotation = hints.get(parameter.name, NOTHING)
    default = NOTHING if parameter.default is parameter.empty else parameter.default
    read = _annotations.read(parameter.name, annotation, default, f"operation '{id}'")
    if read.name == "image" and read.kind != "image":
        raise ParameterError(f"operation '{id}': a parameter called image must be a tt.Image, since tt.ops names images by it")
    return read


def _is_required(parameter):
    return parameter.default is NOTHING and not parameter.optional


def described_input(parameter):
    """The description of a parameter that the catalogue gets."""
    default = None if parameter.default is NOTHING else parameter.default
    if parameter.kind in ("integer", "integers"):
        low, high = max(parameter.minimum, -_LARGEST_WHOLE), min(parameter.maximum, _LARGEST_WHOLE)
    else:
        low, high = max(parameter.minimum, -_LARGEST), min(parameter.maximum, _LARGEST)
    slider = parameter.slider
    return {
        "name": parameter.name,
        "title": parameter.title,
        "help": parameter.help,
        "kind": parameter.kind,
        "required": _is_required(parameter),
        "default": str(default) if parameter.kind == "path" and default is not None else default,
        "minimum": low,
        "maximum": high,
        "slider_minimum": slider[0],
        "slider_maximum": slider[1],
        "unit": parameter.unit,
        "choices": list(parameter.choices),
        "length": parameter.length,
    }


def _title(id):
    """ "Remove specks" for "scan.remove_specks". """
    return _annotations.title_from(id.rpartition(".")[2])


def _first_sentence(function):
    text = " ".join((inspect.getdoc(function) or "").partition("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
