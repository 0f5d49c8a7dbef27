# The files that the steps of a recipe read, besides pictures that are opened, and where their names are counted from.
# SPDX-License-Identifier: GPL-3.0-or-later
"""In memory a relative name means what it means anywhere, a file below the current folder. In a recipe's file it is counted from
the folder of that file, wherever the recipe is used: reading one makes such names absolute, and so does writing one.
"""
import base64
import os

# By operation; what others call so may be anything.
PARAMETERS = {
    "file": ("filename",),
    "icc_export": ("output_profile",),
    "icc_import": ("input_profile",),
    "icc_transform": ("input_profile", "output_profile"),
    "profile_load": ("name",),
    "text": ("fontfile",),
    "thumbnail": ("filename", "import_profile", "export_profile"),
    "thumbnail_buffer": ("import_profile", "export_profile"),
    "thumbnail_image": ("import_profile", "export_profile"),
}
NO_PROFILES = ("filename", "fontfile")
# libvips has these itself, in small or large letters.
BUILT_IN_PROFILES = ("none", "srgb", "p3", "cmyk")


def named(node):
    """The names of files in a step of the JSON format: a list of (parameter, path)."""
    found = []
    for name in PARAMETERS.get(_text(node["operation"]), ()):
        path = _text(node["parameters"].get(name))
        if path and not (is_profile(name) and path.lower() in BUILT_IN_PROFILES):
            found.append((name, path))
    return found


def is_profile(name):
    """Whether one of these parameters is a colour profile: a file, or one that is built in."""
    return name not in NO_PROFILES


def anchor(content, folder):
    """Count relative names in a recipe, the object that its JSON text says, from the folder. Whether there were any; what is no
    recipe is left for its reader to refuse."""
    changed = False
    nodes = content.get("nodes") if isinstance(content, dict) else None
    for node in nodes if isinstance(nodes, list) else ():
        if not isinstance(node, dict) or not isinstance(node.get("parameters"), dict):
            continue
        for name, path in named({"operation": None, **node}):
            if not os.path.isabs(path):
                node["parameters"][name] = _value(os.path.join(folder, path))
                changed = True
    return changed


def _text(value):
    """A text of the format, which keeps bytes that are no UTF-8 in Base64."""
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        try:
            return os.fsdecode(base64.b64decode(value["text"]))
        except ValueError:
            return None
    return value if isinstance(value, str) else None


def _value(path):
    try:
        path.encode()
        return path
    except UnicodeEncodeError:
        return {"text": base64.b64encode(os.fsencode(path)).decode()}
