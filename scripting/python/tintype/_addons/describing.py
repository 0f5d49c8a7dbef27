# What is known of add-ons as plain data: for the window, and for `tintype addon list --json`.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os

from . import installing, places
from .errors import AddonError


def entry(addon):
    """What its files say of it, and its state."""
    return {
        "id": addon.id, "name": addon.name, "version": addon.version, "state": addon.state, "path": str(addon.path),
        "error": addon.error, "description": addon.description, "authors": list(addon.authors), "licence": addon.licence,
        "requires": list(addon.requires), "touches": list(addon.touches),
    }  # fmt: skip


def described():
    """JSON of all add-ons as they are in this process now, without waiting for any that starts."""
    from . import current, state

    manager = current()
    search = manager.look()
    try:
        wanted = state.read().enabled
    except AddonError:
        wanted = {}  # what is wrong with the file is among the problems
    addons = [
        entry(addon) | _running(addon) | {"installed": addon.is_installed, "wanted": addon.id in wanted}
        for addon in manager.all(search)
    ]
    return json.dumps({"addons": addons, "problems": search.faults}, ensure_ascii=False)


def replaced_by(source):
    """JSON of what an installation from there would take the place of; empty where it would not, or where that is not plain."""
    from . import current

    try:
        new = installing.glance(os.fsdecode(source))
    except AddonError:
        return "{}"  # whoever installs it says what is wrong
    there = current().look().found.get(new["id"])
    if there is None or there.place != places.USER or there.is_one_of_several:
        return "{}"
    return json.dumps(new | {"installed": there.manifest.version if there.manifest else ""}, ensure_ascii=False)


def _running(addon):
    return {
        "running": addon._loaded.manifest.version if addon.state == "on" else "",
        "registered": [each._asdict() for each in addon.registered],
        "times": addon.times._asdict(),
        "failures": [each._asdict() for each in addon.failures],
    }
