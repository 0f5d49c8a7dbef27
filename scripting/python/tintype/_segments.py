# Memory that one process fills and others map, without a copy on arrival.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two ways lead to it. tt.parallel passes file handles along: such memory has no name, and the system frees it with the last
process that has it, however that one ends. Through multiprocessing only bytes pass; there each message has a name of its own for
the memory, a link, which its reader takes away. What nobody has read, because it was killed, the program takes away at its end; or
multiprocessing's resource tracker does, which complains about it, when all processes of a program that was killed have ended.
"""
import contextlib
import fcntl
import itertools
import os
import weakref

from . import _tintype

# Smaller memory is copied in less time than it takes to map it.
LEAST = 1 << 17

_PIECE = 64 << 20
_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW
_FOLDER = "/dev/shm"
_LEFT_FREE = 2  # an image has to fit so often into what is free there

_published = {}  # address: (what keeps the memory there, a handle of its copy)
_numbers = itertools.count()


class Segment:
    """A filled piece; nobody changes it any more. Its handle is closed with the last reference to it."""

    __slots__ = ("handle", "size", "read_only")

    def __init__(self, handle, size, read_only):
        self.handle = handle
        self.size = size
        self.read_only = read_only

    @classmethod
    def of(cls, view):
        """A copy of a memoryview of bytes. Raises MemoryError where there is no memory left."""
        self = cls(os.memfd_create("tintype", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING), view.nbytes, view.readonly)
        _write(self.handle, view)
        fcntl.fcntl(self.handle, fcntl.F_ADD_SEALS, _SEALS)
        return self

    def __del__(self):
        os.close(self.handle)


def _write(handle, view):
    """Writes all of it; without the GIL."""
    done = 0
    try:
        while done < view.nbytes:
            done += os.pwrite(handle, view[done : done + _PIECE], done)
    except OSError as error:
        raise MemoryError(f"there is no memory to share {view.nbytes} bytes with another process: {error.strerror}") from None


def mapped(handle, size, read_only):
    """The memory behind a handle, which is closed. What is written to it, where it is not read-only, stays in this process."""
    try:
        return _tintype.Mapping(handle, size, read_only)
    finally:
        os.close(handle)


def publish(owner, pixels):
    """A name for one reader: (name, size, the resource tracker that knows of it). None where pixels are better copied: they are
    few, or there is no room. The copy is kept as long as `owner`, for the next reader."""
    view = memoryview(pixels)
    if view.nbytes < LEAST:
        return None
    from multiprocessing import resource_tracker

    tracker = _tracker()
    name = f"tintype-{os.getpid()}-{tracker}-{next(_numbers)}-{os.urandom(4).hex()}"
    try:
        _link(_copy(owner, pixels, view), f"{_FOLDER}/{name}")
    except (MemoryError, OSError):
        return None
    resource_tracker.register("/" + name, "shared_memory")
    return name, view.nbytes, tracker


def _copy(owner, pixels, view):
    address = pixels.address
    if address not in _published:
        about = os.statvfs(_FOLDER)
        if view.nbytes * _LEFT_FREE > about.f_bavail * about.f_frsize:
            raise MemoryError
        handle = os.open(_FOLDER, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            _write(handle, view)
        except MemoryError:
            os.close(handle)
            raise
        _published[address] = (pixels, handle)
        weakref.finalize(owner, _forget, address)
    return _published[address][1]


def _link(handle, path):
    # os.link follows the link in /proc, which leads to the nameless file, only when it is given a folder.
    folder = os.open("/proc/self/fd", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.link(str(handle), path, src_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _forget(address):
    os.close(_published.pop(address)[1])


def _tracker():
    """What all processes of the program have in common, and no others."""
    from multiprocessing import resource_tracker

    return os.fstat(resource_tracker.getfd()).st_ino


def fetch(name, size, tracker):
    """The memory of that name, which is taken away."""
    path = f"{_FOLDER}/{name}"
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise _tintype.Error(
            "The pixels of an image from another process are gone: they can be read once, while that program runs"
        ) from None
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    if _tracker() == tracker:
        _forget_name(name)
    return mapped(handle, size, True)


def _forget_name(name):
    from multiprocessing import resource_tracker

    resource_tracker.unregister("/" + name, "shared_memory")


def remove_unread():
    """At the end of a program, when its processes have ended: takes away what none of them has read."""
    import glob
    from multiprocessing import process, resource_tracker

    if process.parent_process() is not None or resource_tracker._resource_tracker._fd is None:
        return
    family = f"tintype-[0-9]*-{_tracker()}-*"
    for path in glob.glob(f"{_FOLDER}/{family}"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
            _forget_name(os.path.basename(path))
