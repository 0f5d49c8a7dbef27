# Recipes from files, from projects and from operations in words, for other pictures than their own.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import json
import os

from .. import _namespaces, _recipe_files, _tintype
from .._tintype import Recipe, RecipeError

# A chain this long takes some seconds for each file, most of them for its steps rather than for pixels.
MOST_STEPS = 10_000
# What is larger is not even read.
MOST_BYTES = 64 << 20
_STEP = b'"operation"'
_PIECE = 1 << 20
# The input that stands for each file.
PLACE = "batch_file"


def load(path):
    """The recipe of a JSON file, or with `project.tint#name` of an image of a project; `project.tint` alone means its active
    image. Raises FileError or RecipeError, which name the file."""
    file, name = _split(path)
    _check_size(file)
    if file.endswith(".tint"):
        return _of_project(file, name)
    _check_length(file)
    return Recipe.load(file)


def _split(path):
    """A path with the name of an image behind it. A file that is called so goes first."""
    if os.path.exists(path) or ".tint#" not in path:
        return path, None
    file, _, name = path.partition(".tint#")
    return file + ".tint", name


def _of_project(path, name):
    _namespaces.load_addons()
    images, active = _tintype.read_project(path)
    name = active if name is None else name
    if name not in images:
        raise RecipeError(f"{path}: the project has no image {name!r}; there are {', '.join(sorted(images)) or 'none'}")
    return images[name].recipe


def _check_size(path):
    try:
        size = os.path.getsize(path)
    except OSError:
        return  # whoever opens it says why that cannot be done
    if size > MOST_BYTES:
        raise RecipeError(f"{path}: the file has {size} bytes; a batch takes recipes and projects of up to {MOST_BYTES}")


def _check_length(path):
    """Counts steps in the bytes: to read each takes much longer, and much memory. What this does not see, `_at_home` does."""
    count, rest = 0, b""
    with contextlib.suppress(OSError), open(path, "rb") as file:
        while piece := file.read(_PIECE):
            data = rest + piece
            count += data.count(_STEP)
            rest = data[-len(_STEP) + 1 :]
            if count > MOST_STEPS:
                raise RecipeError(f"{path}: the recipe has more than {MOST_STEPS} steps; a batch takes no longer ones")


def for_each_file(recipe, input=None, pictures=None, folder=None):
    """The recipe with the place PLACE for the file, in the place of the one input, or of the one that `input` names; `pictures`
    take the places of others. What comes from a file of the `folder` may read files there only. Raises RecipeError."""
    names = recipe.inputs
    pictures = dict(pictures or {})
    for name in pictures:
        if name not in names:
            raise RecipeError(f"the recipe has no input {name!r} for a picture; there are {', '.join(names) or 'none'}")
    if input is None:
        free = [name for name in names if name not in pictures]
        if len(free) != 1:
            raise RecipeError(
                f"the recipe has {len(free)} inputs ({', '.join(free)}); say with input which one each file takes the place of"
                if free
                else "the recipe makes its own picture, it has no input for the files"
            )
        input = free[0]
    elif input not in names:
        raise RecipeError(f"the recipe has no input {input!r}; there are {', '.join(names) or 'none'}")
    elif input in pictures:
        raise RecipeError(f"the input {input!r} is to be each file and one picture at once")
    if folder is not None:
        # What the person gives by name may come from anywhere.
        others = {name: f"{PLACE}_{number}" for number, name in enumerate(pictures)}
        rest = recipe.apply(**{input: placeholder(), **{name: placeholder(other) for name, other in others.items()}})
        recipe = _at_home(rest.recipe, folder)
        input, pictures = PLACE, {others[name]: picture for name, picture in pictures.items()}
    return recipe.apply(**{input: placeholder(), **pictures}).recipe


def placeholder(name=PLACE):
    """An image without a picture, under that name."""
    node = {"operation": "input", "parameters": {"name": name}}
    return Recipe.from_json(json.dumps({"tintype": 1, "nodes": [node], "result": {"node": 0, "output": "out"}})).image


def _at_home(recipe, folder):
    """The recipe with its relative names of files counted from the folder. It may come from anybody, so it reads no files but those
    there."""
    content = json.loads(recipe.to_json())
    if len(content["nodes"]) > MOST_STEPS:
        raise RecipeError(f"the recipe has {len(content['nodes'])} steps; a batch takes up to {MOST_STEPS}")
    _recipe_files.anchor(content, folder)
    home = os.path.realpath(folder)
    for number, node in enumerate(content["nodes"], 1):
        hint = "; give it another picture by its name in pictures" if node["operation"] == "file" else ""
        for path in _paths(node):
            if not os.path.realpath(path).startswith(home.rstrip(os.sep) + os.sep):
                raise RecipeError(
                    f"step {number} ({node['operation']}) reads {path}, which lies outside the recipe's own folder, {home}{hint}"
                )
    return Recipe.from_json(json.dumps(content))


def _paths(node):
    options = node["parameters"].get("option_string")
    return [path for _, path in _recipe_files.named(node)] + ([options] if isinstance(options, str) and os.sep in options else [])
