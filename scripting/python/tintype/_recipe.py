# The methods of tt.Recipe that are written in Python.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os

from . import _files, _namespaces
from ._tintype import Image, ParameterError, Recipe, RecipeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._types import FilePath, Picture


def to_json(self, indent: int | None = None) -> str:
    """The recipe as JSON text. Raises RecipeError, which names the step, for pixels in memory.

    >>> import tintype as tt
    >>> '"operation":"black"' in tt.Image.black(2, 2).recipe.to_json()
    True
    """
    import json

    text = self._json()
    if indent is None:
        return json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)
    return json.dumps(json.loads(text), indent=indent, ensure_ascii=False)


def from_json(text: str | bytes | bytearray) -> Recipe:
    """The recipe that to_json wrote. Raises RecipeError with the reason."""
    if isinstance(text, (bytes, bytearray)):
        text = bytes(text).decode("utf-8", "replace")
    if not isinstance(text, str):
        raise ParameterError(f"Recipe.from_json: text must be a text, not {type(text).__name__}")
    return _namespaces.with_addons(Recipe._from_json, text)


def save(self, path: FilePath) -> None:
    """Write the recipe to a JSON file, whole or not at all. Raises FileError or RecipeError.

    Names of files in it, such as those of profiles, are absolute.

        im.recipe.save("clean.json")
    """
    import json

    from . import _recipe_files

    content = json.loads(self._json())
    _recipe_files.anchor(content, os.getcwd())
    _files.write_text(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def load(path: FilePath) -> Recipe:
    """The recipe in a file. Raises FileError or RecipeError.

    Relative names of files in it are counted from its own folder.

        tt.Recipe.load("clean.json").apply("other.tif")
    """
    text = _files.read_text(path)
    try:
        return from_json(_anchored(text, os.path.dirname(os.path.abspath(os.fsdecode(path)))))
    except RecipeError as error:
        raise RecipeError(f"{os.fspath(path)}: {error}") from None


def _anchored(text, folder):
    import json

    from . import _recipe_files

    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return text  # whose reader says what is wrong with it
    return json.dumps(content) if _recipe_files.anchor(content, folder) else text


def _picture(value):
    if isinstance(value, Image):
        return value
    if isinstance(value, (str, os.PathLike)):
        return _files.open(value)
    if hasattr(value, "__array__"):
        return Image.new_from_array(value)
    raise ParameterError(f"Recipe.apply: a picture must be an Image, a path or an array, not {type(value).__name__}")


def apply(self, picture: Picture | None = None, /, **pictures: Picture) -> Image:
    """The same steps on other pictures: images, paths or arrays, by the names of `inputs`, or one without a name.

    Inputs that are not named stay as they are. Values found on the picture, such as a threshold, are found anew. Raises
    RecipeError for a name that does not exist.

        bright = recipe.apply("other.tif")
        flat = recipe.apply(scan=a, dark=b)
    """
    if picture is not None:
        names = self.inputs
        if len(names) != 1:
            raise RecipeError(
                f"The recipe has {len(names)} inputs ({', '.join(names)}); name them, as in apply({names[0]}=…)"
                if names
                else "The recipe has no inputs, it makes its own picture"
            )
        if pictures:
            raise RecipeError(f"The recipe has one input ({names[0]}), which was given without its name")
        pictures = {names[0]: picture}
    return self._apply({name: _picture(value) for name, value in pictures.items()})


def with_step(self, step: int | str, /, **parameters: Any) -> Image:
    """The image with other parameters for one step, and all later steps done again on top of it.

    `step` is the number of the step, as in `steps`, or from the end, -1 for the last one; or the id of its operation where the
    recipe uses that once. What is not named stays as it is, None leaves it to the operation again. Numbers that later
    steps find on the picture are found anew. Raises RecipeError for a step that does not exist or has nothing to edit,
    ParameterError for a name or a value that the operation does not take, and what a later step raises when it does not work then.

    >>> import tintype as tt
    >>> im = tt.Image.black(4, 4).linear(1, 5).invert()
    >>> im.recipe.with_step(2, b=7).avg(), im.recipe.with_step("linear", b=8).avg(), im.avg()
    (-7.0, -8.0, -5.0)
    """
    return _namespaces.with_addons(self._with_step, step, parameters)


def without_step(self, step: int | str, /) -> Image:
    """The image without one step: the image that the step worked on takes its place.

    `step` is a number or an id, as in with_step. Raises RecipeError for a step that does not exist, that works on no image, or of
    which later steps use more than its image.

    >>> import tintype as tt
    >>> im = tt.Image.black(4, 4).linear(1, 5).invert()
    >>> im.recipe.without_step("invert").avg()
    5.0
    """
    return _namespaces.with_addons(self._without_step, step)


def __repr__(self) -> str:
    names = ", ".join(self.inputs)
    return f"<tintype.Recipe ending in {self.image._operation}" + (f", inputs: {names}>" if names else ">")


def __reduce__(self) -> tuple[Any, ...]:
    from . import _travel

    return _travel.reduce_recipe(self)


def install():
    """Complete the class that the extension module made."""
    for method in (to_json, save, apply, with_step, without_step, __repr__, __reduce__):
        setattr(Recipe, method.__name__, method)
    Recipe.from_json = staticmethod(from_json)
    Recipe.load = staticmethod(load)
