# What the journal consists of: its tables, and what is read from them.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
from typing import NamedTuple

FORMAT = 1

# Paths are bytes, as the system has them: a name may be no text.
TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value);
CREATE TABLE file (
    id INTEGER PRIMARY KEY, path BLOB NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    state TEXT NOT NULL, busy INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0,
    failed_in TEXT, error TEXT, metadata TEXT, moved_to BLOB, changed REAL NOT NULL,
    UNIQUE (path, size, mtime_ns));
CREATE INDEX open_file ON file (id) WHERE state IN ('arrived', 'processed', 'routed', 'delivered', 'failing');
CREATE TABLE output (id INTEGER PRIMARY KEY, file INTEGER NOT NULL, name BLOB NOT NULL, staged BLOB NOT NULL, sha256 TEXT NOT NULL);
CREATE INDEX output_of ON output (file);
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY, file INTEGER NOT NULL, output INTEGER NOT NULL, folder BLOB NOT NULL, target BLOB,
    is_done INTEGER NOT NULL DEFAULT 0);
CREATE INDEX delivery_of ON delivery (file);
CREATE INDEX open_delivery ON delivery (target) WHERE is_done = 0;
CREATE TABLE history (file INTEGER NOT NULL, state TEXT NOT NULL, run INTEGER NOT NULL, at REAL NOT NULL);
"""



class Entry(NamedTuple):
    """A file in the journal."""

    id: int
    path: str  # below the watched folder
    size: int
    mtime_ns: int
    state: str
    busy: int
    tries: int
    error: str
    metadata: dict
    moved_to: str
    changed: float

    @property
    def identity(self):
        return self.path, self.size, self.mtime_ns


class Delivery(NamedTuple):
    """One output on its way to one folder."""

    id: int
    name: str  # below the folder
    staged: str
    sha256: str
    folder: str
    target: str  # where it goes exactly, or None while that is not decided


ENTRY = "id, path, size, mtime_ns, state, busy, tries, error, metadata, moved_to, changed"


def entry(row):
    """An Entry, of the columns that ENTRY names."""
    row = list(row)
    row[1] = os.fsdecode(row[1])
    row[8] = json.loads(row[8]) if row[8] else {}
    row[9] = row[9] and os.fsdecode(row[9])
    return Entry(*row)


def readable(text):
    """A text that can be printed: names of files may hold bytes that are no letters."""
    return text.encode(errors="backslashreplace").decode()
