# What the rest of the package uses of tt.parallel, beside what everybody may use.
# SPDX-License-Identifier: GPL-3.0-or-later
from . import _executors, _nesting, _pickling, _run, _task


def share():
    """How many cores the calling code may use: all, or inside of a worker its part."""
    return _nesting.share()


def check_executor(name):
    """Raises ParameterError for one that there is not."""
    _executors.find(name)


def check_travel(function):
    """Raises UnpicklableError, which names what of it cannot travel to another process."""
    _pickling.pack_task(_task.Task(function))


class Run(_run.Run):
    """A function on each item; `as_they_come` generates (index, result or Failure), and `stop` ends what runs."""

    def __init__(self, function, items, executor, workers, timeout):
        super().__init__(function, items, False, executor, workers, timeout, None, "return")
