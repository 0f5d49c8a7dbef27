# The Python half of `tintype run` and `tintype console`: what they prepare before anything runs.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package of its own, because whoever imports `tintype` loads the image libraries, which a script may not need."""

import sys

# What the command line said; `tintype` looks here, where this package was loaded.
quiet = False
json = False


def start(command, files, is_quiet, is_json):
    """Called by the program once, on the main thread, before the script or the first prompt."""
    global quiet
    quiet = is_quiet
    from . import ending

    ending.install()
    if is_json:
        speak_json()
    if files:
        from . import opening

        opening.open_all(files)
    if command == "run" and sys.argv[:1] == ["-m"]:
        from . import addon_modules

        addon_modules.load(sys.orig_argv)
    if command == "console":
        from . import console

        console.prepare()


def speak_json():
    """From now on the standard error consists of lines of JSON."""
    global json
    json = True
    from . import json_lines

    json_lines.install()
