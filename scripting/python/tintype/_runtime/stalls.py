# Says in plain words where a script hangs that was stopped and has not ended.
# SPDX-License-Identifier: GPL-3.0-or-later
import linecache
import os
import sys
import sysconfig
import traceback

_OURS = os.path.dirname(__file__) + os.sep
_LIBRARY = sysconfig.get_path("stdlib") + os.sep

_CALLS = {
    "it waits for a network connection": {"recv", "recv_into", "recvfrom", "accept", "connect", "send", "sendall", "urlopen"},
    "it waits for connections or other programs": {"select", "poll", "epoll"},
    "it waits for another program": {"wait", "waitpid", "communicate", "run", "call", "check_call", "check_output"},
}
_LIBRARIES = {
    "socket": "it waits for a network connection",
    "ssl": "it waits for a network connection",
    "selectors": "it waits for connections or other programs",
    "subprocess": "it waits for another program",
}


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
    innermost = stack[0][0].f_code.co_filename
    library = os.path.splitext(os.path.basename(innermost))[0] if innermost.startswith(_LIBRARY) else ""
    call = _call(frame, line)
    reason = _LIBRARIES.get(library) or _reason(call) or "it is in a call of C code that Python cannot interrupt"
    return f"{reason}: {call} ({place})"


def _reason(call):
    name = call.partition("(")[0].rpartition(".")[2]
    return next((reason for reason, names in _CALLS.items() if name in names), None)


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
