# Brings files to their places: whole or not at all, never over another one, and again after a kill without doing it twice.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import errno
import hashlib
import os
import shutil

NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)


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
    target with the same content is the copy of a run that was killed just then. Raises OSError."""
    folder = os.path.dirname(target)
    os.makedirs(folder, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        # Never written on: it may be the target, under its other name.
        os.remove(part)
    if not os.path.lexists(target):
        try:
            _copy(staged, part)
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
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if version(claimed) is None:
        if version(source) != expected:
            return True
        os.rename(source, claimed)
        if version(claimed) != expected:
            if not os.path.lexists(source):
                os.rename(claimed, source)
            return True
    if os.path.lexists(target):
        if digest(target) != digest(claimed):
            return False
    else:
        _move_to_free(claimed, target)
    with contextlib.suppress(FileNotFoundError):
        os.remove(claimed)
    sync(os.path.dirname(target))
    return True


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
        _copy(claimed, part)
        shutil.copystat(claimed, part)
        os.replace(part, target)
