# Brings files to their places: whole or not at all, never over another one, and again after a kill without doing it twice.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import errno
import hashlib
import os
import shutil

NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)


class Lost(Exception):
    """What waited to be delivered is not there any more, or not as it was."""


def digest(path):
    """The SHA-256 of a file's content."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def free_name(path, is_promised):
    """The path, or the first one with a number that neither exists nor is promised."""
    stem, ending = os.path.splitext(path)
    number = 1
    while os.path.lexists(path) or is_promised(path):
        number += 1
        path = f"{stem}-{number}{ending}"
    return path


def deliver(staged, target, part, sha256):
    """Copies what waits to its target, by way of `part`, a name beside it. False when something else has come to stand there; a
    target with the same content is the copy of a run that was killed just then. Raises OSError, and Lost when what waited is not
    there any more as it was."""
    folder = os.path.dirname(target)
    make_folders(folder)
    with contextlib.suppress(FileNotFoundError):
        # Never written on: it may be the target, under its other name.
        os.remove(part)
    if not os.path.lexists(target):
        try:
            try:
                _copy(staged, part)
            except FileNotFoundError as error:
                raise (Lost() if error.filename == staged else error) from None
            if digest(part) != sha256:
                raise Lost()
            _put(part, target)
            return True
        except FileExistsError:
            pass
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.remove(part)
            sync(folder)
    return os.path.isfile(target) and digest(target) == sha256


def _copy(source, part):
    with open(source, "rb") as file, open(part, "xb") as copy:
        shutil.copyfileobj(file, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())


def _put(part, target):
    """Gives the file its name at once. Raises FileExistsError where there is one of that name."""
    try:
        os.link(part, target)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # A file system without hard links.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target) from None
        os.rename(part, target)


def make_folders(folder):
    """Makes what is missing of a path, and brings it to the disk."""
    new = []
    while folder and not os.path.isdir(folder):
        new.append(folder)
        folder = os.path.dirname(folder)
    for one in reversed(new):
        os.makedirs(one, exist_ok=True)
        sync(os.path.dirname(one))


def sync(folder):
    """Brings the names in a folder to the disk, where its file system can."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def version(path):
    """(size, mtime_ns); None where there is no such file."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns


def move(source, expected, target):
    """Moves a file that is done out of the way, unless another one has taken its place; `expected` is its version. Once begun it may
    be begun again. False when something else has come to stand there. Raises OSError."""
    # It is claimed first, under a name that is not watched: what is written to the old name from now on is another file.
    folder, name = os.path.split(source)
    claimed = os.path.join(folder, _hidden(f"{name}:{expected}"))
    make_folders(os.path.dirname(target))
    if version(claimed) is None:
        if version(source) != expected:
            return True
        os.rename(source, claimed)
        if version(claimed) != expected:
            _give_back(claimed, source)
            return True
    try:
        is_there = _bring(claimed, target)
    except OSError:
        _give_back(claimed, source)
        raise
    if is_there:
        # Not before the new name is on the disk.
        sync(os.path.dirname(target))
        with contextlib.suppress(FileNotFoundError):
            os.remove(claimed)
        sync(folder)
    return is_there


def _give_back(claimed, source):
    if not os.path.lexists(source):
        os.rename(claimed, source)


def _bring(claimed, target):
    """Whether the file is at its new place now; False when there is another one."""
    if not os.path.lexists(target):
        with contextlib.suppress(FileExistsError):
            _move_to_free(claimed, target)
            return True
    return os.path.isfile(target) and digest(target) == digest(claimed)


def _hidden(name):
    return f".hotfolder-{hashlib.sha256(os.fsencode(name)).hexdigest()[:16]}.moving"


def _move_to_free(claimed, target):
    try:
        os.link(claimed, target)
    except OSError as error:
        if error.errno not in (*NO_LINKS, errno.EXDEV):
            raise
        part = os.path.join(os.path.dirname(target), _hidden(os.path.basename(target)))
        with contextlib.suppress(FileNotFoundError):
            os.remove(part)
        try:
            _copy(claimed, part)
            shutil.copystat(claimed, part)
            _put(part, target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.remove(part)
