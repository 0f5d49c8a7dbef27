# What is done with each item.
# SPDX-License-Identifier: GPL-3.0-or-later
from .. import _operation_travel


class Task:
    """A function; with `star`, an item is its arguments."""

    def __init__(self, function, star=False):
        self.function = function
        self.star = star

    def __reduce__(self):
        # The function may use operations that the program has defined.
        return _arrived, (self.function, self.star, _operation_travel.all_that_can())

    def __call__(self, item):
        return self.function(*item) if self.star else self.function(item)

    @property
    def name(self):
        """For messages."""
        return getattr(self.function, "__qualname__", None) or repr(self.function)


def _arrived(function, star, operations):
    _operation_travel.arrive(operations)
    return Task(function, star)


def call(function, arguments, keywords):
    """The function of `submit`, whose items are calls."""
    return function(*arguments, **keywords)
