# Lets `tintype run -m NAME` run an add-on that is on.
# SPDX-License-Identifier: GPL-3.0-or-later
import importlib
import importlib.machinery
import os
import sys


def load(words):
    """Called before the module of `-m NAME` is looked for; `words` are the program's own. An add-on of that name is loaded; where
    it is off, the program ends with what to do about it. Modules that Python finds go first."""
    if len(words) < 3 or words[1] != "-m":
        return
    name = words[2].partition(".")[0]
    is_known = name in sys.modules or name in sys.builtin_module_names
    # The current folder is put on the path only when the module runs.
    if is_known or importlib.machinery.PathFinder.find_spec(name, [os.getcwd(), *sys.path]):
        return
    import tintype as tt

    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        state = next((addon.state for addon in tt.addons.list() if addon.id == name), None)
        if state == "off":
            raise SystemExit(f"tintype: run: {name} is an add-on that is off; switch it on with: tintype addon enable {name}") from None
        if state is not None:
            raise SystemExit(f"tintype: run: {error}") from None
