# The panel of the window: starts and stops a hot folder, and shows what has become of the files.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import time
from pathlib import Path
from typing import Annotated

import tintype as tt

from . import holding
from .records import readable
from .settings import LEAVE, Settings
from .watcher import Watcher

ROWS = 200
# Seconds between two looks of the table at the journal.
PACE = 0.3


class HotFolderSettings(tt.Preferences):
    """What the panel has remembered, and how it works."""

    id = "hot_folder"
    title = "Hot folder"
    watch: Annotated[Path | None, tt.Field("Watched folder", folder=True)] = None
    recipe: Path | None = None
    routes: Annotated[Path | None, tt.Field("Routing scripts", folder=True)] = None
    results: Annotated[Path | None, tt.Field("Results", folder=True)] = None
    move: Annotated[Path | None, tt.Field("Move what is done to", "Empty: it stays where it is.", folder=True)] = None
    settle: Annotated[float, tt.Range(0, 3600, unit="s"), "How long a file must stay the same to count as whole."] = 1.0
    retries: Annotated[int, tt.Range(0, 1000), "How often a file that failed is tried again."] = 3
    pause: Annotated[float, tt.Range(0, 86400, unit="s"), "Before the first try again; it doubles each time."] = 2.0
    workers: Annotated[int, tt.Range(1, 256), "How many files are worked on at once, no more than one a core."] = 2


class HotFolder(tt.Panel):
    """Works on what is put into a folder."""

    id = "hot_folder"
    title = "Hot folder"
    watch: Annotated[Path | None, tt.Field("Watched folder", "What is put into it is worked on.", folder=True)] = None
    recipe: Annotated[Path | None, "A recipe (.json) or a Python file with process(image, info); empty: files are delivered as they are."] = None
    routes: Annotated[Path | None, tt.Field("Routing scripts", "A folder of scripts that say where results go; may be empty.", folder=True)] = None
    results: Annotated[Path | None, tt.Field("Results", folder=True)] = None

    layout = [
        "watch", "recipe", "routes", "results",
        tt.row(tt.button("Start", "start", name="start_button"), tt.button("Stop", "stop"), tt.button("Retry failed", "retry")),
        tt.label("Not started.", name="state"),
        tt.table("files"),
        tt.label("", name="error"),
    ]

    def __init__(self):
        self._watcher = None
        self._shown_at = 0.0
        for name in ("watch", "recipe", "routes", "results"):
            setattr(self, name, getattr(HotFolderSettings.panel, name))

    def watch_changed(self, value):
        HotFolderSettings.panel.watch = value

    def recipe_changed(self, value):
        HotFolderSettings.panel.recipe = value

    def routes_changed(self, value):
        HotFolderSettings.panel.routes = value

    def results_changed(self, value):
        HotFolderSettings.panel.results = value

    def settings(self):
        """What the fields and the preferences say. Raises ParameterError."""
        kept = HotFolderSettings.panel
        given = {name: getattr(self, name) for name in ("watch", "recipe", "routes", "results")}
        how = {name: getattr(kept, name) for name in ("settle", "retries", "pause", "workers")}
        return Settings(where="Hot folder", after=kept.move or LEAVE, **given, **how)

    def start(self):
        """Runs until it is stopped."""
        settings = self.settings()
        self.show_text("error", "")
        self.show_text("state", "Starting…")
        with holding.open_journal(settings) as journal:
            self._watcher = Watcher(settings, journal, self._say, lambda: self._show(journal, settings))
            try:
                self._watcher.run()
                self._show_journal(journal, settings, "Stopped.")
            finally:
                self._watcher = None

    def stop(self):
        """What is under way comes to its end."""
        watcher = self._watcher
        if watcher is not None:
            self.show_text("state", "Stopping…")
            watcher.stop()

    def retry(self):
        """Puts what has failed back."""
        settings = self.settings()
        count = holding.retry(settings)
        journal = holding.look(settings)
        if journal is not None:
            self._show_journal(journal, settings, f"{count} put back.")
            journal.close()

    def _say(self, line):
        print(line)

    def _show(self, journal, settings):
        now = time.monotonic()
        if now - self._shown_at >= PACE:
            self._shown_at = now
            self._show_journal(journal, settings, f"Watching {settings.watch}.")

    def _show_journal(self, journal, settings, said):
        entries = journal.last(ROWS)
        columns = {
            "File": [readable(entry.path) for entry in entries],
            "State": ["processing" if entry.busy else entry.state for entry in entries],
            "Changed": [time.strftime("%H:%M:%S", time.localtime(entry.changed)) for entry in entries],
            "Result": [_what(journal.targets(entry.id), settings.results) or _last_line(entry.error) for entry in entries],
        }
        counts = ", ".join(f"{count} {state}" for state, count in journal.counts().items() if count)
        self.show_table("files", columns)
        self.show_text("state", f"{said} {counts or 'Nothing has arrived yet'}.")
        failed = next((entry for entry in entries if entry.error), None)
        self.show_text("error", f"{readable(failed.path)}: {_last_line(failed.error)}" if failed else "")


def _what(targets, results):
    """Where outputs are, seen from the folder for results."""
    return readable(", ".join(os.path.relpath(path, results) if path.startswith(results + os.sep) else path for path in targets))


def _last_line(error):
    lines = (error or "").strip().splitlines()
    return lines[-1] if lines else ""


def stop():
    """For the end of the add-on."""
    HotFolder.panel.stop()
