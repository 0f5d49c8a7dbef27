# How a run ends that is asked to end: by SIGTERM, and by a reader that has gone.
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGINT is Python's own affair: KeyboardInterrupt, and at the end the process dies of the signal, which shells know as 130."""
import _signal  # `signal` costs ten times as much to load
import _thread
import atexit
import os
import sys

CLOSED_PIPE = 128 + _signal.SIGPIPE
STDOUT = 1

_masks = {}  # of threads that fork
_late_code = None  # of a signal that came when the script was through


def _terminate(number, frame):
    """Ends the run as sys.exit does, so that `finally` and exit handlers run."""
    global _late_code
    if _waits_for_threads(frame):
        # Python drops the exception, with many words, and then ends as if nothing had been.
        _late_code = 128 + number
        sys.unraisablehook = _hide_exit(sys.unraisablehook)
    raise SystemExit(128 + number)


# A forked child, a worker perhaps, is ended by its parent with this signal. Python forgets those that reach the child before it has
# noticed that it is one; so they wait until the signal means there what it means to any process.


def _before_fork():
    _masks[_thread.get_ident()] = _signal.pthread_sigmask(_signal.SIG_BLOCK, {_signal.SIGTERM})


def _after_fork():
    _signal.pthread_sigmask(_signal.SIG_SETMASK, _masks.pop(_thread.get_ident()))


def _after_fork_in_child():
    if _signal.getsignal(_signal.SIGTERM) is _terminate:
        _signal.signal(_signal.SIGTERM, _signal.SIG_DFL)
    _after_fork()


def _waits_for_threads(frame):
    """Whether the script has come to its end and Python waits for the threads and timers that are left."""
    while frame is not None and frame.f_back is not None:
        frame = frame.f_back
    return frame is not None and (frame.f_globals.get("__name__"), frame.f_code.co_name) == ("threading", "_shutdown")


def _hide_exit(show):
    def hook(arguments):
        if arguments.exc_type is not SystemExit:
            show(arguments)

    return hook


def reader_is_gone():
    """Whether whoever read the standard output has closed it."""
    import select

    try:
        poll = select.poll()
        poll.register(STDOUT, select.POLLOUT)
        return any(events & (select.POLLERR | select.POLLHUP) for _, events in poll.poll(0))
    except OSError:
        return False


def _drop_output():
    """What is still in buffers goes nowhere, instead of failing once more at the very end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, STDOUT)
    os.close(nowhere)


def _end():
    """The last of all exit handlers."""
    _flush()
    if _late_code is not None:
        if sys.stderr is not None and not sys.stderr.closed:
            sys.stderr.flush()
        os._exit(_late_code)


def _flush():
    """A run whose last lines nobody wants has not failed."""
    try:
        if sys.stdout is not None and not sys.stdout.closed:
            sys.stdout.flush()
    except BrokenPipeError:
        if reader_is_gone():
            _drop_output()
    except (OSError, ValueError):
        pass  # Python flushes once more, and then says so


def watch_errors(show):
    """A hook for uncaught errors that is silent where the reader has gone, and otherwise calls `show`."""
    def hook(kind, error, traceback):
        if issubclass(kind, BrokenPipeError) and reader_is_gone():
            _drop_output()
            raise SystemExit(CLOSED_PIPE)
        show(kind, error, traceback)

    return hook


def install():
    if _signal.getsignal(_signal.SIGTERM) == _signal.SIG_DFL:
        _signal.signal(_signal.SIGTERM, _terminate)
        os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork_in_child)
    sys.excepthook = watch_errors(sys.excepthook)
    atexit.register(_end)
