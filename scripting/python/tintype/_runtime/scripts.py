# Runs one script as CPython would run it: its own `__main__`, sys.argv, exit code and traceback.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import importlib.util
import os
import sys

import _tintype_runtime as native

from . import debugging, errors, modules, pools, threads
from .identity import Identity, new_main

STOPPED_CODE = 130


class Script:
    """Belongs to the script's thread. `text` may be None: then the file at `path` is read."""

    def __init__(self, name, path, text, arguments):
        self._path = path
        self._filename = path or f"<{name}>"
        self._text = text
        self.main = new_main()
        if path:
            self.main.__file__ = path
        self._folder = folder = os.path.dirname(os.path.abspath(path)) if path else ""
        self.identity = Identity(self.main, [path or name, *arguments], [folder, *sys.path])

    def run(self):
        """(the state that the job ends in, the error in one line, the exit code)"""
        outcome = self._guarded(self._run_code)
        waited = self._guarded(lambda: self._wait(outcome[0]))
        return waited if waited[0] == "stopped" else outcome

    def _wait(self, state):
        threads.wait_for_children(1.0 if state == "stopped" else None)
        # What has gone well goes on until its handlers and timers are gone too.
        if state == "finished":
            native.listen()
            threads.wait_for_children()
        pools.end_left_open()

    def _run_code(self):
        code = self._code()
        if isinstance(code, str):
            sys.stderr.write(code + "\n")
            return "failed", code.rpartition("\n")[2], 1
        modules.begin_script(self._folder)
        # Before the script runs, so that Stop raises its Cancelled. Where that fails Stop raises KeyboardInterrupt, and
        # scripts that want the package say why.
        with contextlib.suppress(ImportError):
            import tintype  # noqa: F401
        with debugging.KeptOutside():
            exec(code, self.main.__dict__)

    def _code(self):
        """The code object, or a text that says why there is none."""
        source = self._text
        if source is None:
            try:
                with open(self._path, "rb") as file:
                    source = file.read()
            except OSError as error:
                return f"The script {self._path} could not be read: {error.strerror or error}."
        else:
            errors.remember_source(self._filename, source)
        try:
            code = compile(source, self._filename, "exec", dont_inherit=True)
        except SyntaxError as error:
            if "codec can't decode" in str(error) and isinstance(source, bytes):
                return self._not_utf8(source) or errors.format_error(error).rstrip()
            return errors.format_error(error).rstrip()
        except ValueError as error:
            return f"The script {self._filename} is not Python text: {error}."
        if isinstance(source, bytes):
            # A traceback shows the lines that ran, also when the file has been changed or deleted since.
            errors.remember_source(self._filename, importlib.util.decode_source(source))
        return code

    def _not_utf8(self, source):
        try:
            source.decode("utf-8")
        except UnicodeDecodeError as error:
            line = source.count(b"\n", 0, error.start) + 1
            return (
                f"The script {self._path} is not UTF-8: byte 0x{source[error.start]:02x} in line {line}. Save it as UTF-8, or "
                "name its encoding in the first line, for example: # -*- coding: latin-1 -*-"
            )
        return None

    def _guarded(self, run):
        try:
            return run() or ("finished", "", 0)
        except SystemExit as error:
            return self._exited(error.code)
        except (threads.cancelled(), KeyboardInterrupt):
            sys.stderr.write("Stopped.\n")
            return "stopped", "", STOPPED_CODE
        except BaseException as error:
            errors.show_error(error)
            return "failed", errors.one_line(error), 1

    def _exited(self, code):
        if code is None:
            code = 0
        elif not isinstance(code, int):
            sys.stderr.write(f"{code}\n")
            return "failed", str(code), 1
        code &= 0xFF
        return ("failed", f"The script ended with exit code {code}.", code) if code else ("finished", "", 0)
