# Functions that are called later, once or again and again.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import functools

from . import _callbacks, _tintype
from ._tintype import Timer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Timers:
    """Calls functions later, on threads of their own, so that one that takes long delays neither the window nor others.

    A timer belongs to the script, the console or the add-on that made it, and vanishes with it: in the window, a script stays in the
    Jobs panel for as long as it has timers or handlers, and Stop there ends them; those of the console end with the window.
    Without a window a program waits at its end for `call_later`, as for threading.Timer, and not for `call_every`.

    What a function prints appears where its script prints, and so does the traceback of an error.
    """

    def call_later(self, seconds: float, fn: Callable[..., object], *args: Any, **kwargs: Any) -> Timer:
        """Call `fn(*args, **kwargs)` once, after so many seconds. Any thread may ask for it.

        Returns a timer with `cancel()` and `active`. Raises ParameterError for seconds that are negative, not a number, or
        more than 100000000.

        >>> import tintype as tt
        >>> timer = tt.timers.call_later(60, print, "time is up")
        >>> timer.active
        True
        >>> timer.cancel()
        >>> timer.active
        False
        """
        return self._start("call_later", False, seconds, fn, args, kwargs)

    def call_every(self, seconds: float, fn: Callable[..., object], *args: Any, **kwargs: Any) -> Timer:
        """Call `fn(*args, **kwargs)` every so many seconds, for the first time after that time, until it is cancelled.

        Calls never pile up: beats that pass while the function still runs are left out, and the next call is at the next
        beat. An error in the function is shown and ends the timer.

        Returns a timer with `cancel()` and `active`. Raises ParameterError for seconds that are not a number from
        0.001 to 100000000.

        >>> import tintype as tt
        >>> timer = tt.timers.call_every(0.5, print, "tick")
        >>> timer
        <timer every 0.5 s, active>
        >>> timer.cancel()
        """
        return self._start("call_every", True, seconds, fn, args, kwargs)

    def _start(self, caller, repeats, seconds, fn, args, kwargs):
        _callbacks.check_callable(fn, caller)
        seconds = _callbacks.check_seconds(seconds, caller)
        called = functools.partial(fn, *args, **kwargs) if args or kwargs else fn
        return _tintype.start_timer(seconds, repeats, called, f"The timer {_callbacks.title_of(fn)}")

    def __repr__(self) -> str:
        return "<timers: call_later(seconds, fn), call_every(seconds, fn)>"
