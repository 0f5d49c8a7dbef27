# What a batch was asked to do, checked before anything begins.
# SPDX-License-Identifier: GPL-3.0-or-later
import dataclasses
import os
from collections.abc import Mapping
from typing import Any

from .._tintype import ParameterError
from ..parallel import _inner
from . import checks, naming

PAGES = ("all", "first")


@dataclasses.dataclass
class Settings:
    """The arguments of tt.batch."""

    work: Any
    inputs: Any
    out: Any = None
    save: Any = None
    format: Any = None
    table: Any = None
    report: Any = None
    journal: Any = None
    resume: bool = False
    overwrite: bool = False
    verify: bool = False
    jobs: Any = None
    executor: Any = None
    timeout: Any = None
    recursive: bool = False
    root: Any = None
    input: Any = None
    pictures: Any = None
    pages: str = "all"
    dry_run: bool = False

    def __post_init__(self):
        for name in ("out", "table", "report", "journal", "root"):
            setattr(self, name, _path(name, getattr(self, name)))
        self.save = _named("save", self.save, "options of the saver, such as {\"Q\": 90}")
        self.pictures = _named("pictures", self.pictures, "pictures by the names of inputs")
        if self.pages not in PAGES:
            raise ParameterError(f"batch: pages must be {' or '.join(PAGES)}, not {self.pages!r}")
        if self.jobs is not None and (isinstance(self.jobs, bool) or not isinstance(self.jobs, int) or not 1 <= self.jobs <= 1024):
            raise ParameterError(f"batch: jobs must be a whole number from 1 to 1024, not {self.jobs!r}")
        if self.timeout is not None and not _is_time(self.timeout):
            raise ParameterError(f"batch: timeout must be a number of seconds above 0, not {self.timeout!r}")
        if self.verify and self.out is None:
            raise ParameterError("batch: verify compares outputs, and there are none without out")
        if self.resume and self.journal_path() is None:
            raise ParameterError("batch: resume needs a journal to go on from; give out, report or journal")

        if self.out is not None:
            checks.below("out", self.out, naming.fixed_folder(self.out))
        for name, path in (("report", self.report), ("table", self.table), ("journal", self.journal_path())):
            if path is not None:
                checks.place(name, path)

    def workers(self):
        """How many files are worked on at once."""
        return self.jobs or _inner.share()

    def journal_path(self):
        """Where the journal stands: as given, beside the report, or in the folder that all outputs share."""
        if self.journal is not None:
            return self.journal
        if self.report is not None:
            return self.report + ".journal"
        if self.out is not None:
            return os.path.join(naming.fixed_folder(self.out), ".tintype-batch.journal")
        return self.table + ".journal" if self.table is not None else None


def _named(name, value, what):
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ParameterError(f"batch: {name} must be a dict of {what}, not {value!r}")
    for key in value:
        if not isinstance(key, str):
            raise ParameterError(f"batch: {name} must be a dict of {what}; {key!r} is no name")
    return dict(value)


def _is_time(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < float("inf")


def _path(name, value):
    if value is None:
        return None
    try:
        text = os.fsdecode(value)
    except TypeError:
        raise ParameterError(f"batch: {name} must be a path, not {type(value).__name__}") from None
    if not text or "\0" in text:
        raise ParameterError(f"batch: {name} must be a path, not {text!r}")
    return text
