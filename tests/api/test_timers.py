# Timers of a program without a window.
# SPDX-License-Identifier: GPL-3.0-or-later
import math
import re
import subprocess
import sys
import threading

import pytest

import tintype as tt


def run(code):
    return subprocess.run([sys.executable, "-c", "import tintype as tt\n" + code], capture_output=True, text=True, timeout=60)


def test_call_later_calls_once_with_its_arguments():
    called = threading.Event()
    got = []

    def late(*args, **kwargs):
        got.append((args, kwargs))
        called.set()

    timer = tt.timers.call_later(0.001, late, 1, word="two")
    assert called.wait(60)
    assert got == [((1,), {"word": "two"})]
    timer.cancel()
    assert not timer.active


def test_call_every_goes_on_until_it_is_cancelled():
    beats = threading.Semaphore(0)
    timer = tt.timers.call_every(0.001, beats.release)
    for _ in range(3):
        assert beats.acquire(timeout=60)
    assert timer.active and timer.repeats and timer.seconds == 0.001
    timer.cancel()
    assert not timer.active


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf"), 1e9, "soon", None, True, 10**400])
def test_bad_seconds_are_named(seconds):
    with pytest.raises(tt.ParameterError, match="call_later: seconds must be") as caught:
        tt.timers.call_later(seconds, print)
    shown = {10**400: "inf", 1e9: "1e+09", -1: "-1.0"}.get(seconds, str(seconds))
    assert shown in str(caught.value)


def test_the_documented_limits_are_the_limits():
    most = float(re.search(r"more than (\d+)", tt.timers.call_later.__doc__)[1])
    least, most_between = map(float, re.search(r"from\s+([\d.]+) to (\d+)", tt.timers.call_every.__doc__).groups())
    assert most == most_between
    for start, seconds in [(tt.timers.call_later, most), (tt.timers.call_every, least), (tt.timers.call_every, most)]:
        start(seconds, int).cancel()
    for start, seconds in [(tt.timers.call_later, math.nextafter(most, math.inf)), (tt.timers.call_every, math.nextafter(least, 0)),
                           (tt.timers.call_every, math.nextafter(most, math.inf))]:
        with pytest.raises(tt.ParameterError, match="seconds must be"):
            start(seconds, int)


def test_what_cannot_be_called_is_named():
    with pytest.raises(tt.ParameterError, match="call_every: fn must be a function .* not 5"):
        tt.timers.call_every(1, 5)


def test_a_program_waits_for_call_later_and_not_for_call_every():
    done = run("tt.timers.call_every(0.001, int); tt.timers.call_later(0.2, print, 'late'); print('end')")
    assert (done.returncode, done.stdout, done.stderr) == (0, "end\nlate\n", "")


def test_an_error_is_shown_with_its_traceback_and_changes_no_exit_code():
    done = run("def fail():\n    raise ValueError('no disk')\ntt.timers.call_later(0, fail)")
    assert done.returncode == 0
    assert done.stderr.startswith("The timer fail failed.\nTraceback")
    assert done.stderr.endswith("ValueError: no disk\n")


@pytest.mark.parametrize("end, code", [("sys.exit(3)", 3), ("sys.exit('text')", 1), ("pass", 1), ("sys.exit()", 1)])
def test_a_call_that_cannot_be_stopped_leaves_the_program_its_exit_code(end, code):
    done = run(
        "import os, signal, sys, threading, time\n"
        "ending = threading.Event()\n"
        "threading._register_atexit(ending.set)\n"
        "def stuck():\n"
        "    ending.wait()\n"
        "    threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGINT)).start()\n"
        "    time.sleep(600)\n"
        "tt.timers.call_later(0, stuck)\n" + end
    )
    assert done.stderr.endswith("Tintype: a handler or timer could not be stopped.\n")
    assert done.returncode == code


def test_a_call_that_never_ends_is_stopped_by_ctrl_c():
    done = run(
        "import os, signal, threading\n"
        "ending = threading.Event()\n"
        # Else the signal could come while the program still makes the timer, which is not what it is to end.
        "threading._register_atexit(ending.set)\n"
        "def forever():\n"
        "    ending.wait()\n"
        "    threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGINT)).start()\n"
        "    while True: pass\n"
        "tt.timers.call_later(0, forever)"
    )
    assert "KeyboardInterrupt" in done.stderr
    assert done.returncode == 0


def test_references_that_no_python_thread_drops_are_given_up_soon():
    """An array that a libvips thread lets go of last must not stay for as long as no Python code runs."""
    gone = threading.Event()

    class Large:
        def __call__(self):
            pass

        def __del__(self):
            gone.set()

    timer = tt.timers.call_later(0, Large())
    assert gone.wait(60)
    assert not timer.active
