# Processes that scripts start begin afresh, and import the script from its file.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A child that is forked after libvips has run hangs, so the default start method is spawn. A spawned child imports the
script that started it, and three mistakes make a pool start children for ever, each of which ends at once: the script is in no
file, or not in the file as it runs, or it starts processes again when it is imported. They are said where they are made.
"""
import contextlib
import importlib.machinery
import sys
import threading

_CONTEXT = "multiprocessing.context"
_SPAWN = "multiprocessing.spawn"
_REDUCTION = "multiprocessing.reduction"

_NO_FILE = "is in no file"
_CHANGED = "has changed since it was saved"

_has_spawned = False
_starting = threading.local()  # has `alone` while this thread starts a process that needs no script


@contextlib.contextmanager
def without_script():
    """A process that is started meanwhile does not import the script."""
    _starting.alone = True
    try:
        yield
    finally:
        del _starting.alone


def _spawn_by_default(context):
    # The default, not the choice: set_start_method may still be called once.
    context._default_context._default_context = context._concrete_contexts["spawn"]


def _why_children_cannot_import(main):
    """Why a new process would not find what this `__main__` defines; None when it would."""
    if getattr(main, "__spec__", None) is not None:
        return None
    path = getattr(main, "__file__", None)
    if path is None:
        return _NO_FILE
    import linecache

    # The window leaves the text that runs in this cache when it does not come from the file.
    entry = linecache.cache.get(path)
    if entry is None or len(entry) == 1 or entry[1] is not None:
        return None
    try:
        with open(path, encoding="utf-8") as file:
            return None if file.read().splitlines() == "".join(entry[2]).splitlines() else _CHANGED
    except (OSError, UnicodeDecodeError):
        return None


def _unconditional_line(main):
    """The line of the script, outside any condition, that is running now; None when there is none."""
    frame = sys._getframe()
    names = main.__dict__
    while frame is not None and not (frame.f_code.co_name == "<module>" and frame.f_globals is names):
        frame = frame.f_back
    if frame is None:
        return None
    import ast
    import linecache

    try:
        tree = ast.parse("".join(linecache.getlines(frame.f_code.co_filename)))
    except (SyntaxError, ValueError):
        return None
    for statement in tree.body:
        if statement.lineno <= frame.f_lineno <= statement.end_lineno:
            return None if isinstance(statement, (ast.If, ast.Match)) else frame.f_lineno
    return None


def _watch_spawning(spawn):
    prepare = spawn.get_preparation_data

    def get_preparation_data(name):
        global _has_spawned
        data = prepare(name)
        if hasattr(_starting, "alone"):
            return {key: value for key, value in data.items() if key not in ("init_main_from_name", "init_main_from_path")}
        _has_spawned = True
        main = sys.modules["__main__"]
        line = _unconditional_line(main) if {"init_main_from_name", "init_main_from_path"} & data.keys() else None
        if line is not None:
            raise RuntimeError(
                f"An attempt has been made to start a new process in line {line} of the script, which every new process would "
                "run again, because it imports the script. Put what the script does, but for its functions, below the line\n"
                "    if __name__ == '__main__':"
            )
        if _why_children_cannot_import(main) == _CHANGED:
            raise RuntimeError(
                f"The script {_CHANGED}, but the processes that it starts read it from the file {main.__file__}: save it, "
                "then run it again."
            )
        return data

    spawn.get_preparation_data = get_preparation_data


def _watch_pickling(reduction):
    import pickle
    import types
    from multiprocessing import util

    from . import _segments, _travel
    from ._tintype import Image

    # After those of multiprocessing itself, which wait for the processes.
    util.Finalize(None, _segments.remove_unread, exitpriority=-10)

    def reducer_override(self, value):
        if not isinstance(value, (type, types.FunctionType)) or value.__module__ != "__main__":
            return NotImplemented
        main = sys.modules["__main__"]
        # A forked child has the script in its memory.
        if not _has_spawned or _why_children_cannot_import(main) != _NO_FILE:
            return NotImplemented
        if value.__name__ == "<lambda>" or getattr(main, value.__name__, None) is not value:
            return NotImplemented
        raise pickle.PicklingError(
            f"{value.__qualname__} {_NO_FILE}, and other processes can only import it from one: save what defines it as a "
            "script or a module"
        )

    reduction.ForkingPickler.reducer_override = reducer_override
    reduction.ForkingPickler.register(Image, _travel.reduce_image_for_process)


_HOOKS = {_CONTEXT: _spawn_by_default, _SPAWN: _watch_spawning, _REDUCTION: _watch_pickling}


class _Finder:
    """Waits for parts of multiprocessing to be imported, which costs too much to be done for everybody."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in _HOOKS:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None:
            spec.loader = _Loader(spec.loader, _HOOKS[name])
        return spec


class _Loader:
    def __init__(self, loader, hook):
        self._loader = loader
        self._hook = hook

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._hook(module)


def install():
    for name, hook in _HOOKS.items():
        if name in sys.modules:
            hook(sys.modules[name])
    sys.meta_path.insert(0, _Finder)
