# Signatures as call tips show them, with what the documentation says of each parameter.
# SPDX-License-Identifier: GPL-3.0-or-later
import ast
import inspect
import re
import types
from typing import NamedTuple

from . import live, reading

_LONGEST_TEXT = 60
_Kind = inspect.Parameter


class Parameter(NamedTuple):
    name: str
    text: str  # as in the signature: sigma, or precision='float'
    kind: object


class Signature(NamedTuple):
    name: str
    parameters: list
    doc: str

    def current(self, argument):
        """The index of the parameter that an Argument is for, or -1."""
        named = [index for index, each in enumerate(self.parameters) if each.name == argument.keyword]
        if argument.keyword:
            return named[0] if named else self._of_kind(_Kind.VAR_KEYWORD)
        by_position = [
            index
            for index, each in enumerate(self.parameters)
            if each.kind in (_Kind.POSITIONAL_ONLY, _Kind.POSITIONAL_OR_KEYWORD)
        ]
        if argument.position < len(by_position):
            return by_position[argument.position]
        return self._of_kind(_Kind.VAR_POSITIONAL)

    def _of_kind(self, kind):
        return next((index for index, each in enumerate(self.parameters) if each.kind is kind), -1)

    def keywords(self, argument):
        """The names that can still be given by name."""
        by_position = 0
        names = []
        for each in self.parameters:
            if each.kind in (_Kind.POSITIONAL_ONLY, _Kind.POSITIONAL_OR_KEYWORD):
                by_position += 1
                if by_position <= argument.position:
                    continue
            if each.kind in (_Kind.POSITIONAL_OR_KEYWORD, _Kind.KEYWORD_ONLY) and each.name not in argument.given:
                names.append(each.name)
        return names

    def help_of(self, index):
        """What the documentation says of the parameter, or of the function."""
        if 0 <= index < len(self.parameters):
            return _parameter_help(self.parameters[index].name, self.doc)
        return ""

    def choices(self, index):
        """The texts that the parameter can be, when the documentation lists them."""
        listed = re.search(r"one of ('.*)$", self.help_of(index))
        try:
            return list(ast.literal_eval(f"[{listed.group(1)}]")) if listed else []
        except (SyntaxError, ValueError):
            return []

    def summary(self):
        return self.doc.strip().partition("\n")[0]


def _parameter_help(name, doc):
    """The line of Tintype's own documentation, or the first paragraph of what numpy's style says."""
    own = re.search(rf"^ +{re.escape(name)} \((.*)$", doc, re.MULTILINE)
    if own:
        return own.group().strip()
    numpys = re.search(rf"^( *){re.escape(name)} ?: ?(.*)\n((?:\1 +\S.*\n?)*)", doc, re.MULTILINE)
    if numpys:
        return " ".join(f"{name}: {numpys.group(2)}. {numpys.group(3)}".split())
    return ""


def of_object(value):
    """The Signature of a live function, class or method; None when it has none that can be told."""
    if not _is_described(value):
        # What is called is a method of its class, and the object itself may answer anything when it is asked.
        value = inspect.getattr_static(type(value), "__call__", None)
        if type(value) is not types.FunctionType:
            return None
        value = types.MethodType(value, object())
    try:
        signature = inspect.signature(value)
    except (ValueError, TypeError):
        return None
    parameters = [Parameter(each.name, _text(each), each.kind) for each in signature.parameters.values()]
    return Signature(getattr(value, "__name__", type(value).__name__), parameters, documentation(value))


def _is_described(value):
    return reading.is_routine(value) or reading.is_class(value) or live.is_ours(live.Live(value))


def of_jedi(found):
    parameters = [Parameter(each.name, _shortened(each.to_string()), each.kind) for each in found.params]
    return Signature(found.name, parameters, found.docstring(raw=True))


def documentation(value):
    """The docstring, without calling properties or code of the object's own."""
    if type(value) is types.MethodType:
        value = value.__func__
    if type(value) in reading.PROPERTIES or _is_described(value):
        doc = inspect.getdoc(value)
    else:
        doc = inspect.getattr_static(value, "__doc__", None)
    return inspect.cleandoc(doc) if type(doc) is str else ""


def _text(parameter):
    # Annotations are long, and what is needed of them stands in the help.
    return _shortened(str(parameter.replace(annotation=inspect.Parameter.empty)))


def _shortened(text):
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
