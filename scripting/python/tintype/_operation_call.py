# Calls the function of an operation for the engine.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib

from . import _operation_outputs
from ._tintype import Image


class Call:
    """What the catalogue holds: takes what is given by the names of the parameters, and gives a list of results."""

    def __init__(self, id, function, parameters, outputs, said):
        self._id = id
        self.function = function
        self.said = said  # to define it again elsewhere
        self._parameters = parameters
        self._outputs = outputs

    def __call__(self, given):
        # What was left out has Python's own default.
        values = {each.name: _value(each, given) for each in self._parameters if each.name in given}
        return _operation_outputs.checked(self._outputs, self.function(**values), self._id)

    def __repr__(self):
        return f"<the function of {self._id}>"


def _value(parameter, given):
    value = given[parameter.name]
    if parameter.kind == "path":
        return pathlib.Path(value)
    if parameter.kind == "image":
        return _image(value, given)
    if parameter.kind == "images":
        return [_image(each, given) for each in value]
    return parameter.from_plain(value)


def _image(value, given):
    """Numbers stand for an image of that colour, rows of numbers for a matrix."""
    if isinstance(value, Image):
        return value
    if isinstance(value, list) and isinstance(value[0], list):
        return Image.new_from_list(value)
    return _first_image(given).new_from_image(value)


def _first_image(given):
    # The catalogue takes no colour without an image beside it.
    values = [part for value in given.values() for part in (value if isinstance(value, list) else [value])]
    return next(value for value in values if isinstance(value, Image))
