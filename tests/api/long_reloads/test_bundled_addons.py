# Each bundled add-on is reloaded a thousand times, and leaves the program as it was.
# SPDX-License-Identifier: GPL-3.0-or-later
import gc
import linecache
import os
import pathlib
import sys
import threading

import pytest

import tintype as tt
from tintype import _tintype

RELOADS = 1000
# What is made once, such as caches that fill and memory that the allocator keeps, is made by then.
FIRST = 100
PAGE = os.sysconf("SC_PAGE_SIZE")
PLUGINS = pathlib.Path(os.environ["TINTYPE_SOURCE"]) / "plugins"
BUNDLED = sorted(table.parent for table in PLUGINS.glob("*/addon.toml"))


def registered():
    """What the whole program knows: operations, panels and preferences, menus and shortcuts, and threads."""
    # The runtime's own are there from when they are first needed.
    threads = sorted(thread.name for thread in threading.enumerate() if not thread.name.startswith("Tintype"))
    return {"operations": sorted(_tintype.operation_ids()), "panels": sorted(_tintype.panel_ids()), "threads": threads}


def loaded(id):
    return {
        "modules": sorted(sys.modules),
        "path": list(sys.path),
        "importers": len(sys.path_importer_cache),
        "lines": sorted(name for name in linecache.cache if f"/{id}/" in name),
    }


def memory():
    """In bytes, of the process; what Python and libvips keep for themselves included."""
    gc.collect()
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * PAGE


def test_there_are_bundled_ones():
    assert "count_objects" in [folder.name for folder in BUNDLED]


@pytest.mark.parametrize("folder", BUNDLED, ids=lambda folder: folder.name)
def test_a_thousand_reloads_leave_nothing_behind(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    nothing = registered()
    with tt.addons.trial(folder) as addon:
        mine = addon.registered
        assert mine

        def reload(times):
            for _ in range(times):
                assert tt.addons.reload(addon.id).registered == mine

        reload(FIRST)
        on, files = registered(), loaded(addon.id)
        bytes_before, objects = memory(), len(gc.get_objects())
        reload(RELOADS)
        bytes_after = memory()
        assert (registered(), loaded(addon.id)) == (on, files)
        # A single object or a kilobyte that stays with each reload would be a thousand.
        assert len(gc.get_objects()) - objects < RELOADS / 4
        assert bytes_after - bytes_before < RELOADS << 12
    assert registered() == nothing
