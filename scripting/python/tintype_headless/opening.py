# Opens what the command line names before a script runs, so that it is in tt.data.images.
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

import tintype_headless


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
        if tintype_headless.json:
            from tintype_headless import json_lines

            json_lines.tell_error(error)
            sys.exit(1)
        sys.exit(f"tintype: {error}")
