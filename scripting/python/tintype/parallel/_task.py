# What is done with each item.
# SPDX-License-Identifier: GPL-3.0-or-later
class Task:
    """A function; with `star`, an item is its arguments."""

    def __init__(self, function, star=False):
        self.function = function
        self.star = star

    def __call__(self, item):
        return self.function(*item) if self.star else self.function(item)

    @property
    def name(self):
        """For messages."""
        return getattr(self.function, "__qualname__", None) or repr(self.function)


def call(function, arguments, keywords):
    """The function of `submit`, whose items are calls."""
    return function(*arguments, **keywords)
