# Memory that one process fills and others map, without a copy on arrival.
# SPDX-License-Identifier: GPL-3.0-or-later
"""It is anonymous and lives behind file handles, which are passed on; the system frees it with the last process that has it,
however that one ends.
"""
import fcntl
import mmap
import os

# Smaller memory is copied in less time than it takes to map it.
LEAST = 1 << 17

_PIECE = 64 << 20
_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW


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
        write(self.handle, view)
        fcntl.fcntl(self.handle, fcntl.F_ADD_SEALS, _SEALS)
        return self

    def __del__(self):
        os.close(self.handle)


def write(handle, view):
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
        return mmap.mmap(handle, size, access=mmap.ACCESS_READ if read_only else mmap.ACCESS_COPY)
    finally:
        os.close(handle)
