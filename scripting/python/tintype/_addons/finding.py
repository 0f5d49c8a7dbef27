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
    is_folder: bool = False
    is_one_of_several: bool = False

    @property
    def place(self):
        return places.place_of(self.path)


class Search:
    """What was found, by id, and what is wrong with whole folders, and with what has the id of another one."""

    def __init__(self, folders, found, faults):
        self.found = found
        self.faults = faults
        self._folders = folders

    def switched_on(self, id, place):
        """The one that was switched on in this place, also where no folder that is looked through holds it; None when it is gone.

        Raises AddonError for one that is broken, and where another one has its id now.
        """
        found = self.found.get(id)
        if (found is None or found.place != place) and os.path.isabs(place):
            [answer] = self._folders.look_into([pathlib.Path(place)])
            if answer.fault and not answer.is_gone:
                raise AddonError(answer.fault)
            found = next((each for each in answer.found if str(each.path) == place), found)
        if found is None:
            return None
        if found.manifest is None:
            raise AddonError(found.fault)
        if found.place != place:
            raise AddonError(f"it was switched on in {place}, and this one is {found.path}: switch it on again if you mean it")
        return found


class Folders:
    """Looks through folders. A folder that hangs keeps one thread, and is asked again when that has had its answer."""

    def __init__(self):
        self._lock = threading.Lock()
        self._hanging = {}

    def search(self, extra=(), enabled=None, seconds=SECONDS):
        """In the bundled add-ons, the person's own, TINTYPE_ADDONS, and the folders that are given.

        `enabled` has the places of those that are to be on: of several with one id that one is meant.
        """
        folders = [places.bundled_folder(), places.user_folder(), *places.named_folders(), *map(pathlib.Path, extra)]
        answers = self.look_into(list(dict.fromkeys(folders)), seconds)
        faults = [answer.fault for answer in answers if answer.fault]
        results = [each for answer in answers for each in answer.found]
        by_path = {os.path.realpath(each.path): each for each in reversed(results)}
        by_id = collections.defaultdict(list)
        for each in reversed(by_path.values()):
            by_id[each.id].append(each)
        found = {id: _only_one(same, (enabled or {}).get(id), faults) for id, same in sorted(by_id.items())}
        return Search(self, found, faults)

    def look_into(self, folders, seconds=SECONDS):
        """The Answer of each, which has a thread of its own: the system gives no other way to leave one that hangs."""
        begun = [(folder, *self._begin(folder)) for folder in folders]
        until = time.monotonic() + seconds
        answers = []
        for folder, look, is_new in begun:
            if look.over.wait(max(0.0, until - time.monotonic()) if is_new else 0):
                answers.append(look.answer)
                continue
            with self._lock:
                self._hanging[folder] = look
            said = f"has not answered for {seconds:g} s" if is_new else "does still not answer"
            answers.append(Answer(fault=f"{folder} {said}; add-ons in it are not found"))
        return answers

    def _begin(self, folder):
        """The look that is under way there, and whether it is a new one."""
        with self._lock:
            former = self._hanging.get(folder)
            if former is not None and not former.over.is_set():
                return former, False
            self._hanging.pop(folder, None)
        look = _Look(folder)
        threading.Thread(target=look.run, name=f"add-ons in {folder}", daemon=True).start()
        return look, True


def _only_one(same, enabled, faults):
    """Of those with one id: the only one, otherwise the one that is to be on."""
    meant = _without_strays(same)
    if len(meant) > 1:
        meant = [each for each in meant if each.place == enabled] or meant
    where = " and ".join(str(each.path) for each in same)
    if len(meant) > 1:
        fault = f"there are several add-ons with the id {same[0].id!r}: {where}; none of them is used until all but one are gone"
        return Found(same[0].path, same[0].id, None, fault, is_one_of_several=True)
    if len(same) > 1:
        faults.append(f"there are several add-ons with the id {same[0].id!r}: {where}; {meant[0].path} is used")
    return meant[0]


def _without_strays(same):
    """Without zips that nobody has installed yet, and without files beside the folder of that name."""
    installed = [each for each in same if each.path.suffix != ".zip"] or same
    beside = {each.path.parent for each in installed if each.is_folder}
    return [each for each in installed if each.is_folder or each.path.parent not in beside]


@dataclasses.dataclass
class Answer:
    """What is in a folder, and what is wrong with it as a whole."""

    found: list = dataclasses.field(default_factory=list)
    fault: str = ""
    is_gone: bool = False


class _Look:
    def __init__(self, folder):
        self.folder = folder
        self.over = threading.Event()
        self.answer = Answer()

    def run(self):
        try:
            self.answer = Answer([one(path) for path in _candidates(self.folder)])
        except FileNotFoundError:
            # The two folders that nobody has named may well be missing.
            is_named = self.folder not in (places.bundled_folder(), places.user_folder())
            fault = f"there is no folder {self.folder}, which is to hold add-ons" if is_named else ""
            self.answer = Answer(fault=fault, is_gone=True)
        except OSError as error:
            self.answer = Answer(fault=f"{self.folder} cannot be read: {error.strerror}; add-ons in it are not found")
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
    is_folder = path.is_dir()
    try:
        read = manifests.read(path)
        return Found(path, read.id, read, is_folder=is_folder)
    except AddonError as error:
        return Found(path, path.stem, None, str(error), is_folder)
