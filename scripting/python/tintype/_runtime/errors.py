# Tracebacks as people want them: only the frames of their own code, with its source lines.
# SPDX-License-Identifier: GPL-3.0-or-later
import linecache
import os
import sys
import traceback

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


def format_error(error):
    """The traceback as text."""
    report = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    _without_our_frames(report, set())
    if not report.stack and report.__cause__ is None and report.__context__ is None:
        return "".join(report.format_exception_only())
    return "".join(report.format())


def show_error(error):
    """Writes the traceback to sys.stderr, or hands it to the hook that the script has set."""
    if sys.excepthook is not sys.__excepthook__:
        sys.excepthook(type(error), error, error.__traceback__)
    else:
        sys.stderr.write(format_error(error))


def one_line(error):
    """What a job says of it: the last line of the traceback."""
    lines = traceback.format_exception_only(type(error), error)
    return lines[-1].strip() if lines else type(error).__name__
