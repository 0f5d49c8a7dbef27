# Brings add-ons into the person's folder, and takes them out of it: whole, or not at all.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import ctypes
import os
import pathlib
import shutil
import tempfile
import tomllib
import zipfile

from . import archives, manifest, places, replacing
from .errors import AddonError

_IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", ".git")


class Prepared:
    """An add-on that lies beside the others, under a name that nobody looks for, until it is put in its place."""

    def __init__(self, source, folder):
        self._folder = pathlib.Path(folder)
        self.manifest = _prepare(pathlib.Path(source), self._folder)
        self._undo = []

    def target(self):
        return places.user_folder() / self.manifest.path.name

    def put(self, replaced=None):
        """In its place, and in that of `replaced`, which lies in the same folder; what was there goes with the temporary folder."""
        target = self.target()
        if replaced is None:
            if target.exists():
                raise AddonError(f"{target} is there already, and it is no add-on that could be replaced; move it away")
            os.rename(self.manifest.path, target)
            self._undo = [(target, self.manifest.path)]
            return
        if replaced == target and _exchange(self.manifest.path, target):
            self._undo = [(target, self._folder / "new"), (self.manifest.path, target)]
            return
        old = self._folder / "replaced"
        os.rename(replaced, old)
        try:
            os.rename(self.manifest.path, target)
        except BaseException:
            os.rename(old, replaced)
            raise
        self._undo = [(target, self.manifest.path), (old, replaced)]

    def noted(self):
        """For the time of a block the former version is put back at the next start, should this program not survive it."""
        return replacing.noted(self._folder, self._undo)

    def take_back(self):
        """As it was before it was put there."""
        for here, there in self._undo:
            os.rename(here, there)
        self._undo = []


def _exchange(one, other):
    """Both at once, so that neither is gone when the program is killed; false where the file system cannot do so."""
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


@contextlib.contextmanager
def prepared(source):
    """Copies or unpacks the source and reads its manifest. Raises AddonError; nothing is left behind."""
    folder = places.user_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary = tempfile.mkdtemp(prefix=replacing.PREFIX, dir=folder)
    except OSError as error:
        raise AddonError(f"{folder} cannot be written: {error.strerror}") from None
    try:
        yield Prepared(source, temporary)
    except OSError as error:
        raise AddonError(f"{source} cannot be installed: {error}") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _prepare(source, folder):
    if source.is_dir():
        read = manifest.read(source)
        _refuse_links(source)
        shutil.copytree(source, folder / read.id, ignore=_IGNORED)
        return _manifest_of(folder / read.id, source)
    if source.suffix == ".py":
        read = manifest.read(source)
        shutil.copy(source, folder / source.name)
        return _manifest_of(folder / source.name, source)
    if not source.exists():
        raise AddonError(f"there is no {source} to install")
    if not zipfile.is_zipfile(source):
        raise AddonError(f"{source} is no add-on: give a folder, a zip file or a .py file")
    unpacked = folder / "unpacked"
    unpacked.mkdir()
    archives.unpack(source, unpacked)
    inside = _root_of(unpacked, source)
    named = folder / _manifest_of(inside, source).id
    os.rename(inside, named)
    return _manifest_of(named, source)


def glance(source):
    """What it says of itself, its id, name and version, without having unpacked or checked anything else. Raises AddonError."""
    source = pathlib.Path(source)
    if source.is_dir() or source.suffix == ".py":
        read = manifest.read(source)
        return {"id": read.id, "name": read.name, "version": read.version}
    try:
        with zipfile.ZipFile(source) as opened:
            names = [name for name in opened.namelist() if name.rpartition("/")[2] == manifest.NAME and name.count("/") <= 1]
            with opened.open(min(names, key=len)) as file:
                table = tomllib.loads(file.read(manifest.MOST_BYTES).decode("utf-8"))
        return {name: str(table[name]) for name in ("id", "name", "version")}
    except (*archives.UNREADABLE, OSError, RecursionError) as error:
        raise AddonError(f"{source} does not say what it is: {error}") from None


def _refuse_links(source):
    for top, folders, files in os.walk(source):
        for name in folders + files:
            path = os.path.join(top, name)
            if os.path.islink(path):
                raise AddonError(f"{path} is a link; an add-on consists of files and folders")


def _root_of(unpacked, source):
    """The folder with the manifest: the zip's own, or the only one in it."""
    inside = [each for each in unpacked.iterdir() if each.name != "__MACOSX"]
    if not (unpacked / manifest.NAME).is_file() and len(inside) == 1 and (inside[0] / manifest.NAME).is_file():
        return inside[0]
    if not (unpacked / manifest.NAME).is_file():
        raise AddonError(f"{source} is no add-on: there is no {manifest.NAME} in it, neither at its top nor in its only folder")
    return unpacked


def _manifest_of(path, source):
    try:
        return manifest.read(path)
    except AddonError as error:
        # By what the person has given, not by where it was unpacked to.
        raise AddonError(str(error).replace(str(path), str(source))) from None


def remove(path):
    """Out of sight at once, then deleted."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix=".removed-", dir=path.parent))
    try:
        os.rename(path, folder / path.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
