# Writes the type stub of the package: python3 scripting/stubs CATALOGUE.json STUB.pyi, with tintype importable.
# SPDX-License-Identifier: GPL-3.0-or-later
import inspect
import json
import pathlib
import sys

import tintype as tt
from catalogue import Choices, Operation
from layout import class_declaration
from resolver import Resolver
from runtime import UNSAID_OF_IMAGE, Declarations

HEAD = """\
# The types of the package, made from the catalogue and the bindings by tools/stubs; not to be edited by hand.
# SPDX-License-Identifier: GPL-3.0-or-later
"""
# Read, it is an Image or None; set, it takes a name. Checkers know one type for both.
ACTIVE = "active: Any"
PACKAGES = ("parallel",)


class Stub:
    """Puts the declarations together."""

    def __init__(self, catalogue):
        self._choices = Choices(catalogue)
        self._operations = {json["id"]: Operation(json, self._choices) for json in catalogue}
        names = [name for name in tt.__all__ if name != "active"]
        self._things = {name: getattr(tt, name) for name in names}
        classes = {name: thing for name, thing in self._things.items() if inspect.isclass(thing)}
        self._resolver = Resolver({cls: name for name, cls in classes.items()})
        self._resolver.require("collections.abc", "Sequence")
        self._resolver.require("typing", "Any", "Final", "Literal", "TypedDict", "overload", "NoReturn")
        self._resolver.require("._types", "ImageLike", "Memory", "Numeric", "WholeNumbers")
        self._declarations = Declarations(self._resolver)

    def text(self):
        blocks = [self._public(name, thing) for name, thing in self._things.items()]
        blocks.append([ACTIVE, "__version__: str", "__all__ = [", *(f'    "{name}",' for name in tt.__all__), "]"])
        private = self._private_classes()
        constants = [self._constants(name) for name in self._choices.names() if hasattr(tt, name) and name not in self._things]
        found = [lines for operation in self._operations.values() if (lines := operation.found_class())]
        everything = [self._resolver.lines(), _packages(), self._choices.lines(), *found, *private, *constants, *blocks]
        return HEAD + "\n\n".join("\n".join(lines) for lines in everything) + "\n"

    def _public(self, name, thing):
        if thing is tt.Image:
            return self._declarations.cls(tt.Image, name, self._image_members())
        if inspect.isclass(thing):
            return self._declarations.cls(thing, name, self._declarations.members(thing))
        if type(thing).__module__.startswith("tintype."):
            return [f"{name}: {self._resolver.name_of(type(thing))}"]
        return self._declarations.function(name, thing, name)

    def _image_members(self):
        members = self._declarations.members(tt.Image, UNSAID_OF_IMAGE | self._operations_of_image())
        return members + [self._operations[id].of_image() for id in sorted(self._operations_of_image())]

    def _operations_of_image(self):
        """The ids of those that no method written in Python stands before."""
        return {id for id in self._operations if not inspect.isfunction(vars(tt.Image).get(id))}

    def _private_classes(self):
        """The classes that the public things led to, those that these led to, and so on."""
        blocks = []
        done = 0
        while done < len(self._resolver.private):
            cls, name = list(self._resolver.private.items())[done]
            members = self._document_operations() if cls is type(tt.ops) else self._declarations.members(cls)
            blocks.append(self._declarations.cls(cls, name, members))
            done += 1
        return blocks

    def _document_operations(self):
        return [self._operations[id].of_document() for id in sorted(self._operations)]

    @staticmethod
    def _constants(name):
        values = vars(getattr(tt, name))
        lines = [[f'{key}: Final = "{value}"'] for key, value in values.items() if key[:1].isupper()]
        return class_declaration(name, [], "", lines)


def _packages():
    return [f"from . import {name} as {name}" for name in PACKAGES]


def package_text(package):
    """The stub of a package in tintype, such as tintype.parallel."""
    things = {name: getattr(package, name) for name in package.__all__}
    outer = {getattr(tt, name): name for name in tt.__all__ if inspect.isclass(getattr(tt, name))}
    resolver = Resolver(outer | {cls: name for name, cls in things.items() if inspect.isclass(cls)})
    declarations = Declarations(resolver)
    blocks = []
    for name, thing in things.items():
        if inspect.isclass(thing):
            blocks.append(declarations.cls(thing, name, declarations.members(thing)))
            used = [outer[base] for base in thing.__bases__ if base in outer]
            resolver.require("..", *used)
        else:
            blocks.append(declarations.function(name, thing, name))
    blocks.append(["__all__ = [", *(f'    "{name}",' for name in package.__all__), "]"])
    return HEAD + "\n\n".join("\n".join(lines) for lines in [resolver.lines(), *blocks]) + "\n"


def _own(catalogue):
    """Without what add-ons bring on this machine."""
    return [operation for operation in catalogue if not operation["origin"]]


def main():
    catalogue, stub = map(pathlib.Path, sys.argv[1:])
    stub.write_text(Stub(_own(json.loads(catalogue.read_text(encoding="utf-8")))).text(), encoding="utf-8")
    for name in PACKAGES:
        folder = stub.parent / name
        folder.mkdir(exist_ok=True)
        (folder / "__init__.pyi").write_text(package_text(getattr(tt, name)), encoding="utf-8")


if __name__ == "__main__":
    main()
