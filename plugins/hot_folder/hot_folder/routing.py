# Routing scripts: small Python files that say where results go.
# SPDX-License-Identifier: GPL-3.0-or-later
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
    folder = os.path.dirname(path)
    # As for a script: modules beside the file can be imported.
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        reason = "it ends the program" if isinstance(error, SystemExit) else "it cannot be imported"
        raise tt.ParameterError(f"{path}: {reason}: {type(error).__name__}: {error}") from error
    return module


def scripts(routes):
    """The scripts of a folder in the order of their names, or the one that is given, each with what tells whether it changed."""
    if routes is None:
        return []
    try:
        if not os.path.isdir(routes):
            paths = [routes]
        else:
            names = sorted(name for name in os.listdir(routes) if name.endswith(".py") and not name.startswith((".", "_")))
            paths = [os.path.join(routes, name) for name in names]
        found = [(path, os.stat(path)) for path in paths]
    except OSError as error:
        raise tt.FileError(f"routes: {error.filename}: cannot be read: {error.strerror}") from None
    return [(path, stat.st_mtime_ns, stat.st_size) for path, stat in found]


_loaded = {}  # of this process: a script with its version, and its Handler


def handlers(routes):
    """The Handlers, loaded once in each process, and again where a script has changed. Raises ParameterError or FileError."""
    wanted = scripts(routes)
    for key in [key for key in _loaded if key not in wanted]:
        del _loaded[key]
    for key in wanted:
        if key not in _loaded:
            _loaded[key] = Handler(key[0])
    return [_loaded[key] for key in wanted]


def destinations(routes, results, path, metadata):
    """The folders that the results of a file go to, from all handlers, each once, in their order. Where nobody has anything to
    say it is the folder for results; where only empty lists are said, none."""
    said = [handler.route(path, dict(metadata)) for handler in handlers(routes)]
    lists = [one for one in said if one is not None]
    if not lists:
        return [results]
    return list(dict.fromkeys(os.path.normpath(os.path.join(results, folder)) for one in lists for folder in one))
