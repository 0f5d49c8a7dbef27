# The journal of a batch: what is done, so that it can go on after any end.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of JSON lines that only grows. The first says what the batch does. Then, for each file, `ready` with its record and its
output's SHA-256, before the output is put in its place, and `done` after that; or `failed` with its record. A line that was cut
off by the end of the process, or of the disk, is as if it had never been written. `ready` without `done` may be either: the
output's SHA-256 tells.

Lines reach the system at once, which outlives a killed process, and the disk every SYNC_SECONDS, which a power cut may cost;
what is lost is done again, and an output that stands there already with the same bytes is taken for what it is.
"""
import errno
import fcntl
import json
import os
import tempfile
import time

from .._tintype import FileError, ParameterError

FORMAT = 1
SYNC_SECONDS = 0.25
# Of the first line.
BEGINNING = b'{"batch":'


class Entry:
    """Where the line of a file is, and what tells whether file and output are still the same."""

    __slots__ = ("offset", "length", "output", "output_sha256", "output_version", "input_sha256", "input_version")

    def __init__(self, offset, length, record):
        self.offset = offset
        self.length = length
        self.output = record.get("output")
        self.output_sha256 = record.get("output_sha256")
        self.output_version = (record.get("output_bytes"), record.get("output_modified"))
        self.input_sha256 = record.get("input_sha256")
        self.input_version = (record.get("input_bytes"), record.get("input_modified"))


class Journal:
    """Belongs to one thread. Close it, or use it in a `with` block."""

    def __init__(self, path=None):
        """The journal of that name, made if need be; without a name, one that goes with the process. Raises FileError, also while
        another process has it."""
        self.path = path
        self.head = None
        # Entries by the key of a file.
        self.ready, self.done, self.failed = {}, {}, {}
        # The SHA-256 of all that was ever made of a file: an output with one of these is the batch's own.
        self.made = {}
        self._end = 0
        self._synced = time.monotonic()
        if path is None:
            self._file = tempfile.TemporaryFile(buffering=0)
            return
        try:
            os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
            self._file = open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "r+b", buffering=0)
        except OSError as error:
            raise FileError(f"{path}: the journal cannot be opened: {error.strerror}") from None
        self._lock()
        self._read()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._file.close()

    def _lock(self):
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise FileError(f"{self.path}: another batch is writing this journal; wait for its end, or end it") from None

    def _read(self):
        """What whole lines say; what follows them is cut off."""
        with open(self.path, "rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    if self._end == 0 and line[: len(BEGINNING)] != BEGINNING[: len(line)]:
                        raise self._other_file()
                    break
                try:
                    self._take(json.loads(line), self._end, len(line))
                except (ValueError, LookupError, TypeError, AttributeError):
                    raise self._other_file() from None
                self._end += len(line)

    def _other_file(self):
        return FileError(f"{self.path}: this is not the journal of a batch (at byte {self._end}); give another name in journal")

    def _take(self, line, offset, length):
        if self.head is None:
            if line["batch"] > FORMAT:
                raise FileError(f"{self.path}: the journal was written by a newer Tintype (format {line['batch']})")
            self.head = line["work"]
        elif "ready" in line:
            self._note_ready(line["file"], Entry(offset, length, line["ready"]))
        elif "failed" in line:
            self._note_failed(line["file"], Entry(offset, length, line["failed"]))
        else:
            self.done[line["done"]] = self.ready.pop(line["done"])

    def _note_ready(self, key, entry):
        self.ready[key] = entry
        self.done.pop(key, None)
        self.failed.pop(key, None)
        if entry.output_sha256:
            self.made[key] = self.made.get(key, ()) + (entry.output_sha256,)

    def _note_failed(self, key, entry):
        self.failed[key] = entry
        self.ready.pop(key, None)
        self.done.pop(key, None)

    def begin(self, work):
        """Start anew, for this work."""
        self._end = 0
        self.ready, self.done, self.failed, self.made = {}, {}, {}, {}
        self.head = work
        self._file.truncate(0)
        self._append({"batch": FORMAT, "work": work})
        self.sync()

    def go_on(self, work):
        """Refuse to go on with other work. Raises ParameterError, which says what changed."""
        changed = [name for name in work if self.head.get(name) != work[name]]
        if changed:
            raise ParameterError(
                f"{self.path}: the batch that is to go on was another one; what changed: {', '.join(changed)}. Do what it did, or "
                "begin anew with overwrite, or with another journal"
            )
        self._file.truncate(self._end)

    def is_ready(self, key, record):
        self._note_ready(key, self._append({"ready": record, "file": key}, record))

    def is_done(self, key):
        self._append({"done": key})
        self.done[key] = self.ready.pop(key)

    def has_failed(self, key, record):
        self._note_failed(key, self._append({"failed": record, "file": key}, record))

    def record(self, key):
        """The record of a file that is done or has failed; None for others."""
        entry = self.done.get(key) or self.failed.get(key)
        if entry is None:
            return None
        line = json.loads(os.pread(self._file.fileno(), entry.length, entry.offset))
        return line.get("ready") or line["failed"]

    def _append(self, line, record=None):
        data = json.dumps(line, separators=(",", ":")).encode() + b"\n"
        try:
            if os.pwrite(self._file.fileno(), data, self._end) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            entry = Entry(self._end, len(data), record) if record is not None else None
            self._end += len(data)
            if time.monotonic() - self._synced >= SYNC_SECONDS:
                self.sync()
        except OSError as error:
            raise FileError(
                f"{self.path}: the journal cannot be written: {error.strerror}. It holds what was done until now; go on with resume"
            ) from None
        return entry

    def sync(self):
        """Bring it to the disk."""
        if self.path is not None:
            os.fsync(self._file.fileno())
        self._synced = time.monotonic()
