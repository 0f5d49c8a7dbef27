# A bar of progress on the last line of a terminal, which gives way to whatever is printed.
# SPDX-License-Identifier: GPL-3.0-or-later
"""While a bar is there, sys.stdout and sys.stderr are wrapped: they wipe the line before they write, and draw it again when what
was written ended with a line end. The cursor always stands at the beginning of the bar, so that what is written past the
wrappers, by a library in C for example, covers the bar instead of standing behind it.
"""
import atexit
import os
import shutil
import sys
import threading
import time
import unicodedata

from ._pace import Pace

_WIPE = "\r\x1b[K"
_NARROWEST_BAR = 5
_WIDEST_BAR = 40
# So that the bar costs little where very much is printed.
_MOST_DRAWINGS = 5
_IN_SECONDS = 0.1


def is_able():
    """Whether the terminal can wipe a line."""
    return os.environ.get("TERM", "") not in ("", "dumb")


def _last_error():
    """Python leaves it there before it shows it."""
    return getattr(sys, "last_value", None)


def _file_of(stream):
    try:
        return stream.fileno()
    except (OSError, ValueError):
        return None  # a terminal that somebody has made in Python


class _Line:
    """The one line that all bars share: the newest is drawn. Lives as long as there are bars."""

    def __init__(self, stream):
        self.lock = threading.RLock()  # a signal handler may print while a bar is drawn
        self.bars = []
        self._stream = stream
        self._file = _file_of(stream)
        self._drawn = False
        self._drawings = 0
        self._counted_from = 0.0
        self._column = 0  # where others have stopped writing; the bar waits for the end of their line
        self._has_passed = False
        self._last_error = _last_error()
        self._wrapped = {}

    def begin(self, bar):
        with self.lock:
            if not self.bars:
                self._wrap()
            self.bars.append(bar)

    def end(self, bar, keep):
        """`keep`: the last bar stays, as it is, on a line of its own."""
        with self.lock:
            if keep and self.bars == [bar]:
                if self._column:
                    self._put("\n")
                    self._column = 0
                self.draw()
                self._put("\n")
                self._drawn = False
            if bar in self.bars:
                self.bars.remove(bar)
            if self.bars:
                self.draw()
            else:
                self.wipe()
                self._unwrap()

    def draw(self):
        with self.lock:
            if self._column or not self.bars:
                return
            text = _WIPE + self.bars[-1].text(self._width()) + "\r"
            # Before it is, because Ctrl+C may come in between.
            self._drawn = True
            self._put(text)
            self._drawings += 1
            self._has_passed = False

    def wipe(self):
        with self.lock:
            if self._drawn:
                self._put(_WIPE)
                self._drawn = False

    def pass_on(self, stream, text):
        """What somebody else writes, in front of the bar."""
        with self.lock:
            self.wipe()
            if _last_error() is not self._last_error:
                # What is written now is the traceback of an error that nobody caught, and it keeps the loop alive.
                self._give_up()
            written = stream.write(text)
            stream.flush()
            last = text.rpartition("\n")[2]
            self._column = len(last) if "\n" in text else self._column + len(last)
            if self._may_draw():
                self.draw()
            self._has_passed = True
            return written

    def _may_draw(self):
        now = time.monotonic()
        if now - self._counted_from >= _IN_SECONDS:
            self._counted_from, self._drawings = now, 0
        return self._drawings < _MOST_DRAWINGS

    def flushed(self):
        """input() flushes, and then writes past the wrappers; others flush what they have just written."""
        with self.lock:
            if not self._has_passed:
                self.wipe()
            self._has_passed = False

    def _put(self, text):
        try:
            self._stream.flush()
            if self._file is None:
                self._stream.write(text)
            else:
                # Past the stream, which would keep what could not be written, and end the program with an error for it.
                os.write(self._file, text.encode(self._stream.encoding, "replace"))
        except OSError:
            # The terminal is gone; the work is not.
            self._give_up()

    def _give_up(self):
        self.bars.clear()
        self._drawn = False
        self._unwrap()

    def _width(self):
        try:
            return os.get_terminal_size(self._file).columns or 80
        except (OSError, TypeError):
            return shutil.get_terminal_size().columns

    def _wrap(self):
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if stream is not None and not stream.closed and stream.isatty():
                self._wrapped[name] = stream, _Wrapped(stream, self)
                setattr(sys, name, self._wrapped[name][1])

    def _unwrap(self):
        for name, (stream, wrapper) in self._wrapped.items():
            # Somebody may have put a stream of their own there, and will put back what they found.
            if getattr(sys, name) is wrapper:
                setattr(sys, name, stream)
        self._wrapped.clear()


class _Wrapped:
    """A stream of the terminal that shares it with the bar."""

    def __init__(self, stream, line):
        self.__dict__.update(_stream=stream, _line=line)

    def write(self, text):
        return self._line.pass_on(self._stream, text) if self._line.bars else self._stream.write(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        self._line.flushed()
        self._stream.flush()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __setattr__(self, name, value):
        setattr(self._stream, name, value)

    def __iter__(self):
        return iter(self._stream)


class TerminalBar:
    """One title with its bar, rate and time; the first one on the terminal stays there when it is finished."""

    def __init__(self, title):
        global _line
        self._title = title
        self._pace = Pace()
        self._done, self._total = 0, 0
        if _line is None or not _line.bars:
            _line = _Line(sys.stderr)
        self._line = _line
        self._is_inner = bool(_line.bars)
        _line.begin(self)

    def show(self, done, total):
        self._done, self._total = done, total
        self._line.draw()

    def close(self, finished):
        self._line.end(self, keep=finished and not self._is_inner)

    def text(self, width):
        """At most one column less than the terminal is wide, or it would begin a new line."""
        width -= 1
        if not self._total:
            return _cut(", ".join(filter(None, (f"{self._title}: {self._done}", self._pace.words(self._done, 0)))), width)
        numbers = f"{self._done} of {self._total}"
        words = self._pace.words(self._done, self._total)
        head = f"{self._title}: {100 * self._done // self._total:3d} % "
        tail = f" {numbers}, {words}" if words else f" {numbers}"
        room = min(width - _columns(head) - len(tail) - 2, _WIDEST_BAR)
        if room < _NARROWEST_BAR:
            return _cut(head.rstrip() + tail, width)
        filled = room * min(self._done, self._total) // self._total
        return f"{head}[{'#' * filled}{'.' * (room - filled)}]{tail}"


def _columns(text):
    """How wide a text is on a terminal: letters of East Asia take two columns, accents none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text, width):
    while _columns(text) > max(width, 0):
        text = text[:-1]
    return text


_line = None


def _wipe_at_the_end():
    """sys.exit in the middle of a loop leaves bars behind."""
    if _line is not None:
        _line.wipe()


atexit.register(_wipe_at_the_end)
