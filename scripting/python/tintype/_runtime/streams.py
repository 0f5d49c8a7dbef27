# sys.stdin, sys.stdout and sys.stderr, routed to where the running code was started.
# SPDX-License-Identifier: GPL-3.0-or-later
import codecs
import io
import sys

import _tintype_runtime as native


class _Bytes(io.RawIOBase):
    """`sys.stdout.buffer`: bytes, shown as the UTF-8 text they are."""

    def __init__(self, stream):
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        self._stream.write(self._decoder.decode(data))
        return len(data)

    def close(self):
        """Stays open, as the stream does."""


class Output(io.TextIOBase):
    """Writes to the script or console line that the calling thread belongs to; outside those to the real stream."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, number, real):
        super().__init__()
        self._number = number
        self._real = real
        self.buffer = _Bytes(self)
        self.name = "<stdout>" if number == 1 else "<stderr>"
        self.mode = "w"

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if not native.write(self._number, text) and self._real is not None:
            self._real.write(text)
        return len(text)

    def flush(self):
        if native.identity() is None and self._real is not None:
            self._real.flush()

    def fileno(self):
        if self._real is None:
            raise io.UnsupportedOperation("this stream has no file")
        return self._real.fileno()

    def isatty(self):
        return native.identity() is None and self._real is not None and self._real.isatty()

    def reconfigure(self, **options):
        """Accepted for scripts that ask for UTF-8 or line buffering, both of which they have."""

    def close(self):
        """Stays open: `exit()` and libraries close streams that are not theirs."""


class Input(io.TextIOBase):
    """Asks the person for each line; outside scripts it reads the real stream."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, real):
        super().__init__()
        self._real = real
        self.name = "<stdin>"
        self.mode = "r"

    def readable(self):
        return True

    def readline(self, size=-1):
        if native.identity() is None:
            return self._real.readline(size) if self._real is not None else ""
        answer = native.ask("The script reads a line of input:", "")
        return "" if answer is None else answer + "\n"

    def read(self, size=-1):
        lines = []
        while line := self.readline():
            lines.append(line)
            if 0 <= size <= sum(map(len, lines)):
                break
        return "".join(lines)

    def fileno(self):
        if self._real is None:
            raise io.UnsupportedOperation("this stream has no file")
        return self._real.fileno()

    def isatty(self):
        return native.identity() is None and self._real is not None and self._real.isatty()

    def close(self):
        """Stays open: `exit()` closes it."""


class Router:
    """What CPython itself finds as sys.stdout: the stream that the running script has put there, or the direct one."""

    def __init__(self, name, direct):
        self.__dict__.update(direct=direct, _name=name)

    def _current(self):
        own = native.identity()
        return self.direct if own is None else own.streams.get(self._name, self.direct)

    def write(self, text):
        stream = self._current()
        # As CPython's print, which is silent when there is no stream.
        return len(text) if stream is None else stream.write(text)

    def flush(self):
        stream = self._current()
        if stream is not None:
            stream.flush()

    def __getattr__(self, attribute):
        return getattr(self._current(), attribute)

    def __iter__(self):
        return iter(self._current())


def install():
    sys.stdin = Router("stdin", Input(sys.stdin))
    sys.stdout = Router("stdout", Output(1, sys.stdout))
    sys.stderr = Router("stderr", Output(2, sys.stderr))
