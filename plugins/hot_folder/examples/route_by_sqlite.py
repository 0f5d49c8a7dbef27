# A routing script that asks an SQLite database: the barcode that the recipe has read, or else the file's name, says where it goes.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The database has a table `destination (barcode TEXT, folder TEXT)`; a barcode may have several folders."""
import pathlib
import sqlite3

# Change these in your copy.
DATABASE = pathlib.Path(__file__).with_name("destinations.sqlite")
UNKNOWN = "unknown"

connection = None


def on_load():
    """Called once in each worker, before the first file."""
    global connection
    # For reading only, so that a name that was mistyped makes no empty database.
    connection = sqlite3.connect(f"{DATABASE.absolute().as_uri()}?mode=ro", uri=True, timeout=10, check_same_thread=False)


def route(path, metadata):
    """The folders of the picture's barcode."""
    barcode = metadata.get("barcode", path.stem)
    rows = connection.execute("SELECT folder FROM destination WHERE barcode = ? ORDER BY folder", (barcode,))
    return [folder for (folder,) in rows] or [UNKNOWN]
