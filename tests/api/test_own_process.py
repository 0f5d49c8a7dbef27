# The stop of a script in its own process, whichever moment it comes at.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import signal
import socket
import subprocess
import sys

import pytest

from tintype import _own_process

FINISHED = ("finished", "", 0)


class Stop:
    """The window's wish, met once, as _OwnProcess keeps it."""

    def __init__(self):
        self.stop_wanted = False
        self._met = False

    def meet_stop(self):
        first, self._met = not self._met, True
        return first

    def send(self):
        self.stop_wanted = True
        signal.raise_signal(signal.SIGINT)


class Script:
    ran = False

    def run(self):
        self.ran = True
        return FINISHED


def run_with_stop_at(instruction):
    """The outcome, whether the script ran, and whether there was such an instruction of Interruption.run."""
    interruption, stop, script = _own_process.Interruption(), Stop(), Script()
    left = instruction

    def trace(frame, event, argument):
        nonlocal left
        if frame.f_code is not _own_process.Interruption.run.__code__:
            return None
        frame.f_trace_opcodes = True
        left -= event == "opcode"
        if event == "opcode" and left == 0:
            stop.send()
        return trace

    sys.settrace(trace)
    try:
        outcome = interruption.run(script, stop)
    finally:
        sys.settrace(None)
    return outcome, script.ran, stop.stop_wanted


@pytest.fixture(autouse=True)
def old_handler():
    old = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, old)


def test_a_stop_at_any_instruction_around_the_script_is_met_without_a_traceback(capsys):
    met = {}
    for instruction in range(1, 200):
        outcome, ran, came = run_with_stop_at(instruction)
        if not came:
            break
        assert outcome in (FINISHED, _own_process.STOPPED)
        assert capsys.readouterr().err == ("Stopped.\n" if outcome == _own_process.STOPPED else "")
        # Who has not begun does not begin any more.
        assert ran or outcome == _own_process.STOPPED
        met[outcome, ran] = True
    assert not came and outcome == FINISHED
    # Before the script, in it, and after it.
    assert met.keys() == {(_own_process.STOPPED, False), (_own_process.STOPPED, True), (FINISHED, True)}


def test_a_signal_without_the_windows_wish_is_the_scripts_own():
    interruption, caught = _own_process.Interruption(), []

    class Sends:
        def run(self):
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                caught.append(True)
            return FINISHED

    assert interruption.run(Sends(), Stop()) == FINISHED
    assert caught == [True]
    # Outside the script there is nobody to interrupt.
    signal.raise_signal(signal.SIGINT)


def test_a_stop_that_waits_when_the_process_begins_keeps_the_script_from_running():
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        request = {"name": "test", "path": "", "text": "print('ran')", "arguments": [], "images": [], "scripts": [],
                   "active": "", "nodes": []}
        for message in (request, {"type": "stop"}):
            ours.send(b"\0" + json.dumps(message).encode())
        code = f"from tintype._own_process import main; main({theirs.fileno()})"
        ended = subprocess.run([sys.executable, "-c", code], pass_fds=[theirs.fileno()], capture_output=True, text=True,
                               timeout=60)
        messages = []
        ours.setblocking(False)
        while not messages or messages[-1]["type"] != "ended":
            messages.append(json.loads(ours.recv(1 << 16)[1:]))
    assert (ended.stdout, ended.stderr, ended.returncode) == ("", "Stopped.\n", 130)
    assert messages[-1]["state"] == "stopped"
