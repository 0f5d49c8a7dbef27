# Where report, table and journal may go: never over what the batch reads or makes, nor over what somebody else has written.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import stat

from .._tintype import FileError, ParameterError
from .plan import file_identity


def check(settings, files, journal, may_exist):
    """Raises ParameterError or FileError before anything is written. `journal` is its path or None; `may_exist` tells whether a
    report and a table may stand there already, as after a batch that is gone on with."""
    own = {"report": settings.report, "table": settings.table, "journal": journal}
    own = {name: path for name, path in own.items() if path is not None}
    _refuse_doubles(own)
    used = _used(settings, files)
    for name, path in own.items():
        what = used.get(file_identity(path)) or used.get(os.path.realpath(path))
        if what is not None:
            raise ParameterError(f"batch: {name} would be written over {what}; give it another name than {path}")
        _refuse_places(name, path)
        if name != "journal" and not may_exist and os.path.isfile(path):
            raise FileError(f"batch: {name}: {path} exists already; overwrite writes over it, or give another name")


def _refuse_doubles(own):
    names = {}
    for name, path in own.items():
        other = names.setdefault(os.path.realpath(path), name)
        if other != name:
            raise ParameterError(f"batch: {other} and {name} would both be {path}; give them different names")


def _used(settings, files):
    """What is at a place, by the place and by what identifies the file there."""
    used = {}
    for file in files:
        used[file_identity(file.path)] = used[os.path.realpath(file.path)] = f"the input {file.path}"
        if file.output:
            used[os.path.realpath(file.output)] = f"the output of {file.path}"
    work = settings.work if isinstance(settings.work, (str, bytes, os.PathLike)) else None
    others = [os.fsdecode(work).partition(".tint#")[0]] if work is not None else []
    if work is not None and ".tint#" in os.fsdecode(work):
        others[0] += ".tint"
    pictures = [path for path in settings.pictures.values() if isinstance(path, (str, bytes, os.PathLike))]
    for path in [*others, *map(os.fsdecode, pictures)]:
        used[file_identity(path)] = used[os.path.realpath(path)] = path
    used.pop(None, None)
    return used


def _refuse_places(name, path):
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise FileError(f"batch: {name}: {path} cannot be reached: {error.strerror}") from None
    if name == "journal" and not stat.S_ISREG(mode):
        raise ParameterError(f"batch: journal: {path} is no file that can be kept; give the name of one")
