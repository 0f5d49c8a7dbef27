# Single calls, of which the caller gets futures.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import collections
import concurrent.futures
import itertools
import sys
import threading
import weakref

from .._tintype import ParameterError
from . import _executors, _failures, _nesting, _run, _task

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from typing import Any

_IDLE_SECONDS = 5.0

_lock = threading.Lock()
_of_program = {}
_of_scripts = weakref.WeakKeyDictionary()  # in the window


class Service(threading.Thread):
    """Works on the calls of one script on one executor; ends when there have been none for a while."""

    def __init__(self, executor):
        super().__init__(name="tintype submit")
        self._crew = _executors.start(executor, _task.Task(_task.call, star=True), None, timeout=float("inf"))
        self._mutex = threading.Lock()
        self._calls = collections.deque()
        self._futures = {}
        self._numbers = itertools.count()
        self._has_ended = False
        self._is_last = False
        self._is_stopped = False

    def add(self, future, arguments, timeout):
        """False when it has ended just now."""
        with self._mutex:
            if self._has_ended:
                return False
            self._calls.append((future, arguments, timeout))
        self._crew.wake()
        return True

    def finish_soon(self):
        """Nothing more will come: it ends after what it has. The window's runtime asks for it at the end of a script."""
        self._is_last = True
        self._crew.wake()

    def stop(self):
        """It ends now."""
        self._is_stopped = True
        self._crew.wake()

    def run(self):
        error = concurrent.futures.CancelledError("It was stopped.")
        try:
            while not self._is_stopped:
                self._accept()
                outcomes = self._crew.take(_IDLE_SECONDS)
                for outcome in outcomes:
                    self._settle(*outcome)
                if not outcomes and self._ends():
                    break
        except BaseException as problem:
            self._is_stopped = True
            error = problem
        finally:
            (self._crew.stop if self._is_stopped else self._crew.leave)()
            self._give_up(error)

    def _accept(self):
        while self._calls and self._crew.room() > 0:
            future, arguments, timeout = self._calls.popleft()
            if future.set_running_or_notify_cancel():
                index = next(self._numbers)
                self._futures[index] = future
                self._crew.give(index, arguments, timeout)

    def _settle(self, index, went_well, value):
        future = self._futures.pop(index)
        if went_well:
            future.set_result(value)
        else:
            future.set_exception(value.error)

    def _ends(self):
        """Whether nothing is left to do; woken up for that, or after a while."""
        with self._mutex:
            is_idle = not self._calls and not self._futures
            self._has_ended = is_idle and (self._is_last or not self._crew.was_woken())
            return self._has_ended

    def _give_up(self, error):
        with self._mutex:
            self._has_ended = True
        for future, _, _ in self._calls:
            if future.set_running_or_notify_cancel():
                future.set_exception(error)
        for future in self._futures.values():
            future.set_exception(error)


def submit(
    fn: Callable[..., Any], /, *args: Any, executor: str = "threads", timeout: float | None = None, **kwargs: Any
) -> Future[Any]:
    """Begin fn(*args, **kwargs), and return a future of it, as of concurrent.futures: `result()`, `done()`, `add_done_callback`.

    A call that has not begun can be cancelled; one that takes longer than `timeout` ends with TimedOutError. At its end a program
    waits for what it has submitted.

    >>> import tintype as tt
    >>> tt.parallel.submit(pow, 2, 5).result()
    32
    """
    if not callable(fn):
        raise ParameterError(f"tt.parallel: a function is needed, not {type(fn).__name__}")
    timeout = _run.checked_timeout(timeout)
    _executors.find(executor)
    future = concurrent.futures.Future()
    if timeout is None and _nesting.is_nested() and _nesting.share() == 1:
        # Nobody would be left to do it where every worker waits for such a future.
        return _done_here(future, fn, args, kwargs)
    while not _service(executor).add(future, (fn, args, kwargs), timeout):
        pass
    return future


def _done_here(future, fn, args, kwargs):
    try:
        future.set_result(fn(*args, **kwargs))
    except Exception as error:
        future.set_exception(error)
    return future


def _service(executor):
    runtime = sys.modules.get("_tintype_runtime")
    identity = None if runtime is None else runtime.identity()
    with _lock:
        services = _of_program if identity is None else _of_scripts.setdefault(identity, {})
        service = services.get(executor)
        if service is None or not service.is_alive():
            service = services[executor] = Service(executor)
            service.start()
        return service


def _finish_all():
    """At the end of a program without a window. One that was stopped waits for nobody."""
    is_stopped = issubclass(getattr(sys, "last_type", None) or type(None), (KeyboardInterrupt, _failures.Cancelled))
    for service in list(_of_program.values()):
        service.stop() if is_stopped else service.finish_soon()
    for service in list(_of_program.values()):
        try:
            service.join()
        except KeyboardInterrupt:
            service.stop()


threading._register_atexit(_finish_all)
