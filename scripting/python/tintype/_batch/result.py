# What a batch came to.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


# Of an error in the result's repr.
MOST_LETTERS = 200


class BatchResult:
    """How many files there are, how many were done now and before, and what failed.

    `failures` are the records of failed files: dicts with `input`, `error` and more, the first thousand; the report has all.
    `planned` are pairs of input and output, of a dry run only. `rows` counts those of the table, `seconds` the time.
    """

    total: int
    done: int
    done_before: int
    failed: int
    seconds: float
    rows: int
    failures: list[dict[str, Any]]
    planned: list[tuple[str, str | None]]

    def __init__(self) -> None:
        self.total = self.done = self.done_before = self.failed = self.rows = 0
        self.seconds = 0.0
        self.failures = []
        self.planned = []

    def __repr__(self) -> str:
        before = f", {self.done_before} before" if self.done_before else ""
        reason = f"; first {shortened(told(self.failures[0]))}" if self.failures else ""
        return f"<batch: {self.done} done{before}, {self.failed} failed, of {self.total}{reason}>"


def told(record):
    """What a failed file's record says in one text; most errors name the file themselves."""
    return record["error"] if record["input"] in record["error"] else f"{record['input']}: {record['error']}"


def shortened(text):
    line = text.strip().partition("\n")[0]
    return line if len(line) <= MOST_LETTERS else line[:MOST_LETTERS] + "…"
