# Tells whether a function is still the one that a batch was begun with.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fingerprint covers a function's code and constants, its defaults, what it closes over, the globals that it uses, and the
files of modules that are not installed. Installed packages stand for themselves by their names."""
import functools
import hashlib
import os
import pickle
import site
import sys
import sysconfig
import types

from .._tintype import Image, Recipe

_PLAIN = (type(None), bool, int, float, complex, str, bytes, type(...))
_LIBRARIES = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")] + site.getsitepackages()
_INSTALLED = tuple(
    os.path.realpath(path) + os.sep for path in [*_LIBRARIES, os.path.dirname(os.path.dirname(__file__))]
)


def of(value):
    """The fingerprint as a text; None where something in it has no content that could be compared."""
    digest = _Digest()
    try:
        digest.add(value)
    except _Unknown:
        return None
    return digest.text()


class _Unknown(Exception):
    pass


class _Digest:
    def __init__(self):
        self._hash = hashlib.sha256()
        self._seen = {}  # by the address: how many came before, and what was added, kept so that no other takes its place

    def text(self):
        return self._hash.hexdigest()

    def _note(self, *texts):
        for text in texts:
            data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
            self._hash.update(len(data).to_bytes(8, "little") + data)

    def add(self, value):
        kind = type(value)
        if kind in _PLAIN:
            return self._note(kind.__name__, repr(value))
        if id(value) in self._seen:
            return self._note("seen", str(self._seen[id(value)][0]))
        self._seen[id(value)] = (len(self._seen), value)
        self._note(kind.__name__)
        if isinstance(value, (tuple, list)):
            return self._all(value)
        if isinstance(value, (set, frozenset)):
            return self._note(*sorted(of(part) or self._unknown() for part in value))
        if isinstance(value, dict):
            return self._all(part for item in value.items() for part in item)
        return self._add_object(value)

    def _all(self, parts):
        parts = list(parts)
        self._note(str(len(parts)))
        for part in parts:
            self.add(part)

    @staticmethod
    def _unknown():
        raise _Unknown

    def _add_object(self, value):
        if isinstance(value, types.CodeType):
            self._note(value.co_code)
            self._all((value.co_consts, value.co_names, value.co_varnames))
        elif isinstance(value, types.FunctionType):
            self._add_function(value)
        elif isinstance(value, types.MethodType):
            self._all((value.__func__, value.__self__))
        elif isinstance(value, functools.partial):
            self._all((value.func, value.args, value.keywords))
        elif isinstance(value, types.ModuleType):
            self._add_module(value)
        elif isinstance(value, type):
            self._add_class(value)
        elif isinstance(value, (Image, Recipe)):
            self._add_recipe(value)
        elif isinstance(value, types.BuiltinFunctionType):
            self._note(str(value.__module__), value.__qualname__)
        else:
            self._add_instance(value)

    def _add_function(self, function):
        if hasattr(function, "__wrapped__"):
            self.add(function.__wrapped__)
        self._add_home(function)
        cells = [cell.cell_contents for cell in function.__closure__ or () if _is_filled(cell)]
        self._all((function.__code__, function.__defaults__, function.__kwdefaults__, cells))
        for name in sorted(_names(function.__code__)):
            if name in function.__globals__:
                self._note(name)
                self.add(function.__globals__[name])

    def _add_class(self, value):
        self._note(value.__module__, value.__qualname__)
        if value.__module__ == "__main__":
            self._all(part for name, part in sorted(vars(value).items()) if isinstance(part, types.FunctionType))
        else:
            self._add_home(value)

    def _add_home(self, value):
        """The file that it comes from; the main script is known by what is used of it."""
        module = sys.modules.get(value.__module__)
        if module is not None and value.__module__ != "__main__":
            self.add(module)

    def _add_module(self, module):
        self._note(module.__name__)
        file = getattr(module, "__file__", None)
        if file is None or module.__name__ == "__main__" or os.path.realpath(file).startswith(_INSTALLED):
            return
        try:
            with open(file, "rb") as source:
                self._note(hashlib.file_digest(source, "sha256").digest())
        except OSError:
            self._unknown()
        for _, value in sorted(vars(module).items()):
            home = value if isinstance(value, types.ModuleType) else sys.modules.get(getattr(value, "__module__", None))
            if home is not None and home is not module:
                self.add(home)

    def _add_recipe(self, value):
        try:
            self._note((value.recipe if isinstance(value, Image) else value).to_json())
        except Exception:
            self._unknown()

    def _add_instance(self, value):
        self.add(type(value))
        try:
            self._note(pickle.dumps(value, 4))
        except Exception:
            self._unknown()


def _is_filled(cell):
    try:
        cell.cell_contents
    except ValueError:
        return False
    return True


def _names(code):
    """The global names that the code uses, and the functions in it."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _names(constant)
    return names
