# Work on many items at once, on threads or processes: tt.parallel.
# SPDX-License-Identifier: GPL-3.0-or-later
"""One function for many items, on all cores.

>>> import tintype as tt
>>> tt.parallel.map(lambda size: tt.Image.black(size, size).width, [3, 4, 5])
[3, 4, 5]

The executors are

- "threads", the usual one: for functions that spend their time in Tintype, numpy or files. Pure Python code of several threads
  takes turns.
- "processes": for anything else. Functions of the console, closures and lambdas travel with what they use; a script needs no
  `if __name__ == "__main__"` for it. Images travel as recipes, and pixels that stand in memory are shared, not copied. What a
  function prints is printed by the script. Each worker is a new Python, which is kept for the next call of the same script.
  A worker that dies is replaced; its item alone is lost, and is reported.

`workers` is their number, the number of cores if nothing is said. Inside a worker, calls use the worker's share of the cores, at
least one, also when more workers are asked for.

`timeout` is the time limit for one item in seconds. A process that is late is ended, with the programs it has started, after
`tt.Cancelled` was raised in it. On a thread `tt.Cancelled` is raised as well; nothing can end C code there that does not
return, such as a long computation of one image, a socket, or `time.sleep` outside the window: the item is given up, and its thread
ends when that returns.

With `on_error="raise"` the first error is raised: the function's own, or a tt.Error with its words where it cannot travel between
processes, whose `__cause__` shows where in the worker it happened, `CrashedError`, `TimedOutError` or `UnpicklableError`. No
further items are begun; those that had begun go on to their end. With `on_error="return"` a `Failure` stands in the place of the
result.

With a `title`, progress is shown, as `tt.progress` does. Stop and Ctrl+C end the workers.
"""

from __future__ import annotations

from . import _run
from ._failures import CrashedError, Failure, RemoteTraceback, TimedOutError, UnpicklableError
from ._submit import submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

__all__ = [
    "CrashedError",
    "Failure",
    "RemoteTraceback",
    "TimedOutError",
    "UnpicklableError",
    "imap",
    "imap_unordered",
    "map",
    "starmap",
    "submit",
]


def map(
    fn: Callable[[Any], Any],
    items: Iterable[Any],
    *,
    executor: str = "threads",
    workers: int | None = None,
    timeout: float | None = None,
    title: str | None = None,
    on_error: str = "raise",
) -> list[Any]:
    """A list of fn(item) for each item, in their order.

    Raises ParameterError for an executor that there is not, and what fn raises; see `tintype.parallel` for the parameters.

    >>> import tintype as tt
    >>> tt.parallel.map(abs, [-1, 2, -3])
    [1, 2, 3]
    >>> tt.parallel.map(lambda n: 1 / n, [1, 0], on_error="return")[1]
    <tintype.parallel.Failure error of item 1: ZeroDivisionError: division by zero>
    """
    return _collected(_run.Run(fn, items, False, executor, workers, timeout, title, on_error))


def starmap(
    fn: Callable[..., Any],
    items: Iterable[Iterable[Any]],
    *,
    executor: str = "threads",
    workers: int | None = None,
    timeout: float | None = None,
    title: str | None = None,
    on_error: str = "raise",
) -> list[Any]:
    """As map; each item is a sequence of arguments.

    >>> import tintype as tt
    >>> tt.parallel.starmap(pow, [(2, 3), (3, 2)])
    [8, 9]
    """
    return _collected(_run.Run(fn, items, True, executor, workers, timeout, title, on_error))


def _collected(run):
    found = dict(run.as_they_come())
    return [found[index] for index in range(len(found))]


def imap(
    fn: Callable[[Any], Any],
    items: Iterable[Any],
    *,
    executor: str = "threads",
    workers: int | None = None,
    timeout: float | None = None,
    title: str | None = None,
    on_error: str = "raise",
) -> Iterator[Any]:
    """The results one by one, in the order of the items, while others are worked on.

    The items may be endless: only a few are taken ahead of what was returned.

    >>> import itertools
    >>> import tintype as tt
    >>> squares = tt.parallel.imap(lambda n: n * n, itertools.count())
    >>> next(squares), next(squares), next(squares)
    (0, 1, 4)
    """
    return _run.Run(fn, items, False, executor, workers, timeout, title, on_error).in_order()


def imap_unordered(
    fn: Callable[[Any], Any],
    items: Iterable[Any],
    *,
    executor: str = "threads",
    workers: int | None = None,
    timeout: float | None = None,
    title: str | None = None,
    on_error: str = "raise",
) -> Iterator[Any]:
    """The results one by one, as they come.

    >>> import tintype as tt
    >>> sorted(tt.parallel.imap_unordered(abs, [-1, 2, -3]))
    [1, 2, 3]
    """
    results = _run.Run(fn, items, False, executor, workers, timeout, title, on_error).as_they_come()
    return _values(results)


def _values(results):
    try:
        for _, value in results:
            yield value
    finally:
        results.close()
