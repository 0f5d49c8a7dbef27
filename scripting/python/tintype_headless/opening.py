# Opens what the command line names before a script runs, so that it is in tt.data.images.
# SPDX-License-Identifier: GPL-3.0-or-later
import sys


def open_all(files):
    """The project first, because opening one takes the place of what is open. Ends the run where a file cannot be opened."""
    import tintype as tt

    try:
        for path in sorted(files, key=lambda path: not path.endswith(".tint")):
            if path.endswith(".tint"):
                tt.project.open(path)
            else:
                tt._tintype.open_image(path)
    except tt.Error as error:
        sys.exit(f"tintype: {error}")
