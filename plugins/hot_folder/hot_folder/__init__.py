# Watches folders, runs a recipe on what arrives, and takes the results where small scripts say.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hot folder: what is put into a folder is processed and delivered, once, whatever happens to the program meanwhile.

`tintype run -m hot_folder SETTINGS.toml` does it without a window; in the window there is a panel. From Python:

    import hot_folder

    settings = hot_folder.Settings(watch="in", results="out", recipe="clean.json")
    with hot_folder.open_journal(settings) as journal:
        hot_folder.Watcher(settings, journal).run(once=True)
"""
from .holding import open_journal
from .journal import Journal
from .settings import Settings
from .watcher import Watcher

__all__ = ["Journal", "Settings", "Watcher", "open_journal"]


def register():
    from . import panel  # noqa: F401  its class is the panel


def unregister():
    from . import panel

    panel.stop()
