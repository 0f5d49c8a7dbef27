# Makes a new add-on that works, for somebody to change.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re
import shutil
import tempfile
import unicodedata

from .. import _operation, _tintype
from . import importing, manifest
from .errors import AddonError

TABLE = '''\
# What this add-on says of itself; docs/addons.md explains each field.
id = "{id}"
name = "{name}"
version = "0.1.0"
authors = ["{author}"]
licence = "GPL-3.0-or-later"
tintype = ">={tintype}"
description = "Makes pictures brighter."
# Python packages that it needs, such as "scipy>=1.9", and what it touches, for people to read before they switch it on.
requires = []
touches = []
'''

CODE = '''\
"""{name}: what is registered here belongs to the add-on and vanishes with it."""
from typing import Annotated

import tintype as tt


@tt.operation("{id}.brighten", title="{name}: brighten", category="{name}", tilewise=True)
def brighten(image: tt.Image, by: Annotated[int, tt.Range(-255, 255)] = 20) -> tt.Image:
    """Make all pixels brighter by the same amount."""
    return (image + by).cast(image.format)
'''

TEST = '''\
"""Run it in the add-on's folder: tintype python -m pytest"""
import pathlib

import tintype as tt

FOLDER = pathlib.Path(__file__).parents[1]


def test_it_makes_pixels_brighter():
    with tt.addons.trial(FOLDER):
        dark = tt.Image.black(8, 8)
        assert dark.{id}.brighten(by=5).avg() == 5


def test_nothing_is_left_when_it_is_off():
    with tt.addons.trial(FOLDER) as addon:
        assert [item.kind for item in addon.registered] == ["operation"]
    assert not addon.registered
    assert not hasattr(tt.Image.black(8, 8), "{id}")
'''

README = '''\
# {name}

Switch it on with `tintype addon dev .`, change `{id}/__init__.py`, and test it with `tintype python -m pytest`.
'''


def id_from(name):
    """The id that a name makes: "Count cells 2" is count_cells_2."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def make(name, parent):
    """Makes the folder, which must not be there yet, and returns it. Raises AddonError."""
    name = name.strip()
    id = id_from(name)
    if not name.isprintable() or any(letter in name for letter in "\"\\{}"):
        raise AddonError(f'a name is one line without ", \\, {{ and }}; it is {name!r}')
    folder = pathlib.Path(parent) / id
    words = {"id": id, "name": name, "author": _author(), "tintype": _tintype.version.rpartition(".")[0]}
    texts = {manifest.NAME: TABLE, f"{id}/__init__.py": CODE, f"tests/test_{id}.py": TEST, "README.md": README}
    if not id:
        raise AddonError(f"{name!r} has no letters to make an id of")
    if folder.exists():
        raise AddonError(f"{folder} is there already; choose another name")
    if not _operation.is_free(id):
        raise AddonError(f"{name!r} is no name for an add-on: images have something called {id!r}; choose another, such as {_other(name)!r}")
    temporary = pathlib.Path(tempfile.mkdtemp(prefix=".new-", dir=parent))
    try:
        made = temporary / id
        for path, text in texts.items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_text(text.format(**words), encoding="utf-8")
        try:
            importing.check_name(manifest.read(made))
        except AddonError as error:
            raise AddonError(f"{name!r} is no name for an add-on: {str(error).partition(': ')[2]}") from None
        os.rename(made, folder)
    except OSError as error:
        raise AddonError(f"{folder} cannot be made: {error.strerror}") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def _other(name):
    """A name whose id images have nothing of."""
    return next(other for other in (f"My {name[:1].lower()}{name[1:]}", f"{name} tools", f"{name} {os.getpid()}") if _operation.is_free(id_from(other)))


def _author():
    """Who is logged in, by their full name where the system knows it."""
    import getpass
    import pwd

    try:
        said = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0] or getpass.getuser()
    except (KeyError, OSError):
        return "Somebody"
    return said if said.isprintable() and not set(said) & set("\"\\{}") else "Somebody"
