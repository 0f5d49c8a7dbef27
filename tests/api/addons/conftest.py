# What the tests of add-ons share: folders of nobody's, a fresh manager for each test, and a maker of add-ons.
# SPDX-License-Identifier: GPL-3.0-or-later
import atexit
import os
import pathlib
import threading

import pytest
from making import write_addon

import tintype as tt
from tintype import _addons

@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """The person's folders, empty, and a manager that knows nothing of other tests."""
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    # Also those that a manager sets are gone afterwards.
    for name in ("TINTYPE_ADDONS", "TINTYPE_NO_ADDONS", "TINTYPE_ADDONS_ON"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr(_addons, "_manager", None)
    yield tmp_path
    if _addons._manager is not None:
        _addons._manager._end()
        atexit.unregister(_addons._manager._end)
    # What one that is watched still does and tells is not for the next test.
    for thread in [each for each in threading.enumerate() if each.name == "add-ons that change"]:
        thread.join(60)


@pytest.fixture
def user_folder(home):
    return home / "data" / "tintype" / "addons"


@pytest.fixture
def addon(user_folder):
    """Puts an add-on into the person's own folder."""

    def make(id, code="", **how):
        return write_addon(user_folder, id, code, **how)

    return make


@pytest.fixture
def restart(monkeypatch):
    """As if the program had ended and begun again."""

    def again():
        manager = _addons.current()
        manager._end()
        atexit.unregister(manager._end)
        monkeypatch.setattr(_addons, "_manager", None)
        monkeypatch.delenv("TINTYPE_ADDONS_ON", raising=False)
        _addons.load_enabled()
        return tt.addons

    return again


@pytest.fixture
def settings(home):
    return home / "config" / "tintype" / "addons.json"


@pytest.fixture
def source():
    return pathlib.Path(os.environ["TINTYPE_SOURCE"])
