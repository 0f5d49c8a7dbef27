# Works on one file of a batch, in whichever thread or process it is: from the input to an output that is not in its place yet.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The output is put in its place by the one who leads the batch, so that a worker that lives on after its leader's end changes
nothing."""
import contextlib
import dataclasses
import hashlib
import os
import time
import traceback

from .. import _files, _tintype
from .._tintype import Error, FileError, Image, ParameterError
from . import losses, naming, pages, verify
from .info import Info
from .values import plain


# What is known of a file that failed as well.
OF_FAILURES = ("index", "input", "input_sha256", "input_bytes", "input_modified", "planes")

# The columns of the batch's own in the table.
OF_BATCH = ("file", "page")


@dataclasses.dataclass(frozen=True, repr=False)
class FileTask:
    """What a worker is told of a file."""

    index: int
    path: str  # as people know it
    file: str  # the same from the root, since workers may have another current folder
    output: str  # from the root; None: nothing is saved
    part: str  # where the output is written first

    def __repr__(self):
        return self.path


class OneFile:
    """Calls give a record for the report, with `part` where an output waits to be put in its place and `table` with the rows."""

    def __init__(self, work, save, verify, pages):
        self._work = work
        self._save = save
        self._verify = verify
        self._pages = pages

    def __call__(self, task):
        begin = time.perf_counter()
        record = {"index": task.index, "input": task.path}
        try:
            self._do(task, record)
        except Exception as error:
            record = {name: value for name, value in record.items() if name in OF_FAILURES} | failure(error)
            if task.part:
                # Nobody has heard of the file beside the output.
                record["error"] = record["error"].replace(task.part, task.output)
                with contextlib.suppress(OSError):
                    os.remove(task.part)
        record["seconds"] = round(time.perf_counter() - begin, 6)
        return record

    def _do(self, task, record):
        before = _version(task.file)
        record |= {"input_sha256": digest(task.file), "input_bytes": before[0], "input_modified": before[1]}
        image = _files.open(task.file) if self._pages == "all" else Image.new_from_file(task.file)
        planes = image.planes
        record["planes"] = planes
        pictures, tables, infos = self._work.process(
            image, lambda plane: Info(task.file, task.output, task.index, plane, planes)
        )
        infos = [plain(info, "info") for info in infos]
        record["info"] = infos if planes > 1 and infos else infos[0] if infos else {}
        if tables:
            record["table"] = _columns(tables, planes)
        if pictures is not None and task.output is None:
            raise ParameterError("the result is a picture, but nothing says where it goes; give out")
        if pictures is not None:
            self._write(task, image, _planes_of(pictures, planes), record)
        if _version(task.file) != before:
            raise FileError(f"{task.path}: the file was changed while it was worked on")

    def _write(self, task, source, pictures, record):
        picture = pages.joined(pictures, task.output)
        _make_folder(os.path.dirname(task.part))
        picture._write_file(task.part, self._save)
        if not os.path.isfile(task.part):
            raise FileError(f"{task.output}: the format of this ending does not write one file")
        record["verified"] = None
        if self._verify and verify.is_lossless(task.output, self._save):
            verify.compare(picture, task.part, len(pictures), task.output)
            record["verified"] = True
        record["lost"] = self._lost(task, source, picture, len(pictures))
        size, modified = _version(task.part)
        record |= {"output_sha256": digest(task.part), "output_bytes": size, "output_modified": modified}
        record["part"] = task.part

    def _lost(self, task, source, picture, count):
        ending = naming.ending_of(task.output)
        if ending in losses.NOT_READ_BACK or (_tintype.file_format_ids() and ending not in _tintype.loadable_suffixes()):
            return losses.in_unreadable(source, ending)
        return losses.between(source, Image.new_from_file(task.part), count, *self._work.numbers_of(source, picture))


def failure(error):
    """What the report says of an error; Tintype's own errors say everything, others are told with where they came from."""
    text = str(error)
    if isinstance(error, Error):
        return {"error": text}
    name = type(error).__name__
    return {"error": f"{name}: {text}" if text else name, "traceback": "".join(traceback.format_exception(error))}


def digest(path):
    """The SHA-256 of a file's content."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from None


def _version(path):
    try:
        found = os.stat(path)
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from None
    return found.st_size, found.st_mtime_ns


def _planes_of(pictures, planes):
    """A recipe gives one image with all planes of the file, a function one image for each."""
    if isinstance(pictures, list):
        return pictures
    return [pictures.plane(plane) for plane in range(planes)] if planes > 1 else [pictures]


def _columns(tables, planes):
    """The rows of the tables, one after the other, as lists by their heads: the name with its unit, as in CSV. Columns that are
    called as those of the batch, or as others before them, are marked."""
    parts = []
    for plane, table in tables:
        columns = {"page": [plane + 1] * len(table)} if planes > 1 else {}
        for name, column in table.items():
            head = f"{name} [{table.units[name]}]" if name in table.units else name
            while head in columns or head in OF_BATCH:
                head += " (table)"
            columns[head] = [_cell(value, name) for value in column.tolist()]
        parts.append({"rows": len(table), "columns": columns})
    return parts


def _cell(value, name):
    # Unlike the report, the journal can write what is not finite.
    return value if isinstance(value, float) else plain(value, f"the column {name} of a table")


def _make_folder(path):
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise FileError(f"{path}: the folder cannot be made: {error.strerror}") from None
