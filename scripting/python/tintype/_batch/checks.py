# What would go wrong with every file, found before the first.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import tempfile

from .._tintype import Error, FileError, Image, ParameterError
from . import naming


def saving(outputs, save):
    """Raises ParameterError for options that the savers of these outputs do not know, and for values that they do not take."""
    if not save:
        return
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
