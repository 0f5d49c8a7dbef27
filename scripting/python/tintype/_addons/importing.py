# The modules of add-ons: imported under their own names, and forgotten without a trace.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import importlib.machinery
import importlib.util
import linecache
import os
import sys
import threading

from .errors import AddonError, text_of


def check_name(manifest):
    """An add-on must not take the place of a module that others mean."""
    known = sys.modules.get(manifest.id)
    # Past our own finder, which would load the add-on. Where it is developed, its folder may well be on sys.path.
    spec = known.__spec__ if known else importlib.machinery.PathFinder.find_spec(manifest.id)
    # A folder without code of its own, such as that of the add-on itself, is nobody's module.
    is_taken = spec and spec.origin and not _is_same_file(spec.origin, manifest.code)
    if known or is_taken:
        where = getattr(spec, "origin", None) or "Python itself"
        said = f"is the name of a Python module that is there already: {where}; choose another"
        raise AddonError(f"{manifest.path}: id {manifest.id!r} {said}")


def check_syntax(manifest):
    """Whether Python can read its code, as far as one of this id that is on has loaded it. Raises AddonError."""
    inside = [manifest.code.parent.joinpath(*name.split(".")[1:]) for name in _modules_of(manifest.id) if "." in name]
    submodules = [file for path in inside for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()]
    for file in [manifest.code, *submodules]:
        try:
            compile(file.read_bytes(), str(file), "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OSError) as error:
            raise AddonError(f"{manifest.name} ({manifest.id}): {text_of(error).strip()}") from None


def _is_same_file(one, other):
    return one is not None and os.path.realpath(one) == os.path.realpath(other)


def import_code(manifest):
    """Runs the add-on's code and returns its module, which is in sys.modules from the beginning.

    Without the import lock of its name: whoever imports it meanwhile waits for it, perhaps holding that lock.
    """
    code = str(manifest.code)
    package = [os.path.dirname(code)] if os.path.basename(code) == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(manifest.id, code, submodule_search_locations=package)
    module = importlib.util.module_from_spec(spec)
    sys.modules[manifest.id] = module
    spec.loader.exec_module(module)
    return module


def _modules_of(id):
    return [name for name in list(sys.modules) if name == id or name.startswith(id + ".")]


def forget(manifest):
    """Takes its modules out of sys.modules, and its lines out of the caches of tracebacks and of the import system."""
    inside = str(manifest.path) + os.sep
    for name in _modules_of(manifest.id):
        sys.modules.pop(name, None)
    for file in [file for file in list(linecache.cache) if file == str(manifest.path) or file.startswith(inside)]:
        linecache.cache.pop(file, None)
    for folder in [folder for folder in list(sys.path_importer_cache) if (folder + os.sep).startswith(inside)]:
        sys.path_importer_cache.pop(folder, None)


def forget_compiled(manifest):
    """For code that was edited: Python knows its compiled files by second and length only."""
    files = manifest.code.parent.rglob("*.py") if manifest.path.is_dir() else [manifest.path]
    for file in files:
        with contextlib.suppress(OSError, NotImplementedError):
            os.unlink(importlib.util.cache_from_source(str(file)))


@contextlib.contextmanager
def _parts_given_up(id):
    """Whoever imports `id.part` first has Python's lock of the part while it waits here; the start, on its own thread, wants it too."""
    locks = [(name, known()) for name, known in list(importlib._bootstrap._module_locks.items())]
    mine = [lock for name, lock in locks if lock is not None and name.startswith(id + ".") and lock.owner == threading.get_ident()]
    for lock in mine:
        lock.release()
    try:
        yield
    finally:
        # Python looks whether the part is there by now.
        for lock in mine:
            lock.acquire()


class _Awaiting:
    """A loader for the module that an add-on's start brings. It waits here, and not where a module is looked for: while one is,
    no other thread can import anything, which the start must."""

    def __init__(self, bring):
        self._bring = bring
        self._spec = None

    def create_module(self, spec):
        with _parts_given_up(spec.name):
            reason = self._bring(spec.name)
        module = sys.modules.get(spec.name)
        if module is None:
            raise ModuleNotFoundError(f"No module named {spec.name!r}: {reason}", name=spec.name)
        self._spec = module.__spec__
        return module

    def exec_module(self, module):
        module.__spec__ = self._spec


def awaiting_spec(id, bring):
    """For the import system: `import id` calls `bring` with it and gives the module that is there then, as it is; what `bring`
    returns is why there is none."""
    return importlib.machinery.ModuleSpec(id, _Awaiting(bring))
