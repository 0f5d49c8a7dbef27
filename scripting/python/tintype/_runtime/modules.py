# Modules that lie beside a script: each run reads them anew, as a fresh Python would.
# SPDX-License-Identifier: GPL-3.0-or-later
"""All scripts of the window share sys.modules. Without this, a helper that was edited would go on running as it was, and
two folders with a helper of the same name would share one of the two.
"""
import importlib
import os
import sys

_script_folders = set()


def begin_script(folder):
    """Forgets what earlier scripts imported from beside themselves; what still runs keeps its own references."""
    shared = [each for each in sys.path if each and each not in _script_folders]
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        # A compiled module cannot be loaded a second time, and `__main__` answers for the script that asks.
        if name == "__main__" or not isinstance(file, str) or not file.endswith(".py"):
            continue
        if _lies_in(file, _script_folders) and not _lies_in(file, shared):
            sys.modules.pop(name, None)
    if folder:
        _script_folders.add(folder)
        importlib.invalidate_caches()


def _lies_in(file, folders):
    return any(file.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)
