# A terminal for tests: runs a program in a pseudo-terminal and knows what its screen shows.
# SPDX-License-Identifier: GPL-3.0-or-later
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

import pyte

SECONDS = 60


class Terminal:
    """What the program writes goes through pyte, a terminal in Python, so that tests see what a person sees."""

    def __init__(self, command, environment, columns=80, lines=24, **options):
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self._size(columns, lines)
        self.raw = b""
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=options.pop("stdout", slave), stderr=slave, env=environment | {"TERM": "xterm"},
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0), **options,
        )
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    def _size(self, columns, lines):
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, columns, lines=24):
        self._screen.resize(lines, columns)
        self._size(columns, lines)

    def type(self, text):
        os.write(self._master, text.encode())

    def lines(self):
        """The lines of the screen that are not empty."""
        return [line.rstrip() for line in self._screen.display if line.strip()]

    def _read(self, seconds):
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:  # nobody has the other end any more
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def wait_for(self, condition):
        """Read until the condition is true for the lines of the screen; returns them."""
        end = time.monotonic() + SECONDS
        while not condition(self.lines()):
            assert time.monotonic() < end and self._read(0.1), "\n".join(self.lines())
        return self.lines()

    def wait_for_text(self, text):
        return self.wait_for(lambda lines: any(text in line for line in lines))

    def wait_for_end(self):
        """Read to the end; returns the exit code."""
        end = time.monotonic() + SECONDS
        while self._read(0.1):
            assert time.monotonic() < end, "\n".join(self.lines())
            if self.process.poll() is not None and not select.select([self._master], [], [], 0)[0]:
                break
        return self.process.wait(SECONDS)
