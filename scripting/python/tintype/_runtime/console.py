# The interactive console: compiles what was typed, runs it and shows what came out.
# SPDX-License-Identifier: GPL-3.0-or-later
import ast
import codeop
import sys

import _tintype_runtime as native

from . import errors, threads
from .identity import Identity, new_main

_REMEMBERED_INPUTS = 1000
EXIT_TEXT = "exit() does not end Tintype; close the window to quit.\n"


class Console:
    """Belongs to one thread, which calls all members."""

    def __init__(self):
        self.main = new_main()
        self.identity = Identity(self.main, [""])
        self._compile = codeop.CommandCompiler()
        self._inputs = 0
        self._shown = None

    def start(self):
        """Makes the API known in the console; called once, where its output shows."""
        sys.displayhook = self.show
        try:
            import tintype
        except Exception as error:
            errors.show_error(error)
        else:
            self.main.tintype = self.main.tt = tintype

    def compile(self, source):
        """Code objects, one a statement; an exception when there can be none; None when the input is not complete."""
        filename = f"<console-{self._inputs + 1}>"
        try:
            codes = self._codes(source, filename)
        except Exception as error:
            # How the compiler came to it is nobody's business.
            codes = error.with_traceback(None)
            codes.__context__ = None
        if codes is not None:
            self._inputs += 1
            errors.remember_source(filename, source)
            errors.forget_source(f"<console-{self._inputs - _REMEMBERED_INPUTS}>")
        return codes

    def _codes(self, source, filename):
        try:
            code = self._compile(source, filename, "single")
            return None if code is None else [code]
        except SyntaxError:
            # Several statements at once, pasted for example.
            if self._compile(source, filename, "exec") is None:
                return None
        statements = ast.parse(source, filename).body
        if not statements:
            return []
        last = statements[-1]
        first_line = min([last.lineno] + [each.lineno for each in getattr(last, "decorator_list", [])])
        tail = "\n".join(source.split("\n")[first_line - 1 :])
        if last.lineno != statements[-1 - (len(statements) > 1)].lineno and self._is_open(tail, filename):
            return None
        return [
            self._compile.compiler(ast.Interactive([statement]), filename, "single") for statement in statements
        ]

    def _is_open(self, tail, filename):
        """Whether CPython's console would wait for the empty line that ends a block."""
        try:
            return self._compile(tail, filename, "single") is None
        except SyntaxError:
            return False

    def run(self, codes):
        """Runs what `compile` returned. ("finished" | "failed" | "stopped", the error in one line)."""
        try:
            if isinstance(codes, BaseException):
                raise codes
            for code in codes:
                exec(code, self.main.__dict__)
        except SystemExit:
            sys.stderr.write(EXIT_TEXT)
        except (threads.cancelled(), KeyboardInterrupt):
            sys.stderr.write("Stopped.\n")
            return "stopped", ""
        except BaseException as error:
            errors.show_error(error)
            return "failed", errors.one_line(error)
        return "finished", ""

    def show(self, value):
        """The value of an expression, as CPython's console shows it; `_` is the console's own."""
        if native.identity() is not self.identity:
            return sys.__displayhook__(value)
        if value is None:
            return None
        names = self.main.__dict__
        sys.stdout.write(repr(value) + "\n")
        if names.get("_", self._shown) is self._shown:
            names["_"] = self._shown = value
        return None
