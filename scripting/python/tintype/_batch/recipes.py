# Recipes from files, from projects and from operations in words, for other pictures than their own.
# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import json
import os

from .. import _files
from .._tintype import FileError, NotFoundError, Recipe, RecipeError

# A chain this long takes longer than any picture is worth.
MOST_STEPS = 100_000
# 100,000 steps take less.
MOST_BYTES = 100_000_000
# The input that stands for each file.
PLACE = "batch_file"
# Parameters by which operations read files of their own.
FILE_PARAMETERS = (
    "filename", "fontfile", "input_profile", "output_profile", "import_profile", "export_profile", "option_string",
)  # fmt: skip


def load(path):
    """The recipe of a JSON file, or with `project.tint#name` of an image of a project; `project.tint` alone means its active
    image. Raises FileError or RecipeError, which name the file."""
    file, name = _split(path)
    text = _read(file)
    try:
        content = _parsed(text)
        _check_length(content)
        if isinstance(content, dict) and "images" in content:
            recipe = Recipe.from_json(json.dumps(_one_image(content, name)))
        elif name is not None:
            raise RecipeError(f"this is not a project, so it has no image {name!r}")
        else:
            recipe = Recipe.from_json(text)
    except (RecipeError, NotFoundError) as error:
        raise RecipeError(f"{file}: {error}") from None
    return recipe


def _split(path):
    """A path with the name of an image behind it. A file that is called so goes first."""
    if os.path.exists(path) or ".tint#" not in path:
        return path, None
    file, _, name = path.partition(".tint#")
    return file + ".tint", name


def _read(path):
    try:
        if os.path.getsize(path) > MOST_BYTES:
            raise RecipeError(f"{path}: the file has {os.path.getsize(path)} bytes; recipes have up to {MOST_BYTES}")
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from None
    return _files.read_text(path)


def _parsed(text):
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        # The reader of recipes says what is wrong with it.
        return None


def _check_length(content):
    nodes = content.get("nodes") if isinstance(content, dict) else None
    if isinstance(nodes, list) and len(nodes) > MOST_STEPS:
        raise RecipeError(f"the recipe has {len(nodes)} steps; a batch takes up to {MOST_STEPS}")


def _one_image(project, name):
    """The project's image as a recipe: the nodes that lead to it, and nothing else, which might lack its add-on."""
    images = {_text(image.get("name")): image.get("image") for image in project["images"] if isinstance(image, dict)}
    if name is None:
        name = _text(project.get("active"))
    if name not in images:
        there = ", ".join(sorted(filter(None, images))) or "none"
        raise RecipeError(f"the project has no image {name!r}; there are {there}")
    nodes, link = project.get("nodes"), images[name]
    if not isinstance(nodes, list) or not isinstance(link, dict):
        raise RecipeError("this is not a project: it lacks nodes or the link of the image")
    needed = _needed(nodes, link)
    places = {old: new for new, old in enumerate(needed)}
    moved = [_with_links(nodes[old], places) for old in needed]
    return {"tintype": project.get("tintype"), "nodes": moved, "result": _with_links(link, places)}


def _needed(nodes, link):
    """The places of the nodes that the link leads to, in their order."""
    found, waiting = set(), [link]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict) and "node" in value:
            place = value["node"]
            if isinstance(place, int) and 0 <= place < len(nodes) and place not in found:
                found.add(place)
                waiting += _parameters(nodes[place]).values()
    return sorted(found)


def _parameters(node):
    parameters = node.get("parameters") if isinstance(node, dict) else None
    return parameters if isinstance(parameters, dict) else {}


def _with_links(value, places):
    """The same with links to the new places. What is nested deeper than lists of lists is no value of ours."""
    if isinstance(value, list):
        return [_with_links(item, places) for item in value]
    if not isinstance(value, dict):
        return value
    if "node" in value:
        place = value["node"]
        return {**value, "node": places.get(place, -1) if isinstance(place, int) else place}
    return {key: _with_links(item, places) for key, item in value.items()}


def _text(value):
    """A text of the JSON format, which keeps bytes that are no UTF-8 in Base64."""
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        return os.fsdecode(base64.b64decode(value["text"]))
    return value if isinstance(value, str) else None


def for_each_file(recipe, input=None, pictures=None, folder=None):
    """The recipe with the place PLACE for the file, in the place of the one input, or of the one that `input` names; `pictures`
    take the places of others. What comes from a file of the `folder` may read files there only. Raises RecipeError."""
    names = recipe.inputs
    pictures = dict(pictures or {})
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
        rest = recipe.apply(**{name: placeholder() for name in (input, *pictures)})
        _check_files(rest, folder)
    return recipe.apply(**{input: placeholder(), **pictures}).recipe


def placeholder():
    """An image without a picture, under the name PLACE."""
    node = {"operation": "input", "parameters": {"name": PLACE}}
    return Recipe.from_json(json.dumps({"tintype": 1, "nodes": [node], "result": {"node": 0, "output": "out"}})).image


def _check_files(image, folder):
    """A recipe from a file may come from anybody, so it reads no files but those beside itself."""
    home = os.path.realpath(folder)
    for number, node in enumerate(json.loads(image.recipe.to_json())["nodes"], 1):
        is_source = node["operation"] == "file"
        names = ("filename",) if is_source else FILE_PARAMETERS + (("name",) if node["operation"] == "profile_load" else ())
        for name in names:
            path = _text(node["parameters"].get(name))
            # A profile may be one of those that are built in, such as "srgb".
            if not path or not (is_source or os.sep in path):
                continue
            if not os.path.realpath(os.path.join(home, path)).startswith(home.rstrip(os.sep) + os.sep):
                hint = "; give it another picture by its name in pictures" if is_source else ""
                raise RecipeError(
                    f"step {number} ({node['operation']}) reads {path}, which lies outside the recipe's own folder, {home}{hint}"
                )
