# The interactive console: compiles what was typed, runs it and shows what came out.
# SPDX-License-Identifier: GPL-3.0-or-later
import ast
import codeop
import sys

import _tintype_runtime as native

from . import debugging, errors, threads
from .identity import Identity, new_main

_REMEMBERED_INPUTS = 1000
_LONGEST_PROMPT = 1000
EXIT_TEXT = "exit() does not end Tintype; close the window to quit.\n"


class Console:
    """Belongs to one thread, which calls all members."""

    def __init__(self):
        self.main = new_main()
        self.identity = Identity(self.main, [""])
        self._compile = codeop.CommandCompiler()
        self._inputs = 0
        self._last = None  # the last value, and what stands in `_` for it
        self._shown = None
        self.identity.settings.update(displayhook=self.show, ps1=">>> ", ps2="... ")

    def start(self):
        """Makes the API known in the console; called once, where its output shows."""
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
            self._execute(codes)
        except SystemExit as error:
            _explain_exit(error.code)
            return "finished", ""
        except threads.cancelled():
            sys.stderr.write("Stopped.\n")
            return "stopped", ""
        except BaseException as error:
            failed = error
        else:
            return "finished", ""
        # Outside the handler, as CPython does, so that an error in a hook has nothing to do with this one.
        line = errors.one_line(failed)
        sys.last_type, sys.last_value = type(failed), failed
        sys.last_traceback = errors.without_our_frames(failed).__traceback__
        errors.show_error(failed)
        return "failed", line

    def _execute(self, codes):
        if isinstance(codes, BaseException):
            raise codes
        if self._last is not None and "_" not in self.main.__dict__:
            # A name of one's own that was deleted.
            self.main._ = self._shown = self._last
        with debugging.KeptOutside():
            for code in codes:
                exec(code, self.main.__dict__)

    def prompts(self):
        """What sys.ps1 and sys.ps2 are now, as text: like CPython's console one asks before each input."""
        return _prompt("ps1"), _prompt("ps2")

    def show(self, value):
        """The value of an expression, as CPython's console shows it; `_` is the console's own."""
        if value is None:
            return
        names = self.main.__dict__
        sys.stdout.write(repr(value) + "\n")
        self._last = value
        if names.get("_", self._shown) is self._shown:
            names["_"] = self._shown = value


def _prompt(name):
    """The end of a long one. As in CPython's console a prompt that is gone or cannot be shown is none; a Stop stays one."""
    try:
        text = str(getattr(sys, name, ""))
    except threads.cancelled():
        raise
    except BaseException:
        return ""
    # Of a subclass of str no method of its own has a say.
    return str.__getitem__(text, slice(-_LONGEST_PROMPT, None))


def _explain_exit(code):
    if code is not None and not isinstance(code, int):
        sys.stderr.write(f"{code}\n")
    sys.stderr.write(EXIT_TEXT)
