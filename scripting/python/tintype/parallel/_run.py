# Hands items to a crew and results to the caller.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import operator

from .. import _progress, _tintype
from .._tintype import ParameterError
from . import _executors, _failures
from ._task import Task

SECONDS = 0.5  # a crew is asked at least so often
_END = object()


def checked_items(items):
    """(an iterator, how many there are; None when nobody knows)"""
    try:
        return iter(items), operator.length_hint(items, 0) if hasattr(items, "__len__") else None
    except TypeError:
        raise ParameterError(f"tt.parallel: items must be something to go through, not {type(items).__name__}") from None


class Run:
    """One call of map or of its relatives, with its parameters checked."""

    def __init__(self, function, items, star, executor, workers, timeout, title, on_error):
        if not callable(function):
            raise ParameterError(f"tt.parallel: a function is needed, not {type(function).__name__}")
        if on_error not in ("raise", "return"):
            raise ParameterError(f"tt.parallel: on_error must be 'raise' or 'return', not {on_error!r}")
        if workers is not None and (isinstance(workers, bool) or not isinstance(workers, int) or workers < 1):
            raise ParameterError(f"tt.parallel: workers must be 1 or more, not {workers!r}")
        self._items, self._count = checked_items(items)
        self._timeout = checked_timeout(timeout)
        self._title = title
        self._raises = on_error == "raise"
        self._crew = _executors.start(executor, Task(function, star), workers, self._timeout)

    def stop(self):
        """Ends what runs: for a caller that is stopped between two results."""
        self._crew.stop()

    def as_they_come(self):
        """Generates (index, result or Failure)."""
        return self._shown(self._at_once())

    def in_order(self):
        """Generates results and Failures in the order of the items."""
        return self._shown(self._held_back())

    def _shown(self, results):
        return results if self._title is None else _progress.progress(results, self._title, self._count)

    def _checked(self, went_well, value):
        if not went_well and self._raises:
            _failures.raise_failure(value)
        return value

    def _at_once(self):
        with contextlib.closing(self._outcomes()) as outcomes:
            for index, went_well, value in outcomes:
                yield index, self._checked(went_well, value)

    def _held_back(self):
        held = {}
        due = 0
        with contextlib.closing(self._outcomes()) as outcomes, contextlib.suppress(StopIteration):
            index, *outcome = next(outcomes)
            while True:
                held[index] = outcome
                while due in held:
                    yield self._checked(*held.pop(due))
                    due += 1
                index, *outcome = outcomes.send(len(held))

    def _outcomes(self):
        """Generates (index, whether it went well, value); what is sent to it is how many of them wait for others."""
        crew = self._crew
        numbered = enumerate(self._items)
        pending = waiting = 0
        is_over = False
        try:
            while pending or not is_over:
                while not is_over and crew.room() > waiting:
                    index, item = next(numbered, (0, _END))
                    if item is _END:
                        is_over = True
                    else:
                        crew.give(index, item, self._timeout)
                        pending += 1
                _tintype.check_cancelled()
                for outcome in crew.take(SECONDS) if pending else ():
                    pending -= 1
                    waiting = (yield outcome) or 0
        except BaseException as error:
            if _failures.is_stop(error):
                crew.stop()
            raise
        finally:
            crew.leave()


def checked_timeout(timeout):
    if timeout is None:
        return None
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not timeout > 0:
        raise ParameterError(f"tt.parallel: timeout must be a number of seconds above 0, not {timeout!r}")
    return float(timeout)
