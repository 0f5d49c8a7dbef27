# Installs add-ons, replaces them by other versions, and removes them, while the program has them on or off.
# SPDX-License-Identifier: GPL-3.0-or-later
import dataclasses

from . import importing, installing, places, records, state
from .errors import AddonError, tell


class Installer:
    """For the manager whose add-ons it changes. What fails leaves all as it was."""

    def __init__(self, manager):
        self._manager = manager

    def install(self, source, upgrade):
        self._manager.load_enabled()
        with installing.prepared(source) as new:
            there = self._manager.look().found.get(new.manifest.id)
            self._check_place(new, there, upgrade)
            loaded = self._manager.known(new.manifest.id)
            # One that has failed is not started again by a new version: that is for the person to say.
            if loaded is not None and loaded.state in ("on", "starting"):
                self._manager.check_successor(new.manifest, loaded)
                self._replace(new, there, loaded)
            else:
                self._drop(loaded)
                self._put(new, there)
        return self._manager.get(new.manifest.id)

    def _replace(self, new, there, loaded):
        """Of one that is on: where the new one cannot be, the old one is on again."""
        self._drop(loaded)
        try:
            self._put(new, there)
            with new.noted():
                self._start(new.manifest.id)
        except BaseException as error:
            failed = self._manager.known(new.manifest.id)
            self._drop(failed)
            new.take_back()
            self._start(new.manifest.id)
            if isinstance(error, AddonError):
                stays = f"{loaded.manifest.name} stays version {loaded.manifest.version}, which is on again"
                # What is wrong stands last, where people look.
                raise AddonError(f"{stays}; version {new.manifest.version}: {error}") from None
            raise

    @staticmethod
    def _put(new, there):
        new.put(None if there is None else there.path)
        # Another version of a single file may look like the former one.
        importing.forget_compiled(dataclasses.replace(new.manifest, path=new.target()))

    def _start(self, id):
        self._manager.wait(self._manager.begin(self._manager.usable(id)))

    def _drop(self, loaded):
        said = "" if loaded is None else self._manager.drop(loaded)
        if said:
            tell(said)

    def _check_place(self, new, there, upgrade):
        if there is None:
            return
        if there.is_one_of_several or there.place != places.USER:
            where = there.fault if there.is_one_of_several else f"there is one with the id {there.id!r} in {there.path}{_way_out(there)}"
            raise AddonError(f"{new.manifest.name} is not installed: {where}")
        if not upgrade:
            version = f"version {there.manifest.version}" if there.manifest else "which is broken"
            raise AddonError(
                f"{new.manifest.name} ({there.id}) is installed already, {version}, and stays as it is; to replace it by version "
                f"{new.manifest.version}: upgrade=True, or tintype addon install --upgrade"
            )

    def remove(self, id):
        self._manager.load_enabled()
        search = self._manager.look()
        found = search.found.get(id)
        if found is None:
            raise self._manager.unknown(id, search)
        if found.is_one_of_several:
            raise AddonError(found.fault)
        if found.place != places.USER:
            raise AddonError(f"the add-on {id!r} was not installed, it lies in {found.path}{_way_out(found)}; nothing was removed")
        self._manager.disable(id)
        try:
            installing.remove(found.path)
        except OSError as error:
            raise AddonError(f"{found.path} cannot be removed: {error.strerror}; it is off now") from None
        records.forget(id)


def _way_out(found):
    """What to do about one that is found where the person works on it."""
    return f" (tintype addon dev --off {found.path} takes it out)" if str(found.path) in state.read().folders else ""
