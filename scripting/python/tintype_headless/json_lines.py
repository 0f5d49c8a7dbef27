# `--json`: what a run has to say, one JSON object a line on the standard error.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every line has `time`, in seconds since 1970, and `kind`:

- `progress`: `title`, `done`, `total` (null where nobody knows), `seconds` since its beginning, `left` (null likewise)
- `message`: `text`, from tt.ui.message and `tintype batch`
- `error`: `error` (the class), `message`, `traceback` (empty for what was typed wrong), and `thread` where it is not the main one
- `failed`: `input`, `message`, `traceback` (likewise), a file of `tintype batch`
- `text`: `text`, a line that the script or a library wrote to sys.stderr
"""
import io
import json
import sys
import threading
import time

# Now: imported after Ctrl+C, it would make Python forget that it is to die of the signal.
import traceback

_lock = threading.RLock()
_stream = None


def tell(kind, **fields):
    """Write one line, whole, whatever other threads write."""
    line = json.dumps({"time": round(time.time(), 3), "kind": kind, **fields}, ensure_ascii=False, default=str)
    if _stream is None:
        return
    with _lock:
        _stream.write(line + "\n")
        _stream.flush()


class Lines(io.TextIOBase):
    """Takes the place of sys.stderr: each line that is written becomes one of JSON."""

    encoding = "utf-8"
    errors = "backslashreplace"
    name = "<stderr>"
    mode = "w"

    def __init__(self, stream):
        super().__init__()
        self._stream = stream
        self._begun = {}  # by thread, whose lines would otherwise run into each other
        self._ends = False

    @property
    def buffer(self):
        return self._stream.buffer

    def writable(self):
        return True

    def write(self, text):
        thread = threading.get_ident()
        if sys._getframe().f_back is None and not self._ends:
            # No code of Python runs any more: the interpreter says what sys.exit was given, which is no end of another line.
            self._ends = True
            self.end()
        *lines, rest = (self._begun.pop(thread, "") + text).split("\n")
        if rest:
            self._begun[thread] = rest
        for line in lines:
            tell("text", text=line)
        return len(text)

    def flush(self):
        self._stream.flush()

    def end(self):
        """Last lines without an end."""
        while self._begun:
            tell("text", text=self._begun.popitem()[1])

    def fileno(self):
        return self._stream.fileno()

    def isatty(self):
        return False


def tell_error(error):
    """One whose message says everything."""
    tell("error", error=_name(type(error)), message=str(error), traceback="")


def _name(kind):
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _tell_error(kind, error, frames, **fields):
    tell(
        "error",
        error=_name(kind),
        message=str(error),
        traceback="".join(traceback.format_exception(kind, error, frames)),
        **fields,
    )


def _tell_error_of_thread(arguments):
    if arguments.exc_type is not SystemExit:
        thread = arguments.thread.name if arguments.thread is not None else None
        _tell_error(arguments.exc_type, arguments.exc_value, arguments.exc_traceback, thread=thread)


def install():
    global _stream
    import atexit

    from . import ending

    if sys.stderr is None:
        return
    _stream = sys.stderr
    sys.stderr = lines = Lines(sys.stderr)
    atexit.register(lines.end)
    sys.excepthook = ending.watch_errors(_tell_error)
    threading.excepthook = _tell_error_of_thread
