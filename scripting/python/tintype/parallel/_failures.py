# What has gone wrong with an item: errors, crashes, time limits, and what cannot travel.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
import pickle
import signal
import traceback

from .._tintype import Cancelled, Error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ERROR = "error"
CRASHED = "crashed"
TIMEOUT = "timeout"
UNPICKLABLE = "unpicklable"

_FOLDER = os.path.dirname(__file__) + os.sep
_SHOWN = 80  # letters of an item in a message


class CrashedError(Error):
    """The process that worked on the item has died."""


class TimedOutError(Error, TimeoutError):
    """The item took longer than its time limit."""


class UnpicklableError(Error):
    """A function, an item or a result that cannot travel to another process."""


class RemoteTraceback(Exception):
    """Where an error happened in a worker; the `__cause__` of that error."""

    text: str

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f'\n"""\n{self.text.rstrip()}\n"""'


class Failure:
    """What stands in the place of a result with `on_error="return"`.

    `item` and `index` say which one it was, `error` is the exception, `traceback` its text with the lines of code. `kind` is
    "error" when the function raised it, "crashed" when the process died, "timeout" when the time was up, and "unpicklable" when
    the item or the result could not travel between processes.
    """

    item: Any
    index: int
    error: BaseException
    traceback: str
    kind: str

    def __init__(self, item: Any, index: int, error: BaseException, traceback: str, kind: str) -> None:
        self.item = item
        self.index = index
        self.error = error
        self.traceback = traceback
        self.kind = kind

    def __repr__(self) -> str:
        return f"<tintype.parallel.Failure {self.kind} of item {self.index}: {describe_error(self.error)}>"


def describe_error(error):
    """The last line of the traceback."""
    return "".join(traceback.format_exception_only(error)).strip().rpartition("\n")[2]


def shown(value):
    """A value in a message."""
    try:
        text = repr(value)
    except Exception as error:
        text = f"a {type(value).__name__} whose repr raises {type(error).__name__}"
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _as_error(error):
    """An item that ends Python does not end the program."""
    if not isinstance(error, SystemExit):
        return error
    code = "" if error.code is None else repr(error.code)
    return Error(f"The function has called sys.exit({code}).").with_traceback(error.__traceback__)


def without_own_frames(error):
    """The error, its traceback without the lines of this package that lead to the function."""
    traceback_ = error.__traceback__
    while traceback_ is not None and traceback_.tb_frame.f_code.co_filename.startswith(_FOLDER):
        traceback_ = traceback_.tb_next
    return error.with_traceback(traceback_ or error.__traceback__)


def of_error(item, index, error):
    """An item whose function has raised an error in this process."""
    error = without_own_frames(_as_error(error))
    return Failure(item, index, error, "".join(traceback.format_exception(error)), ERROR)


def of_crash(item, index, exit_code, log):
    """An item whose process has ended by itself; `log` is the stack that it left."""
    if exit_code is None:
        how = "vanished"
    elif exit_code >= 0:
        how = f"ended with exit code {exit_code}"
    else:
        name = _signal_name(-exit_code)
        how = f"was ended by {name}" + (" (the system may have run out of memory)" if name == "SIGKILL" else "")
    error = CrashedError(f"The process that worked on item {index} ({shown(item)}) {how}.")
    return Failure(item, index, error, log or f"{error}\n", CRASHED)


def _signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def of_timeout(item, index, seconds):
    """An item that was given up."""
    error = TimedOutError(f"Item {index} ({shown(item)}) was given up after its time limit of {seconds:g} s.")
    return Failure(item, index, error, f"{error}\n", TIMEOUT)


def of_unpicklable(item, index, error):
    """An item, or its result, that cannot travel; `error` says why."""
    return Failure(item, index, error, "".join(traceback.format_exception(error)), UNPICKLABLE)


def raise_failure(failure):
    """Raises its error, with a note that names the item."""
    error = failure.error
    if failure.kind == ERROR:
        error.add_note(f"This was item {failure.index}: {shown(failure.item)}")
    try:
        raise error
    finally:
        # Its traceback holds this frame, and so would keep itself.
        del error, failure


def packed(error, dumps):
    """An error on its way out of a worker: (its bytes or None, its class and text, the traceback)."""
    error = without_own_frames(_as_error(error))
    text = "".join(traceback.format_exception(error))
    try:
        data = dumps(error)
        # What cannot be made again fails no earlier.
        pickle.loads(data)
    except Exception:
        data = None
    return data, describe_error(error), text


def unpacked(data, description, text):
    """The error that a worker has packed, its traceback as the cause."""
    error = None
    if data is not None:
        try:
            error = pickle.loads(data)
        except Exception as problem:
            description += f" (its class cannot be had here: {describe_error(problem)})"
    if not isinstance(error, BaseException):
        error = Error(description)
    error.__cause__ = RemoteTraceback(text)
    return error


def is_stop(error):
    """Whether it ends the whole program or script, not an item."""
    return isinstance(error, (Cancelled, KeyboardInterrupt, SystemExit))
