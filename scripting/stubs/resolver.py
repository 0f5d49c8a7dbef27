# What the words in an annotation mean, read from the module that wrote it, and what the stub calls them.
# SPDX-License-Identifier: GPL-3.0-or-later
import ast
import builtins
import importlib.util
import inspect
import re
import sys

WORD = re.compile(r"(?<![\w.'\"])[A-Za-z_]\w*")


class UnknownWord(Exception):
    """An annotation uses a name that its module neither defines nor imports, `if TYPE_CHECKING` included."""


class Resolver:
    """Collects what the stub must import, and the classes of the package that it must declare."""

    def __init__(self, public):
        self._public = public  # class -> its name in the package
        self._imports = {}
        self._modules = set()
        self._tables = {}
        self.private = {}  # class -> its name in the stub; in the order in which they were met

    def require(self, module, *names):
        for name in names:
            self._imports.setdefault(module, set()).add(name)

    def name_of(self, cls):
        if cls in self._public:
            return self._public[cls]
        return self.private.setdefault(cls, cls.__name__ if cls.__name__.startswith("_") else "_" + cls.__name__)

    def text(self, annotation, module):
        """The annotation, a text, in the stub's words."""
        return WORD.sub(lambda word: self._word(word[0], module, annotation), annotation)

    def _word(self, word, module, annotation):
        if hasattr(builtins, word) and word not in vars(sys.modules[module]):
            return word
        found = getattr(sys.modules[module], word, None)
        if inspect.isclass(found) and found.__module__.split(".")[0] == "tintype":
            return self.name_of(found)
        source = self._table(module).get(word)
        if source is None:
            raise UnknownWord(f"{module}: the annotation {annotation!r} uses {word}, which is not imported there")
        return self._import(word, *source)

    def _import(self, word, source, name):
        if name is None:
            self._modules.add(word)
        elif source.startswith("tintype.") and source != "tintype._types":
            return self.name_of(getattr(importlib.import_module(source), name))
        else:
            self.require(source.replace("tintype._types", "._types"), name)
        return word

    def _table(self, module):
        """The names that a module imports: name -> (module, name there)."""
        if module not in self._tables:
            table = self._tables[module] = {}
            package = module if hasattr(sys.modules[module], "__path__") else module.rpartition(".")[0]
            for node in ast.walk(ast.parse(inspect.getsource(sys.modules[module]))):
                if isinstance(node, ast.Import):
                    table.update({item.asname or item.name: (item.name, None) for item in node.names})
                elif isinstance(node, ast.ImportFrom):
                    source = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
                    table.update({item.asname or item.name: (source, item.name) for item in node.names})
        return self._tables[module]

    def lines(self):
        lines = [f"import {module}" for module in sorted(self._modules)]
        order = sorted(self._imports, key=lambda module: (module.startswith("."), module))
        return lines + [f"from {module} import {', '.join(sorted(self._imports[module]))}" for module in order]
