# Looks for add-ons in all folders that may hold some.
# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import contextlib
import dataclasses
import os
import pathlib
import threading
import time

from . import manifest as manifests
from . import places
from .errors import AddonError

# A network folder that does not answer holds up nobody for longer.
SECONDS = 5.0
MOST_ENTRIES = 1000


@dataclasses.dataclass
class Found:
    """Something that is an add-on or should be: its manifest, or why it has none."""

    path: pathlib.Path
    id: str
    manifest: manifests.Manifest | None = None
    fault: str = ""
    is_one_of_several: bool = False

    @property
    def place(self):
        return places.place_of(self.path)


@dataclasses.dataclass
class Search:
    """What was found, by id, and what is wrong with whole folders."""

    found: dict
    faults: list


def search(extra=(), seconds=SECONDS):
    """Looks through the bundled add-ons, the person's own, TINTYPE_ADDONS, and the folders that are given."""
    folders = [places.bundled_folder(), places.user_folder(), *places.named_folders(), *map(pathlib.Path, extra)]
    results, faults = _look_into_all(list(dict.fromkeys(folders)), seconds)
    by_path = {os.path.realpath(each.path): each for each in reversed(results)}
    by_id = collections.defaultdict(list)
    for each in reversed(by_path.values()):
        by_id[each.id].append(each)
    return Search({id: _only_one(same) for id, same in sorted(by_id.items())}, faults)


def _only_one(same):
    if len(same) == 1:
        return same[0]
    where = " and ".join(str(each.path) for each in same)
    fault = f"there are several add-ons with the id {same[0].id!r}: {where}; none of them is used until all but one are gone"
    return Found(same[0].path, same[0].id, None, fault, True)


def _look_into_all(folders, seconds):
    """On a thread for each folder: the system gives no other way to leave one that hangs."""
    looks = [_Look(folder) for folder in folders]
    for look in looks:
        threading.Thread(target=look.run, name=f"add-ons in {look.folder}", daemon=True).start()
    until = time.monotonic() + seconds
    results, faults = [], []
    for look in looks:
        if not look.over.wait(max(0.0, until - time.monotonic())):
            faults.append(f"{look.folder} has not answered for {seconds:g} s; add-ons in it are not found")
        elif look.fault:
            faults.append(look.fault)
        else:
            results += look.found
    return results, faults


class _Look:
    def __init__(self, folder):
        self.folder = folder
        self.over = threading.Event()
        self.found = []
        self.fault = ""

    def run(self):
        try:
            self.found = [one(path) for path in _candidates(self.folder)]
        except FileNotFoundError:
            # The two folders that nobody has named may well be missing.
            if self.folder not in (places.bundled_folder(), places.user_folder()):
                self.fault = f"there is no folder {self.folder}, which is to hold add-ons"
        except OSError as error:
            self.fault = f"{self.folder} cannot be read: {error.strerror}; add-ons in it are not found"
        finally:
            self.over.set()


def _candidates(folder):
    if _is_file(folder) or _is_file(folder / manifests.NAME):
        return [folder]
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry, _ in zip(entries, range(MOST_ENTRIES)))
    paths = [folder / name for name in names if not name.startswith((".", "_"))]
    return [path for path in paths if path.suffix in (".py", ".zip") and _is_file(path) or _is_package(path)]


def _is_package(path):
    return _is_file(path / manifests.NAME) or _is_file(path / "__init__.py")


def _is_file(path):
    with contextlib.suppress(OSError):
        return path.is_file()
    return False


def one(path):
    """What lies there; the fault instead of an exception."""
    try:
        read = manifests.read(path)
        return Found(path, read.id, read)
    except AddonError as error:
        return Found(path, path.stem, None, str(error))
