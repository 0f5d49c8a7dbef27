# What would go wrong with every file, found before the first.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import tempfile

from .. import _files, _recipe_files
from .._tintype import Error, FileError, Image, ParameterError, RecipeError
from . import naming


def reading(recipe):
    """Raises FileError, which names the step, when a file that the recipe reads is not there."""
    try:
        nodes = json.loads(recipe.to_json())["nodes"]
    except RecipeError:
        return  # of pixels in memory, or with a function in it; nobody can say what its steps are
    for number, node in enumerate(nodes, 1):
        for name, path in _recipe_files.named(node):
            is_there = _is_profile if _recipe_files.is_profile(name) else _is_file
            if not is_there(path):
                raise FileError(f"step {number} ({node['operation']}): {name} names {path}, and there is no such file")


def _is_file(path):
    return os.path.isfile(path) or os.path.isfile(_files.split_options(path)[0])


def _is_profile(path):
    """libvips looks in a folder of its own as well."""
    try:
        Image.profile_load(path)
    except Error:
        return False
    return True


def saving(outputs, save):
    """Raises ParameterError for options that the savers of these outputs do not know, and for values that they do not take;
    FileError for a profile that is not there."""
    if not save:
        return
    profile = save.get("profile")
    if isinstance(profile, str) and not _is_profile(profile):
        built_in = ", ".join(_recipe_files.BUILT_IN_PROFILES)
        raise FileError(f"batch: save: profile names {profile}, and there is no such file; built in are {built_in}")
    # The savers say it best themselves, of a picture that nobody keeps.
    picture = Image.black(16, 16)
    with tempfile.TemporaryDirectory(prefix="tintype-batch-") as folder:
        for ending in sorted({naming.ending_of(output) for output in outputs}):
            path = os.path.join(folder, f"trial.{ending}")
            try:
                picture._write_file(path, save)
            except ParameterError as error:
                raise ParameterError(f"batch: save, for .{ending}: {str(error).removeprefix(path + ': ')}") from None
            except Error:
                # What does not suit this picture may suit others.
                continue


def place(name, path):
    """Raises FileError when no file can be written there; `name` is that of the setting."""
    if os.path.isdir(path):
        raise FileError(f"batch: {name}, {path}, is a folder; give the name of a file in it")
    below(name, path, os.path.dirname(os.path.abspath(path)))


def below(name, path, folder):
    """The same for the folder, which need not be there yet, of what the setting calls `path`."""
    folder = os.path.abspath(folder)
    while not os.path.lexists(folder):
        folder = os.path.dirname(folder)
    if not os.path.isdir(folder):
        raise FileError(f"batch: {name}, {path}, cannot be written: {folder} is not a folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FileError(f"batch: {name}, {path}, cannot be written: nothing may be written in {folder}")
