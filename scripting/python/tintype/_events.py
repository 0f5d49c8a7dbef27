# Events: who wants to know of what, and who answers questions.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import collections
import os
import threading
import time

from . import _built_in_events, _callbacks, _tintype
from ._tintype import Cancelled, NotFoundError, ParameterError, _Handler

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

MOST_WAITING = 1000


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
    """An event that waits for an answer."""

    def __init__(self, event, function, ended):
        self.event = event
        self.answer = Answer(function)
        self._ended = ended

    def end(self, result, error):
        with self._ended:
            self.answer.result, self.answer.error, self.answer.timed_out = result, error, False
            self._ended.notify_all()

    def end_unanswered(self, reason):
        """The handler has vanished before its turn."""
        if self.answer.timed_out:
            self.end(None, Cancelled(reason))


class _Registered:
    """A handler and the events that wait for it; they come one after the other, questions at once."""

    def __init__(self, name, function):
        self.name = name
        self.function = function
        self._lock = threading.Lock()
        self._waiting = collections.deque()
        self._runs = False
        self._left_out = 0
        self.native = _Handler(self._call, f"The handler {_callbacks.title_of(function)} of {name}")

    def push(self, event, key):
        with self._lock:
            if key is not None:
                for index, (_, known) in enumerate(self._waiting):
                    if known == key:
                        self._waiting[index] = (event, key)
                        return
            self._waiting.append((event, key))
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popleft()
                self._left_out += 1
            start, self._runs = not self._runs, True
        if start:
            self.native.post(None)

    def ask(self, question):
        return self.native.post(question)

    def _call(self, question):
        if question is None:
            self._take_next()
            return
        try:
            result = self.function(question.event)
        except BaseException as error:
            question.end(None, error)
            if not isinstance(error, Exception):
                raise
        else:
            question.end(result, None)

    def _take_next(self):
        with self._lock:
            event, _ = self._waiting.popleft()
            left_out, self._left_out = self._left_out, 0
        try:
            if left_out:
                print(f"{_callbacks.title_of(self.function)} is too slow for {self.name}: {left_out} events were left out")
            self.function(event)
        finally:
            with self._lock:
                self._runs = more = bool(self._waiting)
            if more:
                self.native.post(None)


_lock = threading.Lock()
_handlers: list[_Registered] = []


def _checked_name(name, caller):
    if isinstance(name, str) and (name in _built_in_events.NAMES or "." in name.strip(".")):
        return name
    allowed = ", ".join(_built_in_events.NAMES)
    raise ParameterError(
        f"{caller}: there is no event {name!r}; there are {allowed}, and your own, whose names have a point: \"myaddon.thing\""
    )


def _handlers_of(name):
    with _lock:
        _handlers[:] = [handler for handler in _handlers if handler.native.active]
        return [handler for handler in _handlers if handler.name == name]


def _add(handler):
    with _lock:
        _handlers.append(handler)


def _are_built_in_wanted():
    with _lock:
        return any(handler.name in _built_in_events.NAMES and handler.native.active for handler in _handlers)


def on(name: str, fn: Callable[[Event], Any] | None = None) -> Any:
    """Call the function with each event of this name from now on: as a decorator, or with the function as `fn`.

    There are
    - "image-opened" (`image`, `path`), "image-added", "image-removed", "image-changed" (`image`): an image of the document,
      by its name;
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

    A handler belongs to the script or the console that registered it and vanishes with it: a script stays in the Jobs panel
    for as long as it has handlers, and Stop there ends them; without a window they end with the program.

    Raises ParameterError for a name that does not exist.

    >>> import tintype as tt
    >>> @tt.on("image-opened")
    ... def check(event):
    ...     print(event.image, event.path)
    >>> tt.off("image-opened", check)
    """
    _checked_name(name, "on")
    if fn is None:
        return lambda function: on(name, function)
    _callbacks.check_callable(fn, "on")
    if any(handler.function == fn for handler in _handlers_of(name)):
        return fn
    handler = _Registered(name, fn)
    if name in _built_in_events.NAMES:
        _built_in_events.start(_tell, _are_built_in_wanted, lambda: _add(handler))
    else:
        _add(handler)
    return fn


def off(name: str, fn: Callable[[Event], Any]) -> None:
    """No longer call the function. Raises NotFoundError when it is not a handler of these events.

    >>> import tintype as tt
    >>> tt.off("myaddon.thing", tt.on("myaddon.thing", print))
    """
    _checked_name(name, "off")
    for handler in _handlers_of(name):
        if handler.function == fn:
            handler.native.release()
            return
    raise NotFoundError(f"off: {_callbacks.title_of(fn)} is no handler of {name!r}")


def _tell(name, data, key=None):
    for handler in _handlers_of(name):
        handler.push(Event(name, data), key)


def tell_saved(image, path):
    """Told by whoever has written the file."""
    if _handlers_of("image-saved"):
        names = (name for name in _tintype.image_names() if (open_image := _tintype.document_image(name)) and open_image._same(image))
        _tell("image-saved", {"image": next(names, None), "path": os.path.abspath(os.fsdecode(path))})


def emit(name: str, /, **data: Any) -> None:
    """Tell the handlers of an event of your own, whose name has a point; returns at once.

    >>> import tintype as tt
    >>> tt.emit("myaddon.counted", cells=12)
    """
    if _checked_name(name, "emit") in _built_in_events.NAMES:
        raise ParameterError(f"emit: {name!r} is told by tintype itself; name your own with a point, \"myaddon.thing\"")
    _tell(name, data)


def ask_handlers(name: str, /, *, timeout: float = 5.0, **data: Any) -> list[Answer]:
    """Ask all handlers of an event of your own at once, and wait for their answers, so many seconds at most.

    Returns an answer for each handler, in the order in which they registered: its `result`, or its exception as `error`, or
    `timed_out`; `handler` is the function. Slow handlers delay neither the others nor other questions. Raises
    ParameterError for a bad name or time.

    >>> import tintype as tt
    >>> @tt.on("router.route")
    ... def route(event):
    ...     return event.path.rpartition(".")[2]
    >>> [answer.result for answer in tt.ask_handlers("router.route", path="scan.tif")]
    ['tif']
    >>> tt.off("router.route", route)
    """
    if _checked_name(name, "ask_handlers") in _built_in_events.NAMES:
        raise ParameterError(f"ask_handlers: {name!r} is told, not asked; name your own with a point, \"myaddon.thing\"")
    seconds = _callbacks.check_seconds(timeout, "ask_handlers")
    if not 0 <= seconds <= threading.TIMEOUT_MAX:
        raise ParameterError(f"ask_handlers: timeout must be 0 or more seconds, not {timeout!r}")
    ended = threading.Condition()
    event = Event(name, data)
    asked = [(handler, _Question(event, handler.function, ended)) for handler in _handlers_of(name)]
    questions = [question for handler, question in asked if handler.ask(question)]
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
