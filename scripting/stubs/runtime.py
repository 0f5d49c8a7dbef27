# From what is there at run time, functions and classes of Python and of the extension module, to declarations.
# SPDX-License-Identifier: GPL-3.0-or-later
import inspect
import re
import typing

from layout import class_declaration, declaration, first_line, value_text

# What C++ says less exactly than it could.
REFINED = {
    "Image.axes": "dict[str, int | list[str]]",
    "Image.get": "Metadata",
}
# Every class has these, or only Python itself asks for them.
UNSAID = {
    "__module__", "__doc__", "__dict__", "__weakref__", "__slots__", "__orig_bases__", "__parameters__", "__annotations__",
    "__abstractmethods__", "__reduce__", "__reduce_ex__", "__str__",
}  # fmt: skip
# Names of add-ons are unknown here, and misspelt ones should be found.
UNSAID_OF_IMAGE = {"__getattr__"}
NATIVE = re.compile(r"^\w*\((?P<parameters>.*)\) -> (?P<result>.+)$")
GETTER = re.compile(r"^:type: (.+)$", re.MULTILINE)
# Comparisons, which object answers with a bool.
PROTOCOL = {"__eq__", "__ne__"}


class Untyped(Exception):
    """Something public without annotations."""


def _native_type(text):
    text = re.sub(r"\btintype\.", "", text)
    text = re.sub(r"\bList\[", "list[", text)
    return re.sub(r"\bOptional\[([^\[\]]*)\]", r"\1 | None", text)


class Declarations:
    """Declares things; `resolver` says what the words of their annotations mean."""

    def __init__(self, resolver):
        self._resolver = resolver

    def function(self, name, function, path, decorators=()):
        if not inspect.isfunction(function):
            return self._native(name, function, path, decorators)
        signature = inspect.signature(function)
        # What contextlib.contextmanager made belongs to contextlib, what it wraps to us.
        inner = inspect.unwrap(function)
        if inner is not function and function.__code__.co_filename.endswith("contextlib.py"):
            self._resolver.require("contextlib", "contextmanager")
            decorators = ["contextmanager", *decorators]
        typed = [self._parameter(item, index, inner, path) for index, item in enumerate(signature.parameters.values())]
        parameters = _with_markers(list(signature.parameters.values()), typed)
        result = self._annotation(signature.return_annotation, inner.__module__, path)
        ignore = "override" if name in PROTOCOL and result != "bool" else ""
        return declaration(name, parameters, result, first_line(function.__doc__), decorators, ignore)

    def _annotation(self, annotation, module, path):
        if annotation is inspect.Signature.empty:
            raise Untyped(f"{path} in {module} has a parameter or a result without annotation")
        if isinstance(annotation, typing.ForwardRef):  # of a NamedTuple
            annotation = annotation.__forward_arg__
        text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
        return self._resolver.text(text, module)

    def _parameter(self, item, index, function, path):
        stars = {item.VAR_POSITIONAL: "*", item.VAR_KEYWORD: "**"}.get(item.kind, "")
        if index == 0 and item.name in ("self", "cls"):
            return item.name
        text = f"{stars}{item.name}: {self._annotation(item.annotation, function.__module__, path)}"
        if item.default is item.empty:
            return text
        plain = item.default is None or type(item.default) in (bool, int, float, str)
        return f"{text} = {value_text(item.default) if plain else '...'}"

    def _native(self, name, function, path, decorators):
        """A function of pybind11, which writes its signature into the first line of the documentation."""
        head, _, doc = function.__doc__.partition("\n")
        match = NATIVE.match(head)
        if not match:
            raise Untyped(f"{path}: the extension module does not say its types, but {head!r}")
        parameters = [_native_type(text) for text in match["parameters"].split(", ") if text]
        if parameters and parameters[0].startswith("self: "):
            parameters[0] = "self"
        return declaration(name, parameters, self._native_result(path, match), first_line(doc), decorators)

    def _native_result(self, path, match):
        result = REFINED.get(path) or _native_type(match["result"])
        if "Metadata" in result:
            self._resolver.require("._types", "Metadata")
        return result

    def property(self, name, item, path):
        if inspect.isfunction(item.fget):
            result = self._annotation(inspect.signature(item.fget).return_annotation, item.fget.__module__, path)
        else:
            result = self._native_result(path, NATIVE.match(item.fget.__doc__.strip().split("\n")[0]))
        lines = declaration(name, ["self"], result, first_line(item.__doc__), ["property"])
        if item.fset is not None:
            value = list(inspect.signature(item.fset).parameters.values())[1]
            kind = self._annotation(value.annotation, item.fset.__module__, path)
            lines += declaration(name, ["self", f"{value.name}: {kind}"], "None", "", [f"{name}.setter"])
        return lines

    def members(self, cls, skip=()):
        """Lines for each public member that the class itself defines, without those of `skip`."""
        found = []
        annotated = inspect.get_annotations(cls)
        for name, kind in annotated.items():
            if not name.startswith("_"):
                found.append([f"{name}: {self._annotation(kind, cls.__module__, cls.__name__)}"])
        if typing.NamedTuple in getattr(cls, "__orig_bases__", ()):
            return found
        for name, item in vars(cls).items():
            special = name.startswith("__") and name.endswith("__")
            if name in UNSAID or name in skip or name in annotated or (name.startswith("_") and not special):
                continue
            lines = self._member(cls, name, item)
            if lines:
                found.append(lines)
        return found

    def _member(self, cls, name, item):
        path = f"{cls.__name__}.{name}"
        if isinstance(item, property):
            return self.property(name, item, path)
        if inspect.isgetsetdescriptor(item):
            kind = GETTER.search(item.__doc__ or "")
            if not kind:
                raise Untyped(f"{path}: the extension module does not say its type at the end of the documentation")
            return declaration(name, ["self"], kind[1], first_line(item.__doc__), ["property"])
        if name == "__init__" and not inspect.isfunction(item):
            # A class of the extension module that only the package makes.
            return declaration(name, ["self", "*args: NoReturn", "**kwargs: NoReturn"], "None")
        if name == "__new__":
            return self.function(name, item.__func__, path)
        if isinstance(item, (staticmethod, classmethod)):
            return self.function(name, item.__func__, path, [type(item).__name__])
        if name == "__hash__":
            return declaration(name, ["self"], "int") if item else []
        if inspect.isfunction(item) or type(item).__name__ in ("instancemethod", "builtin_function_or_method"):
            return self.function(name, item, path)
        return [f"{name}: {type(item).__name__}"] if isinstance(item, (int, float, str)) else []

    def cls(self, cls, name, members):
        bases = [self._base(base, cls) for base in getattr(cls, "__orig_bases__", cls.__bases__)]
        return class_declaration(name, [base for base in bases if base], first_line(cls.__doc__), members)

    def _base(self, base, cls):
        if base is typing.NamedTuple:
            self._resolver.require("typing", "NamedTuple")
            return "NamedTuple"
        if base is object or getattr(base, "__name__", "").startswith("pybind11_"):
            return ""
        if inspect.isclass(base) and not hasattr(base, "__origin__"):
            return base.__name__ if base.__module__ == "builtins" else self._resolver.name_of(base)
        text = inspect.formatannotation(base)
        return self._resolver.text(re.sub(r"\b(?:collections\.abc|typing|tintype)\.", "", text), cls.__module__)


def _with_markers(items, typed):
    """The parameters with `/` and `*` where they belong."""
    texts, starred = [], False
    for index, (item, text) in enumerate(zip(items, typed)):
        if item.kind is item.KEYWORD_ONLY and not starred:
            texts.append("*")
        starred = starred or item.kind in (item.KEYWORD_ONLY, item.VAR_POSITIONAL)
        texts.append(text)
        following = items[index + 1] if index + 1 < len(items) else None
        if item.kind is item.POSITIONAL_ONLY and (following is None or following.kind is not item.POSITIONAL_ONLY):
            texts.append("/")
    return texts
