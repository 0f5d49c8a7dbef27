# Routing scripts: small Python files that say where results go.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import importlib.util
import os
import sys

import tintype as tt


class Handler:
    """One script, imported."""

    def __init__(self, path):
        self.path = path
        self._is_connected = False
        self._module = _import(path)
        if not callable(getattr(self._module, "route", None)):
            raise tt.ParameterError(f"{path}: there is no function route(path, metadata) in this script")
        on_load = getattr(self._module, "on_load", None)
        if on_load is not None and not callable(on_load):
            raise tt.ParameterError(f"{path}: on_load must be a function, not {on_load!r}")

    def route(self, path, metadata):
        """The destinations that it names, a list of texts, or None when it has nothing to say."""
        if not self._is_connected:
            # One that has failed is called again for the next file.
            getattr(self._module, "on_load", lambda: None)()
            self._is_connected = True
        given = self._module.route(path, metadata)
        if given is None:
            return None
        if not isinstance(given, (list, tuple, set, frozenset)):
            raise tt.ParameterError(f"{self.path}: route must return a list of folders or None, not {given!r}")
        return [self._folder(one) for one in given]

    def _folder(self, one):
        text = os.fspath(one) if isinstance(one, os.PathLike) else one
        if not isinstance(text, str) or not text or "\0" in text:
            raise tt.ParameterError(f"{self.path}: route must return folders as texts or paths, not {one!r}")
        return text


def _import(path):
    name = "hot_folder_route_" + os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except tt.Cancelled:
        raise
    except BaseException as error:
        reason = "it cannot be imported" if isinstance(error, Exception) else "it ends the program"
        raise tt.ParameterError(f"{path}: {reason}: {type(error).__name__}: {error}") from error
    return module


def _look(routes):
    """(the scripts in the order of their names, what tells whether anything in their folder changed)."""
    try:
        if not os.path.isdir(routes):
            paths = [routes]
        else:
            paths = [os.path.join(routes, name) for name in sorted(os.listdir(routes)) if name.endswith(".py") and not name.startswith(".")]
        version = [(path, os.stat(path).st_mtime_ns, os.stat(path).st_size) for path in paths]
    except OSError as error:
        raise tt.FileError(f"routes: {error.filename}: cannot be read: {error.strerror}") from None
    return [path for path in paths if path == routes or not os.path.basename(path).startswith("_")], version


class Routes:
    """The scripts of one folder, or a single one, loaded. Modules that lie beside them are theirs alone: scripts of another hot
    folder may have others of the same names."""

    def __init__(self, routes):
        self._folder = routes if os.path.isdir(routes) else os.path.dirname(routes)
        self._modules = {}
        paths, self.version = _look(routes)
        with self._among_its_own():
            self._handlers = [Handler(path) for path in paths]

    def ask(self, path, metadata):
        """What each of them says, in their order."""
        with self._among_its_own():
            return [handler.route(path, dict(metadata)) for handler in self._handlers]

    @contextlib.contextmanager
    def _among_its_own(self):
        """As for a script, modules beside the file can be imported; a worker does one thing at a time."""
        sys.path.insert(0, self._folder)
        sys.modules.update(self._modules)
        # What was not there before must be seen.
        importlib.invalidate_caches()
        try:
            yield
        finally:
            sys.path.remove(self._folder)
            inside = self._folder.rstrip(os.sep) + os.sep
            for name, module in list(sys.modules.items()):
                if str(getattr(module, "__file__", None) or "").startswith(inside):
                    self._modules[name] = sys.modules.pop(name)


_loaded = {}  # of this process: the Routes by their folder


def _routes(folder):
    """The scripts, loaded once in each process, and again when one of them, or what lies beside them, has changed."""
    known = _loaded.get(folder)
    if known is None or known.version != _look(folder)[1]:
        known = _loaded[folder] = Routes(folder)
    return known


def destinations(routes, results, path, metadata):
    """The folders that the results of a file go to, from all scripts, each once, in their order. Where nobody has anything to
    say it is the folder for results; where only empty lists are said, none."""
    said = _routes(routes).ask(path, metadata) if routes is not None else []
    lists = [one for one in said if one is not None]
    if not lists:
        return [results]
    return list(dict.fromkeys(os.path.normpath(os.path.join(results, folder)) for one in lists for folder in one))
