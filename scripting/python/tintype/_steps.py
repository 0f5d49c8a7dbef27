# Edits of the steps that lead to an image of the document: tt.edit_step, tt.remove_step.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from . import _namespaces, _tintype
from ._tintype import Image, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def edit_step(step: int | str, /, *, image: str | None = None, **parameters: Any) -> Image:
    """Give a step of the current image other parameters, and do all later steps again on top of it; one undo step.

    `step` is the number of the step as the recipe panel and `recipe.steps` have it, or from the end, -1 for the last one; or the
    id of its operation where the recipe uses that once. `image="scan"` names another image. What is not named stays as it
    is, None leaves it to the operation again. Other images that share the step keep theirs. Raises what Recipe.with_step
    raises, and NotFoundError for an image that is not there. Returns the new image.

    >>> import tintype as tt
    >>> tt.data.images["edit example"] = tt.Image.black(4, 4)
    >>> bright = tt.ops.linear(1, 5)
    >>> negative = tt.ops.invert()
    >>> tt.edit_step("linear", b=7).avg()
    -7.0
    >>> tt.undo()
    'Edit Brightness and contrast'
    >>> del tt.data.images["edit example"]
    """
    if image is not None and not isinstance(image, str):
        # An operation may call an input so.
        parameters["image"], image = image, None
    return _namespaces.with_addons(_tintype.edit_step, step, image or "", parameters)


def remove_step(step: int | str, /, *, image: str | None = None) -> Image:
    """Leave a step out of the current image: the image that it worked on takes its place; one undo step.

    `step` and `image` are as in edit_step. Raises what Recipe.without_step raises, and NotFoundError for an image that is
    not there. Returns the new image.

    >>> import tintype as tt
    >>> tt.data.images["remove example"] = tt.Image.black(4, 4)
    >>> bright = tt.ops.linear(1, 5)
    >>> tt.remove_step(-1).avg()
    0.0
    >>> del tt.data.images["remove example"]
    """
    if image is not None and not isinstance(image, str):
        raise ParameterError(f"tt.remove_step: image must be the name of an open image, not {image!r}")
    return _namespaces.with_addons(_tintype.remove_step, step, image or "")
