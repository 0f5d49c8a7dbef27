# The types of the package, made from the catalogue and the bindings by tools/stubs; not to be edited by hand.
# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Any
from .. import Error

class CrashedError(Error):
    """The process that worked on the item has died."""

class Failure:
    """What stands in the place of a result with `on_error="return"`."""
    item: Any
    index: int
    error: BaseException
    traceback: str
    kind: str
    def __init__(self, item: Any, index: int, error: BaseException, traceback: str, kind: str) -> None: ...
    def __repr__(self) -> str: ...

class RemoteTraceback(Exception):
    """Where an error happened in a worker; the `__cause__` of that error."""
    text: str
    def __init__(self, text: str) -> None: ...

class TimedOutError(Error, TimeoutError):
    """The item took longer than its time limit."""

class UnpicklableError(Error):
    """A function, an item or a result that cannot travel to another process."""

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
    """The results one by one, in the order of the items, while others are worked on."""

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
    """The results one by one, as they come."""

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
    """A list of fn(item) for each item, in their order."""

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
    """As map; each item is a sequence of arguments."""

def submit(
    fn: Callable[..., Any],
    /,
    *args: Any,
    executor: str = "threads",
    timeout: float | None = None,
    **kwargs: Any,
) -> Future[Any]:
    """Begin fn(*args, **kwargs), and return a future of it, as of concurrent.futures: `result()`, `done()`, `add_done_callback`."""

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
