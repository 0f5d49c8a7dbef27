# Tracebacks as people want them: only the frames of their own code, with its source lines.
# SPDX-License-Identifier: GPL-3.0-or-later
import _thread
import linecache
import os
import re
import sys
import traceback

import _tintype_runtime as native

_OURS = os.path.dirname(__file__) + os.sep


def remember_source(filename, text):
    """Makes the lines of a text that is in no file, or not as it stands there, known to tracebacks."""
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)


def forget_source(filename):
    linecache.cache.pop(filename, None)


def _without_our_frames(report, seen):
    if report is None or id(report) in seen:
        return
    seen.add(id(report))
    if report.stack is not None:
        report.stack[:] = [frame for frame in report.stack if not frame.filename.startswith(_OURS)]
    for other in (report.__cause__, report.__context__, *(report.exceptions or ())):
        _without_our_frames(other, seen)


class _Caught:
    """Stands in for sys.stderr, for this thread."""

    def __init__(self, direct):
        self._direct = direct
        self._thread = _thread.get_ident()
        self.text = ""

    def write(self, text):
        if _thread.get_ident() == self._thread:
            self.text += text
        else:
            self._direct.write(text)
        return len(text)

    def flush(self):
        self._direct.flush()


def _suggestion(error):
    """`Did you mean: 'name'?`, which CPython 3.11 adds only where it writes a traceback itself."""
    own = native.identity()
    if own is None or not isinstance(error, (NameError, AttributeError)):
        return ""
    kept = own.streams.get("stderr")
    caught = own.streams["stderr"] = _Caught(kept or sys.__dict__["stderr"].direct)
    try:
        sys.__excepthook__(type(error), error, error.__traceback__)
    finally:
        if kept is None:
            del own.streams["stderr"]
        else:
            own.streams["stderr"] = kept
    found = re.search(r"\. Did you mean: '.*'\?$", caught.text.rstrip())
    return found.group() if found else ""


def format_error(error):
    """The traceback as text."""
    report = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    _without_our_frames(report, set())
    bare = not report.stack and report.__cause__ is None and report.__context__ is None
    text = "".join(report.format_exception_only() if bare else report.format())
    suggestion = _suggestion(error)
    return text[:-1] + suggestion + "\n" if suggestion and not text.endswith(suggestion + "\n") else text


def without_our_frames(error):
    """The error with a traceback that begins in the code that was run."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_OURS):
        trace = trace.tb_next
    return error.with_traceback(trace)


def show_error(error):
    """Writes the traceback to sys.stderr, or hands it to the hook that the script has set."""
    without_our_frames(error)
    if sys.excepthook is sys.__excepthook__:
        sys.stderr.write(format_error(error))
        return
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except Exception as failed:
        wrong = format_error(without_our_frames(failed))
        sys.stderr.write(f"Error in sys.excepthook:\n{wrong}\nOriginal exception was:\n{format_error(error)}")


def one_line(error):
    """What a job says of it: the last line of the traceback."""
    lines = traceback.format_exception_only(type(error), error)
    return lines[-1].strip() if lines else type(error).__name__
