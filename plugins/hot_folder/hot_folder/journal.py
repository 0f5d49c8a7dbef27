# The journal: what has become of each file that arrived, so that nothing is lost or done twice whenever the program is killed.
# SPDX-License-Identifier: GPL-3.0-or-later
"""An SQLite database in a folder of its own, which also holds outputs that wait to be delivered. A file is known by its path below
the watched folder, its size and its time. It goes through these states, and each step is one that may be done again:

arrived → processed (the outputs wait in the folder) → routed (the destinations are decided, once) → delivered → done

or it ends as `failed`, with the state it failed in (and `failing` before that, while it is moved away), or as `gone`, when it
vanished or was replaced before it was processed.
"""
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import time
import uuid

import tintype as tt

from . import records

FILE = "journal.sqlite"
OPEN = "('arrived', 'processed', 'routed', 'delivered', 'failing')"
BUSY_SECONDS = 30.0
LONGEST_PAUSE = 300.0


class Journal:
    """Belongs to one thread. Without `open_journal` it is for looking, and for `retry`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.run = 0
        try:
            self._db = sqlite3.connect(self.folder / FILE, timeout=BUSY_SECONDS, isolation_level=None)
            # No write-ahead log, which a network share cannot hold.
            self._db.execute("PRAGMA journal_mode = TRUNCATE")
            self._db.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error as error:
            raise tt.FileError(f"{self.folder / FILE}: this journal cannot be used: {error}") from None

    def close(self):
        self._db.close()

    def begin(self, watch):
        """A new run; raises FileError where the journal is that of another folder."""
        with self.together():
            if not self.is_begun():
                for statement in records.TABLES.split(";")[:-1]:
                    self._db.execute(statement)
                self._db.executemany(
                    "INSERT INTO about VALUES (?, ?)",
                    [("format", records.FORMAT), ("watch", os.fsencode(watch)), ("run", 0), ("mark", uuid.uuid4().hex[:8])],
                )
            about = self._about()
            if about["format"] != records.FORMAT:
                raise tt.FileError(f"{self.folder}: this journal has format {about['format']}, which this version does not know")
            if os.fsdecode(about["watch"]) != watch:
                raise tt.FileError(
                    f"{self.folder}: this is the journal of {os.fsdecode(about['watch'])}, not of {watch}; give a journal of its own"
                )
            self._db.execute("UPDATE about SET value = value + 1 WHERE name = 'run'")
            self._db.execute("UPDATE file SET busy = 0, next_at = 0 WHERE busy OR next_at")
        self.run = about["run"] + 1
        self._mark = about["mark"]

    def is_begun(self):
        """Whether it has tables: its first program may have been killed before that."""
        try:
            return self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone() is not None
        except sqlite3.Error as error:
            raise tt.FileError(f"{self.folder / FILE}: this journal cannot be used: {error}") from None

    def _about(self):
        return dict(self._db.execute("SELECT name, value FROM about"))

    @contextlib.contextmanager
    def together(self):
        """All that is changed in this block is in the journal, on the disk, when it ends, or nothing of it."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise tt.FileError(f"{self.folder / FILE}: the journal cannot be kept: {error}") from error
            raise

    # What arrives and what is to be done.

    def known(self):
        """(size, mtime_ns) of the newest file of each path that needs not be looked at again."""
        rows = self._db.execute(
            "SELECT path, size, mtime_ns FROM file WHERE state != 'gone' AND (state NOT IN ('done', 'failed') OR moved_to IS NULL) ORDER BY id"
        )
        return {os.fsdecode(path): (size, mtime_ns) for path, size, mtime_ns in rows}

    def arrived(self, path, size, mtime_ns):
        """Takes a file in; one that was gone or moved away, and is back as it was, begins again: where it failed, if it did."""
        key = (os.fsencode(path), size, mtime_ns)
        query = "SELECT id, state, moved_to, failed_in FROM file WHERE path = ? AND size = ? AND mtime_ns = ?"
        id, state, moved_to, failed_in = self._db.execute(query, key).fetchone() or (None, None, None, None)
        if id is None:
            row = self._db.execute(
                "INSERT INTO file (path, size, mtime_ns, state, changed) VALUES (?, ?, ?, 'arrived', ?)", (*key, time.time())
            )
            self._note(row.lastrowid, "arrived")
        elif state == "gone" or state == "done" and moved_to is not None:
            self._db.execute("DELETE FROM delivery WHERE file = ?", (id,))
            self.will_move(id, None)
            self.move_on(id, "arrived")
        elif state == "failed" and moved_to is not None:
            self.will_move(id, None)
            self.move_on(id, failed_in)

    def due(self, limit, without=()):
        """Up to so many files with a step to do now, the oldest first, without those of these ids."""
        now = time.time()
        # One that waits for longer than any pause is does so because the clock was set back.
        rows = self._db.execute(
            f"SELECT {records.ENTRY} FROM file WHERE state IN {OPEN} AND (next_at <= ? OR next_at > ?)"
            " ORDER BY id LIMIT ?", (now, now + LONGEST_PAUSE, limit + len(without)),
        )
        return [entry for entry in map(records.entry, rows) if entry.id not in without][:limit]

    def is_over(self):
        """Whether no file has a step to do, now or later."""
        return not self._db.execute(f"SELECT 1 FROM file WHERE state IN {OPEN} LIMIT 1").fetchone()

    # What became of it.

    def _note(self, id, state):
        self._db.execute("INSERT INTO history VALUES (?, ?, ?, ?)", (id, state, self.run, time.time()))

    def is_busy(self, id):
        self._db.execute("UPDATE file SET busy = ? WHERE id = ?", (self.run, id))

    def move_on(self, id, state):
        self._db.execute(
            "UPDATE file SET state = ?, busy = 0, tries = 0, next_at = 0, error = NULL, failed_in = NULL, changed = ? WHERE id = ?",
            (state, time.time(), id),
        )
        if state == "done":
            # Some formats have megabytes of it.
            self._db.execute("UPDATE file SET metadata = NULL WHERE id = ?", (id,))
        self._note(id, state)

    def processed(self, id, outputs, metadata):
        """`outputs` are (name, where it waits, SHA-256). Where destinations are decided already they stay as they are; False when
        these are not the files that were to go there."""
        rows = [(id, os.fsencode(name), os.fsencode(staged), sha256) for name, staged, sha256 in outputs]
        if self._db.execute("SELECT 1 FROM delivery WHERE file = ?", (id,)).fetchone():
            self._db.executemany(
                "UPDATE output SET staged = ?, sha256 = ? WHERE file = ? AND name = ?", [(staged, sha, id, name) for _, name, staged, sha in rows]
            )
            if not {one.staged for one in self.deliveries(id)} <= {staged for _, staged, _ in outputs}:
                return False
            self.move_on(id, "routed")
            return True
        self._db.execute("DELETE FROM output WHERE file = ?", (id,))
        self._db.executemany("INSERT INTO output (file, name, staged, sha256) VALUES (?, ?, ?, ?)", rows)
        self._db.execute("UPDATE file SET metadata = ? WHERE id = ?", (json.dumps(metadata), id))
        self.move_on(id, "processed")
        return True

    def routed(self, id, folders):
        """Each output goes to each of the folders; decided once."""
        outputs = self._db.execute("SELECT id FROM output WHERE file = ? ORDER BY id", (id,)).fetchall()
        self._db.executemany(
            "INSERT INTO delivery (file, output, folder) VALUES (?, ?, ?)",
            [(id, output, os.fsencode(folder)) for folder in folders for (output,) in outputs],
        )
        self.move_on(id, "routed")

    def deliveries(self, id):
        """The Deliveries of the file that are not done."""
        rows = self._db.execute(
            "SELECT delivery.id, name, staged, sha256, folder, target FROM delivery JOIN output ON output.id = delivery.output"
            " WHERE delivery.file = ? AND NOT is_done ORDER BY delivery.id", (id,),
        )
        return [
            records.Delivery(key, os.fsdecode(name), os.fsdecode(staged), sha, os.fsdecode(folder), target and os.fsdecode(target))
            for key, name, staged, sha, folder, target in rows
        ]

    def decide(self, id, delivery, target):
        """Where exactly a delivery of the file goes; None takes it back."""
        self._db.execute("UPDATE delivery SET target = ? WHERE id = ? AND file = ?", (target and os.fsencode(target), delivery, id))

    def is_promised(self, target):
        """Whether another delivery will go there."""
        rows = self._db.execute("SELECT 1 FROM delivery WHERE target = ? AND is_done = 0", (os.fsencode(target),))
        return rows.fetchone() is not None

    def was_delivered(self, id, delivery):
        self._db.execute("UPDATE delivery SET is_done = 1 WHERE id = ? AND file = ?", (delivery, id))

    def will_move(self, id, target):
        """Where the file itself goes, before it does; None takes it back."""
        self._db.execute("UPDATE file SET moved_to = ? WHERE id = ?", (target and os.fsencode(target), id))

    def is_move_promised(self, target):
        rows = self._db.execute("SELECT 1 FROM file WHERE moved_to = ? AND state IN ('delivered', 'failing')", (os.fsencode(target),))
        return rows.fetchone() is not None

    def try_again(self, id, error, seconds):
        self._db.execute(
            "UPDATE file SET busy = 0, tries = tries + 1, next_at = ?, error = ?, changed = ? WHERE id = ?",
            (time.time() + seconds, error, time.time(), id),
        )

    def fails(self, id, error):
        """It has failed for good, and is to be moved away."""
        self._db.execute(
            "UPDATE file SET failed_in = state, state = 'failing', busy = 0, tries = tries + 1, error = ?, changed = ? WHERE id = ?",
            (error, time.time(), id),
        )

    def failed(self, id):
        """Nothing more is done about it."""
        self._db.execute("UPDATE file SET state = 'failed', busy = 0, changed = ? WHERE id = ?", (time.time(), id))
        self._note(id, "failed")

    def retry(self):
        """Puts the failed files that are in their place back to where they failed; returns how many."""
        with self.together():
            rows = self._db.execute("SELECT id, failed_in FROM file WHERE state = 'failed' AND moved_to IS NULL").fetchall()
            for id, state in rows:
                self.move_on(id, state)
        return len(rows)

    # Where outputs wait, and where they are written first.

    def stage(self, id):
        """A folder for the outputs of one attempt, which no other run uses."""
        return self.folder / "work" / f"{id}-{self.run}"

    def clear(self, id):
        """Removes what waited of a file, whichever run it is from."""
        for folder in (self.folder / "work").glob(f"{id}-*"):
            shutil.rmtree(folder, ignore_errors=True)

    def part(self, delivery):
        """The hidden name under which an output is written beside its target."""
        folder = os.path.dirname(delivery.target)
        return os.path.join(folder, f"{self._part_prefix(delivery.id)}{self.run}.part")

    def _part_prefix(self, delivery):
        return f".hotfolder-{self._mark}-{delivery}-"

    def sweep(self):
        """Removes what runs that were killed have left behind: outputs that nobody waits for, and unfinished copies."""
        kept = {
            os.path.dirname(os.fsdecode(staged)) for (staged,) in
            self._db.execute("SELECT staged FROM output JOIN file ON file.id = output.file WHERE state NOT IN ('done', 'gone', 'arrived')")
        }
        with contextlib.suppress(FileNotFoundError):
            for folder in list((self.folder / "work").iterdir()):
                if not any(one == str(folder) or one.startswith(f"{folder}{os.sep}") for one in kept):
                    shutil.rmtree(folder, ignore_errors=True)
        rows = self._db.execute("SELECT id, target FROM delivery WHERE NOT is_done AND target IS NOT NULL").fetchall()
        for id, target in rows:
            self._remove_parts(os.path.dirname(os.fsdecode(target)), self._part_prefix(id))

    @staticmethod
    def _remove_parts(folder, prefix):
        with contextlib.suppress(OSError):
            for name in os.listdir(folder):
                if name.startswith(prefix):
                    with contextlib.suppress(FileNotFoundError):
                        os.remove(os.path.join(folder, name))

    # For people.

    def counts(self):
        """How many files are in each state; `busy` are those that are worked on."""
        counts = dict(self._db.execute("SELECT state, count(*) FROM file GROUP BY state"))
        return counts | {"busy": self._db.execute("SELECT count(*) FROM file WHERE busy").fetchone()[0]}

    def last(self, count=20, state=None):
        """The Entries that changed last, the newest first."""
        where, values = ("WHERE state = ?", (state,)) if state else ("", ())
        rows = self._db.execute(f"SELECT {records.ENTRY} FROM file {where} ORDER BY changed DESC, id DESC LIMIT ?", (*values, count))
        return [records.entry(row) for row in rows]

    def targets(self, id):
        """Where the outputs of a file are."""
        rows = self._db.execute("SELECT target FROM delivery WHERE file = ? AND is_done ORDER BY id", (id,))
        return [os.fsdecode(target) for (target,) in rows]


