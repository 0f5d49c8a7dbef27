# Writes the report and the table of a batch from its journal, in the order of the files.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both are written anew from the journal, whole or not at all, so that they are the same however often the batch was ended."""
import contextlib
import csv
import json
import os

from .._tintype import FileError

# Of use to the journal only.
INTERNAL = ("part", "table", "input_modified", "output_modified")


def write_report(path, plan, journal):
    """One JSON record a line for each file that is done or has failed."""
    with _whole(path) as file:
        for planned in plan.files:
            record = journal.record(planned.key)
            if record is not None:
                file.write(_line(public(record, planned)))


def _line(record):
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        # A file name that is no text; JSON can still say it, by its escapes.
        return json.dumps(record).encode() + b"\n"


def public(record, planned):
    """The record as people get it. Places and names are those of this run, whatever others were in the list before."""
    shown = {"index": planned.index, "input": planned.path, "output": record.get("output"), "error": record.get("error")}
    shown |= {name: value for name, value in record.items() if name not in INTERNAL and name not in shown}
    if "table" in record:
        shown["rows"] = sum(part["rows"] for part in record["table"])
    return shown


def write_table(path, plan, journal):
    """The rows of all tables with the file that they are from, as CSV; returns their number. Where files have other columns than
    others, cells stay empty."""
    heads, count = {}, 0
    for _, columns, _ in _parts(plan, journal):
        heads |= dict.fromkeys(columns)
    with _whole(path) as file:
        file.write(b"\xef\xbb\xbf")
        writer = csv.writer(_Encoded(file), lineterminator="\n")
        writer.writerow(["file", *heads])
        for name, columns, rows in _parts(plan, journal):
            count += rows
            for row in range(rows):
                writer.writerow([name, *(_cell(columns[head][row]) if head in columns else "" for head in heads)])
    return count


def _parts(plan, journal):
    for planned in plan.files:
        for part in (journal.record(planned.key) or {}).get("table", ()):
            yield planned.path, part["columns"], part["rows"]


def _cell(value):
    return "" if value is None or value != value else value


class _Encoded:
    """What csv writes to, over a file of bytes."""

    def __init__(self, file):
        self._file = file

    def write(self, text):
        self._file.write(text.encode("utf-8", "surrogateescape"))


@contextlib.contextmanager
def _whole(path):
    """A file that appears under its name when all is on the disk. What is no file, such as a pipe, is written to as it is, and a
    symbolic link stays one. Raises FileError."""
    place = os.path.realpath(path)
    beside = f"{place}.{os.getpid()}.tmp"
    try:
        if os.path.exists(place) and not os.path.isfile(place):
            with open(place, "wb") as file:
                yield file
            return
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(beside, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, place)
    except OSError as error:
        raise FileError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.remove(beside)
