# Operations as words: `gaussblur:sigma=2`, checked against the catalogue.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re

from .. import _namespaces, _tintype
from .._tintype import ParameterError, Recipe, RecipeError
from . import recipes


def recipe_of(texts):
    """The recipe of operations one after the other, with one input. Raises ParameterError, which names the words."""
    if not texts:
        raise ParameterError("batch: there is no operation")
    nodes = [{"operation": "input", "parameters": {"name": recipes.PLACE}}]
    link = {"node": 0, "output": "out"}
    for text in texts:
        operation, parameters = parse(text)
        source, result = _ends(operation, text)
        nodes.append({"operation": operation, "parameters": {source: link, **parameters}})
        link = {"node": len(nodes) - 1, "output": result}
        try:
            recipe = Recipe.from_json(json.dumps({"tintype": 1, "nodes": nodes, "result": link}))
        except RecipeError as error:
            # Which step it is, the words say better.
            reason = re.sub(r"^step \d+ \([^)]*\): ", "", str(error))
            raise ParameterError(f"{text}: {reason}") from None
    return recipe


def parse(text):
    """The operation and its parameters of `linear:a=[1,2],b=0`."""
    operation, _, rest = text.strip().partition(":")
    parameters = {}
    for part in _parts(rest):
        name, equals, value = part.partition("=")
        name = name.strip()
        if not name.isidentifier():
            raise ParameterError(f"{text}: {part!r} is no parameter; write name=value, as in gaussblur:sigma=2")
        if name in parameters:
            raise ParameterError(f"{text}: {name} is given twice")
        parameters[name] = _value(value.strip()) if equals else True
    return operation, parameters


def _parts(text):
    """What stands between commas outside brackets and quotes."""
    return [part for part in re.findall(r"""(?:\[[^\]]*\]|"[^"]*"|[^,])+""", text) if part.strip()]


def _value(text):
    """Numbers, lists, truth values and quoted texts as JSON has them; what is none of these is a text."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return text if isinstance(value, dict) else value


def _ends(operation, text):
    """The names of the parameter that the picture goes in by, and of the output that it comes out by."""
    if not _namespaces.is_known(operation):
        try:
            _namespaces.unknown(operation)
        except _tintype.UnknownOperationError as error:
            raise ParameterError(f"{text}: {error}") from None
    source, result = _tintype.operation_ends(operation)
    if source is None:
        raise ParameterError(f"{text}: {operation} makes a picture of its own, it takes none")
    if result is None:
        raise ParameterError(f"{text}: {operation} gives no picture, so there is nothing to save")
    return source, result
