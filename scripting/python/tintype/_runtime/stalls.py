# Says in plain words where a script hangs that was stopped and has not ended.
# SPDX-License-Identifier: GPL-3.0-or-later
import _socket
import ast
import builtins
import inspect
import linecache
import os
import select
import sys
import sysconfig
import traceback
import types

_OURS = os.path.dirname(__file__) + os.sep
_LIBRARY = sysconfig.get_path("stdlib") + os.sep

_NETWORK = "it waits for a network connection"
_READY = "it waits for connections or other programs"
_PROGRAM = "it waits for another program"
_FILE = "it waits for a file, a pipe or a connection"
_C_CODE = "it is in a call of C code that Python cannot interrupt"

# Modules of the standard library, by what their functions wait for.
_LIBRARIES = {"socket": _NETWORK, "ssl": _NETWORK, "selectors": _READY, "subprocess": _PROGRAM}
_WAITS = {"wait", "wait3", "wait4", "waitid", "waitpid"}


def describe(threads):
    """(where it hangs, the stack) of threads given as (number, whether the stop has not landed yet)."""
    frames = sys._current_frames()
    stacks = []
    where = ""
    for number, pending in threads:
        frame = frames.get(number)
        if frame is None:
            continue
        stack = [each for each in traceback.walk_stack(frame) if not each[0].f_code.co_filename.startswith(_OURS)]
        if not stack:
            continue
        # A thread that Stop cannot reach says more than one that goes on.
        if not where or pending:
            where = _where(stack, pending)
        stacks.append("".join(traceback.StackSummary.extract(iter(stack[::-1])).format()))
    return where, "\n".join(stacks)


def _where(stack, pending):
    own = next((each for each in stack if not each[0].f_code.co_filename.startswith(_LIBRARY)), stack[0])
    frame, line = own
    place = f"{os.path.basename(frame.f_code.co_filename)}, line {line}"
    if not pending:
        return f"it goes on after the stop, since it catches every exception or is still cleaning up ({place})"
    return f"{_reason(*stack[0])}: {_call(frame, line)} ({place})"


def _reason(frame, line):
    """By the module that the innermost frame is in, else by what it calls there; a name alone says nothing."""
    file = frame.f_code.co_filename
    library = os.path.splitext(os.path.basename(file))[0] if file.startswith(_LIBRARY) else ""
    return _LIBRARIES.get(library) or _reason_of_c_call(frame, _call(frame, line)) or _C_CODE


def _reason_of_c_call(frame, text):
    try:
        call = ast.parse(text, mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(call, ast.Call):
        return None
    if isinstance(call.func, ast.Attribute):
        owner = type(_resolved(frame, call.func.value))
        if issubclass(owner, _socket.socket):
            return _NETWORK
        if owner.__module__ == select.__name__:
            return _READY
    called = _resolved(frame, call.func)
    if not isinstance(called, types.BuiltinFunctionType):
        return None
    if called.__module__ == select.__name__:
        return _READY
    if called.__module__ == os.name:
        return _PROGRAM if called.__name__ in _WAITS else _FILE
    return None


def _resolved(frame, node):
    """What a name or an attribute stands for, found without running any code of the script's; None for what is not found."""
    if isinstance(node, ast.Name):
        for names in (frame.f_locals, frame.f_globals, vars(builtins)):
            if node.id in names:
                return names[node.id]
    if isinstance(node, ast.Attribute):
        return inspect.getattr_static(_resolved(frame, node.value), node.attr, None)
    return None


def _call(frame, line):
    """The text of the call that the frame is at."""
    code = frame.f_code
    positions = list(code.co_positions())[frame.f_lasti // 2]
    first, last, begin, end = positions
    text = linecache.getline(code.co_filename, line)
    if first == last == line and begin is not None and end is not None:
        piece = text.encode()[begin:end].decode(errors="replace").strip()
        if piece:
            return piece
    return text.strip()
