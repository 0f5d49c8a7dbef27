# Who has a journal: one program works on it, others may look.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import fcntl
import os
import pathlib

import tintype as tt

from . import delivery
from .journal import FILE, Journal

MOST_FAILED = 1_000_000


@contextlib.contextmanager
def open_journal(settings):
    """The journal of a hot folder, for the one program that works on it. Raises FileError, which names the program that does."""
    folder = pathlib.Path(settings.journal)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = open(folder / "lock", "a+", encoding="ascii")
    except OSError as error:
        raise tt.FileError(f"{settings.name}: the journal {folder} cannot be written: {error.strerror}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise tt.FileError(f"{settings.name}: process {pid_of(folder)} works on this hot folder already ({folder})") from None
        except OSError as error:
            raise tt.FileError(f"{settings.name}: the journal {folder} cannot be locked: {error.strerror}") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        journal = Journal(folder)
        try:
            journal.begin(settings.watch)
            yield journal
        finally:
            journal.close()


def pid_of(folder):
    """The process that works on the hot folder with this journal; None when none does."""
    try:
        with open(pathlib.Path(folder) / "lock", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(lock.read() or 0) or None
    except (OSError, ValueError):
        pass
    return None


def look(settings):
    """The journal of a hot folder as it is now, for looking; None where there is none yet."""
    if not pathlib.Path(settings.journal, FILE).exists():
        return None
    journal = Journal(settings.journal)
    if journal.is_begun():
        return journal
    journal.close()
    return None


def retry(settings):
    """Puts back what has failed: to where it failed, and what was moved away into the watched folder; returns how many."""
    journal = look(settings)
    if journal is None:
        return 0
    with contextlib.closing(journal):
        count = journal.retry()
        failed = journal.last(MOST_FAILED, "failed")
    problems = []
    for entry in failed:
        place = os.path.join(settings.watch, entry.path)
        version = (entry.size, entry.mtime_ns)
        try:
            if entry.moved_to is not None and not delivery.move(entry.moved_to, version, place):
                problems.append(f"{entry.moved_to}: cannot be put back, another file has come to stand at {place}")
            count += delivery.version(place) == version
        except OSError as error:
            problems.append(f"{entry.moved_to}: cannot be put back: {error.strerror}")
    if problems:
        raise tt.FileError("\n".join([f"{count} put back", *problems]))
    return count
