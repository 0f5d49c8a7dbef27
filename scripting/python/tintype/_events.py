# Events: who wants to know of what, and who answers questions.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
import threading
import time

from . import _built_in_events, _callbacks, _tintype
from ._tintype import Cancelled, NotFoundError, ParameterError, _Handler, _HandlerList

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Event:
    """What a handler gets: `name`, and what the event says as attributes, such as `event.image`."""

    name: str

    def __init__(self, name: str, data: dict[str, Any]) -> None:
        self.__dict__.update(data)
        self.name = name

    def __getattr__(self, attribute: str) -> Any:
        said = ", ".join(key for key in self.__dict__ if key != "name") or "nothing else"
        raise AttributeError(f"the event {self.name!r} does not say {attribute!r}; it says {said}")

    def __repr__(self) -> str:
        return "<event " + ", ".join([self.name, *(f"{k}={v!r}" for k, v in self.__dict__.items() if k != "name")]) + ">"


class Answer:
    """What one handler answered: `result`, or the exception in `error`, or neither when it has `timed_out`."""

    handler: Callable[[Event], Any]
    result: Any
    error: BaseException | None
    timed_out: bool

    def __init__(self, handler: Callable[[Event], Any]) -> None:
        self.handler = handler
        self.result = None
        self.error = None
        self.timed_out = True

    def __repr__(self) -> str:
        said = "timed out" if self.timed_out else f"error {self.error!r}" if self.error else repr(self.result)
        return f"<answer of {_callbacks.title_of(self.handler)}: {said}>"


class _Question:
    """An event that waits for an answer; its handler calls `put_to`, or `end_unanswered`."""

    def __init__(self, event, function, ended):
        self.event = event
        self.answer = Answer(function)
        self._ended = ended

    def put_to(self, function):
        try:
            result = function(self.event)
        except BaseException as error:
            self._end(None, error)
            if not isinstance(error, Exception):
                raise
        else:
            self._end(result, None)

    def _end(self, result, error):
        with self._ended:
            self.answer.result, self.answer.error, self.answer.timed_out = result, error, False
            self._ended.notify_all()

    def end_unanswered(self, reason):
        """The handler has vanished before its turn."""
        if self.answer.timed_out:
            self._end(None, Cancelled(reason))


_handlers = _HandlerList()


def _checked_name(name, caller):
    if isinstance(name, str) and (name in _built_in_events.NAMES or "." in name.strip(".")):
        return name
    allowed = ", ".join(_built_in_events.NAMES)
    raise ParameterError(
        f"{caller}: there is no event {name!r}; there are {allowed}, and your own, whose names have a point: \"myaddon.thing\""
    )


def _are_built_in_wanted():
    return any(_handlers.of(name) for name in _built_in_events.NAMES)


def on(name: str, fn: Callable[[Event], Any] = ...) -> Any:
    """Call the function with each event of this name from now on: as a decorator, or with the function as `fn`.

    There are
    - "image-opened" (`image`, `path`), also under a name that was there; "image-added", "image-removed", "image-changed"
      (`image`): an image of the document, by its name;
    - "image-renamed" (`image`, `old_name`);
    - "image-saved" (`image`, `path`): an image was written to a file; its name in the document, or None when it has none;
    - "active-changed" (`image`): the name of the active image, or None;
    - "project-opened", "project-saved" (`path`); what a project brings is not told image by image;
    - "script-started" (`script`, `path`, `own_process`) and "script-ended" (besides `exit_code`, `outcome`, `error`,
      `seconds`): a script of the window, by what its job is called; `path` is None for a text that is in no file;
    - "job-ended" (`title`, `kind`, `outcome`, `error`, `seconds`): anything that the Jobs panel lists. `kind` is "operation",
      "file", "script" or "console line", `outcome` "finished", "failed" or "stopped", `error` one line or None;
    - and your own, whose names have a point, such as "myaddon.thing": see `emit` and `ask_handlers`.

    Handlers run on threads of their own; one that is slow delays nobody else, and gets its events one after the other. In a
    storm each handler is told of an image once, of the newest state; of other events the last 1,000 wait. An error is shown
    where the code prints that registered the handler.

    A handler belongs to the script, the console or the add-on that registered it and vanishes with it: a script stays in the Jobs panel
    for as long as it has handlers, and Stop there ends them; without a window they end with the program.

    Raises ParameterError for a name that does not exist, and for an `fn` that cannot be called.

    >>> import tintype as tt
    >>> @tt.on("image-opened")
    ... def check(event):
    ...     print(event.image, event.path)
    >>> tt.off("image-opened", check)
    """
    _checked_name(name, "on")
    if fn is ...:
        return lambda function: on(name, function)
    _callbacks.check_callable(fn, "on")
    handler = None
    while True:
        seen = _handlers.count
        if any(known.function == fn for known in _handlers.of(name)):
            return fn
        handler = handler or _Handler(fn, name, f"The handler {_callbacks.title_of(fn)} of {name}")
        if _add(handler, name, seen):
            return fn


def _check_own(name, data, caller):
    if _checked_name(name, caller) in _built_in_events.NAMES:
        done = "told by tintype itself" if caller == "emit" else "told, not asked"
        raise ParameterError(f"{caller}: {name!r} is {done}; name your own with a point, \"myaddon.thing\"")
    if "name" in data:
        raise ParameterError(f"{caller}: what {name!r} says cannot be called name, which is the event's own: name={data['name']!r}")


def _add(handler, name, seen):
    if name in _built_in_events.NAMES:
        return _built_in_events.start(_tell, _are_built_in_wanted, lambda: _handlers.add(handler, seen))
    return _handlers.add(handler, seen)


def off(name: str, fn: Callable[[Event], Any]) -> None:
    """No longer call the function. Raises NotFoundError when it is not a handler of these events.

    >>> import tintype as tt
    >>> tt.off("myaddon.thing", tt.on("myaddon.thing", print))
    """
    _checked_name(name, "off")
    for handler in _handlers.of(name):
        if handler.function == fn:
            handler.release()
            return
    raise NotFoundError(f"off: {_callbacks.title_of(fn)} is no handler of {name!r}")


def _tell(name, data, key=None):
    for handler in _handlers.of(name):
        handler.push(Event(name, data), key)


def tell_saved(image, path):
    """Told by whoever has written the file."""
    if _handlers.of("image-saved"):
        _tell("image-saved", {"image": _tintype.name_of(image) or None, "path": os.path.abspath(os.fsdecode(path))})


def emit(name: str, /, **data: Any) -> None:
    """Tell the handlers of an event of your own, whose name has a point; returns at once.

    Raises ParameterError for a bad name, and for data that is called `name`.

    >>> import tintype as tt
    >>> tt.emit("myaddon.counted", cells=12)
    """
    _check_own(name, data, "emit")
    _tell(name, data)


def ask_handlers(name: str, /, *, timeout: float = 5.0, **data: Any) -> list[Answer]:
    """Ask all handlers of an event of your own at once, and wait for their answers, so many seconds at most.

    Returns an answer for each handler, in the order in which they registered: its `result`, or its exception as `error`, or
    `timed_out`; `handler` is the function. Slow handlers delay neither the others nor other questions. Raises
    ParameterError for a bad name or time, and for data that is called `name`.

    >>> import tintype as tt
    >>> @tt.on("router.route")
    ... def route(event):
    ...     return event.path.rpartition(".")[2]
    >>> [answer.result for answer in tt.ask_handlers("router.route", path="scan.tif")]
    ['tif']
    >>> tt.off("router.route", route)
    """
    _check_own(name, data, "ask_handlers")
    seconds = _callbacks.check_seconds(timeout, "ask_handlers", "timeout")
    if not 0 <= seconds <= threading.TIMEOUT_MAX:
        raise ParameterError(f"ask_handlers: timeout must be 0 to {threading.TIMEOUT_MAX:.0f} seconds, not {timeout!r}")
    ended = threading.Condition()
    questions = []
    for handler in _handlers.of(name):
        function = handler.function
        if function is None:
            continue
        question = _Question(Event(name, data), function, ended)
        questions.append(question)
        if not handler.ask(question):
            question.end_unanswered("The handler has vanished, or the system gives this program no thread for it.")
    deadline = time.monotonic() + seconds
    with ended:
        while any(question.answer.timed_out for question in questions):
            left = deadline - time.monotonic()
            if left <= 0 or not ended.wait(left):
                break
        # What comes later changes nothing any more.
        for question in questions:
            if question.answer.timed_out:
                question.answer = Answer(question.answer.handler)
        return [question.answer for question in questions]
