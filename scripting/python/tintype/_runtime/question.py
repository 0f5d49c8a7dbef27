# input(): asks the person in the window.
# SPDX-License-Identifier: GPL-3.0-or-later
import builtins
import sys

import _tintype_runtime as native

_input = builtins.input


def input(prompt="", /):
    """Asks in the window and writes down the question with its answer; outside scripts as CPython does."""
    if native.identity() is None or "stdin" in native.identity().streams:
        return _input(prompt)
    prompt = str(prompt)
    answer = native.ask(prompt or "The script reads a line of input:", "")
    if answer is None:
        sys.stdout.write(prompt + "\n")
        raise EOFError("the question was dismissed")
    sys.stdout.write(f"{prompt}{answer}\n")
    return answer


def install():
    builtins.input = input
    # license() would ask after each page.
    type(builtins.license).MAXLINES = sys.maxsize
