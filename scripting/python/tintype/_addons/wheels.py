# The wheels that lie in an add-on's own folder: which of them fit this Python, and how they become importable.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import dataclasses
import email.parser
import hashlib
import os
import pathlib
import shutil
import sys
import tempfile
import zipfile

from packaging.requirements import InvalidRequirement, Requirement
from packaging.tags import sys_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from . import archives, places
from .errors import AddonError

FOLDER = "wheels"
MOST_METADATA = 1 << 20


@dataclasses.dataclass(frozen=True)
class Wheel:
    """One in the folder of the add-on `owner`, a manifest, which messages name as well."""

    path: pathlib.Path
    name: str
    version: object
    owner: object

    def requires(self):
        """What it needs itself, here and now. Raises AddonError."""
        with self._opened() as opened:
            entries = [name for name in opened.namelist() if name.endswith(".dist-info/METADATA") and name.count("/") == 1]
            if len(entries) != 1:
                raise ValueError(f"it must have one METADATA, and has {len(entries)}")
            with opened.open(entries[0]) as file:
                data = file.read(MOST_METADATA + 1)
            if len(data) > MOST_METADATA:
                raise ValueError(f"its METADATA is longer than {MOST_METADATA} bytes")
            lines = email.parser.HeaderParser().parsestr(data.decode("utf-8")).get_all("Requires-Dist", [])
            found = [Requirement(line) for line in lines]
            return [each for each in found if each.marker is None or each.marker.evaluate({"extra": ""})]

    def importable(self):
        """What goes to sys.path: the wheel itself, or what was unpacked of it, since compiled modules must be files."""
        with self._opened() as opened:
            if not any(name.endswith(".so") for name in opened.namelist()):
                return str(self.path)
            return str(_unpacked(self.path, self.owner.id))

    @contextlib.contextmanager
    def _opened(self):
        """The zip file; what is wrong with it raises AddonError, naming the wheel and the add-on."""
        try:
            with zipfile.ZipFile(self.path) as opened:
                yield opened
        except (*archives.UNREADABLE, OSError, InvalidRequirement, AddonError) as error:
            raise _fault(self.path, self.owner, error) from None


def _fault(path, owner, error):
    return AddonError(f"{owner.name} ({owner.id}): {path} is no wheel that can be used: {error}")


def of(owner):
    """The wheels in the folder of an add-on, a manifest, that fit this Python. Raises AddonError for what is none."""
    wheels = owner.path / FOLDER
    if not wheels.is_dir():
        return []
    tags = set(sys_tags())
    found = []
    for path in sorted(wheels.glob("*.whl")):
        try:
            name, version, _, fits = parse_wheel_filename(path.name)
        except InvalidWheelFilename as error:
            raise _fault(path, owner, error) from None
        if fits & tags:
            found.append(Wheel(path, canonicalize_name(name), version, owner))
    return found


def _unpacked(path, id):
    """In the cache, under a name that changes with the wheel; several programs may do so at once."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    place = places.cache_folder() / "addons" / id / f"{path.stem}-{digest}"
    if place.is_dir():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = tempfile.mkdtemp(prefix=".unpacking-", dir=place.parent)
    try:
        archives.unpack(path, pathlib.Path(temporary))
        with contextlib.suppress(OSError):  # somebody was quicker
            os.rename(temporary, place)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return place


class Paths:
    """The entries of sys.path that add-ons have brought, and who needs each."""

    def __init__(self):
        self._users = {}

    def add(self, id, entries):
        for entry in entries:
            self._users.setdefault(entry, set()).add(id)
            if entry not in sys.path:
                sys.path.append(entry)

    def without(self, id):
        """sys.path as it would be if this one were gone."""
        only_its = {entry for entry, users in self._users.items() if users == {id}}
        return [entry for entry in sys.path if entry not in only_its]

    def remove(self, id):
        """Takes back what nobody needs any more, with the modules that came from there."""
        for entry in [entry for entry, users in self._users.items() if id in users]:
            self._users[entry].discard(id)
            if self._users[entry]:
                continue
            del self._users[entry]
            with contextlib.suppress(ValueError):
                sys.path.remove(entry)
            _forget(entry)


def _forget(entry):
    inside = entry + os.sep
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        # A compiled module cannot be loaded a second time.
        if isinstance(file, str) and file.startswith(inside) and not file.endswith(".so"):
            sys.modules.pop(name, None)
    for known in [known for known in sys.path_importer_cache if known == entry or known.startswith(inside)]:
        sys.path_importer_cache.pop(known, None)
