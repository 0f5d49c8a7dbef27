# Unpacks zip files that strangers have made: nothing lands outside, nothing fills the disk.
# SPDX-License-Identifier: GPL-3.0-or-later
import lzma
import os
import pathlib
import re
import stat
import struct
import zipfile
import zlib

from .errors import AddonError

MOST_BYTES = 1 << 30
MOST_ENTRIES = 20_000
_PIECE = 1 << 20

# What zipfile raises for files that are damaged, encrypted, or made to do harm; of OSError and AddonError besides.
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


def unpack(archive, folder, most_bytes=MOST_BYTES):
    """Unpacks all of it into an empty folder. Raises AddonError, naming the entry; the folder is the caller's to remove."""
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = opened.infolist()
            _check(archive, entries)
            left = most_bytes
            for entry in entries:
                left = _unpack_one(archive, opened, entry, folder, left, most_bytes)
    except UNREADABLE as error:
        raise AddonError(f"{archive} is no zip file that can be read: {error}") from None
    except OSError as error:
        raise AddonError(f"{archive} cannot be unpacked: {error}") from None


def _check(archive, entries):
    if len(entries) > MOST_ENTRIES:
        raise AddonError(f"{archive}: {len(entries)} entries are too many for an add-on; {MOST_ENTRIES} are allowed")
    seen = set()
    for entry in entries:
        name = entry.filename
        parts = pathlib.PurePosixPath(name).parts
        if name.startswith("/") or "\\" in name or ".." in parts or re.match("[A-Za-z]:", name) or not parts:
            raise AddonError(f"{archive}: the entry {entry.orig_filename!r} would lie outside the add-on's folder")
        if "\0" in entry.orig_filename:
            raise AddonError(f"{archive}: the name of the entry {entry.orig_filename!r} is none for a file")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise AddonError(f"{archive}: the entry {name!r} is a link or a device; files and folders are allowed")
        if entry.flag_bits & 1:
            raise AddonError(f"{archive}: the entry {name!r} is encrypted")
        if parts in seen:
            raise AddonError(f"{archive}: the entry {name!r} is there twice")
        seen.add(parts)


def _unpack_one(archive, opened, entry, folder, left, most_bytes):
    """What is still allowed after it, by what really came out: headers may say anything."""
    target = folder.joinpath(*pathlib.PurePosixPath(entry.filename).parts)
    if entry.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return left
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(entry) as source, open(target, "xb") as file:
        while piece := source.read(_PIECE):
            left -= len(piece)
            if left < 0:
                said = f"it is larger than an add-on may be: more than {most_bytes} bytes"
                raise AddonError(f"{archive}: with the entry {entry.filename!r} {said}")
            file.write(piece)
    if (entry.external_attr >> 16) & stat.S_IXUSR:
        os.chmod(target, 0o755)
    return left
