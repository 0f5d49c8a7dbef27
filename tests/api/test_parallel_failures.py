# tt.parallel when things go wrong: errors, crashes, time limits, what cannot travel, and being stopped.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import signal
import subprocess
import sys
import threading
import time
import traceback

import pytest
from ended import has_ended

import tintype as tt

EXECUTORS = pytest.mark.parametrize("executor", ["threads", "processes"])
SECONDS = 60


class Refused(Exception):
    def __init__(self, code, reason):
        super().__init__(f"{code}: {reason}")
        self.code = code


def refuse(number):
    raise Refused(number, "no")


def invert(number):
    return 1 / number


@EXECUTORS
def test_the_error_of_the_function_is_raised_with_its_traceback(executor):
    with pytest.raises(ZeroDivisionError) as caught:
        tt.parallel.map(invert, [1, 0], executor=executor)
    text = "".join(traceback.format_exception(caught.value))
    assert "return 1 / number" in text
    assert caught.value.__notes__ == ["This was item 1: 0"]


@EXECUTORS
def test_failures_stand_in_the_place_of_results(executor):
    results = tt.parallel.map(invert, [1, 0, 2], executor=executor, on_error="return")
    assert (results[0], results[2]) == (1.0, 0.5)
    failure = results[1]
    assert isinstance(failure, tt.parallel.Failure)
    assert (failure.item, failure.index, failure.kind) == (0, 1, "error")
    assert isinstance(failure.error, ZeroDivisionError)
    assert failure.traceback.count("File ") == 1 and "return 1 / number" in failure.traceback


def test_imap_raises_an_error_at_its_place():
    results = tt.parallel.imap(invert, [4, 2, 0, 1], executor="processes")
    assert (next(results), next(results)) == (0.25, 0.5)
    with pytest.raises(ZeroDivisionError):
        next(results)


class Lost(OSError):
    def __init__(self, path):
        super().__init__(2, "it is gone", path)


class Twice(Exception):
    def __init__(self, text, more=""):
        super().__init__(f"{text} and {text}")


class Several(ExceptionGroup):
    __slots__ = ("place", "nothing_yet")

    def __new__(cls, place):
        made = super().__new__(cls, "several", [Refused(3, "so"), KeyError("b")])
        made.place = place
        return made

    def __init__(self, place):
        pass


@EXECUTORS
def test_errors_travel_whatever_their_constructors_want(executor):
    def fail(error):
        raise error

    refused, lost, twice, several = (
        failure.error
        for failure in tt.parallel.starmap(
            lambda make, *arguments: fail(make(*arguments)),
            [(Refused, 7, "no"), (Lost, "x.tif"), (Twice, "a"), (Several, "here")], executor=executor, on_error="return",
        )
    )  # fmt: skip
    assert (type(refused), refused.args, refused.code, str(refused)) == (Refused, ("7: no",), 7, "7: no")
    assert (type(lost), lost.errno, lost.filename, str(lost)) == (Lost, 2, "x.tif", "[Errno 2] it is gone: 'x.tif'")
    assert (type(twice), str(twice)) == (Twice, "a and a")
    assert (type(several), several.place, several.message) == (Several, "here", "several")
    assert [type(error) for error in several.exceptions] == [Refused, KeyError] and several.exceptions[0].code == 3
    with pytest.raises(Refused, match="7: no") as caught:
        tt.parallel.map(refuse, [7], executor=executor)
    assert "raise Refused(number" in "".join(traceback.format_exception(caught.value))
    assert tt.parallel.submit(refuse, 3, executor=executor).exception(SECONDS).code == 3


class Own(Exception):
    def __init__(self, left, right):
        super().__init__(left)
        self.right = right

    def __reduce__(self):
        return Own, (*self.args, self.right + 1)


def test_an_error_that_says_how_it_travels_travels_so():
    def fail(number):
        raise Own("a", number)

    assert tt.parallel.map(fail, [4], executor="processes", on_error="return")[0].error.right == 5


def test_an_attribute_error_leaves_its_object_where_it_is():
    failure = tt.parallel.map(lambda _: threading.Lock().colour, [0], executor="processes", on_error="return")[0]
    assert type(failure.error) is AttributeError and failure.error.name == "colour"


def test_an_error_that_cannot_travel_is_told_in_words():
    def fail(number):
        error = Refused(number, "no")
        error.lock = threading.Lock()
        raise error

    failure = tt.parallel.map(fail, [7], executor="processes", on_error="return")[0]
    assert type(failure.error) is tt.Error and "Refused: 7: no" in str(failure.error)
    assert "raise error" in failure.traceback


@EXECUTORS
def test_a_function_that_calls_exit_does_not_end_the_program(executor):
    failure = tt.parallel.map(lambda _: sys.exit(3), [0], executor=executor, on_error="return")[0]
    assert failure.kind == "error" and "sys.exit(3)" in str(failure.error)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_crash_costs_its_own_item_only(number):
    def crash(index):
        if index == 5:
            os.kill(os.getpid(), number)
        return index

    results = tt.parallel.map(crash, range(20), executor="processes", on_error="return")
    failure = results.pop(5)
    assert results == [index for index in range(20) if index != 5]
    assert (failure.kind, failure.index) == ("crashed", 5)
    assert isinstance(failure.error, tt.parallel.CrashedError) and number.name in str(failure.error)
    if number != signal.SIGKILL:
        assert "os.kill(os.getpid()" in failure.traceback or " in crash" in failure.traceback


def test_a_process_that_vanishes_is_a_crash():
    failure = tt.parallel.map(lambda _: os._exit(0), [0], executor="processes", on_error="return")[0]
    assert failure.kind == "crashed" and "exit code 0" in str(failure.error)
    with pytest.raises(tt.parallel.CrashedError):
        tt.parallel.submit(os._exit, 3, executor="processes").result(SECONDS)


def test_a_program_that_takes_no_notice_of_its_children_may_use_processes():
    code = (
        "import os, signal, tintype as tt\n"
        "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
        "def f(n): os._exit(3) if n == 2 else None; return n\n"
        "print(*tt.parallel.map(f, range(4), executor='processes', on_error='return'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS)
    assert done.stdout.startswith("0 1 <tintype.parallel.Failure crashed of item 2") and done.stdout.endswith("> 3\n"), done.stderr
    assert done.returncode == 0 and not done.stderr


@EXECUTORS
def test_an_item_that_is_late_is_given_up(executor):
    def maybe_wait(index):
        until = time.monotonic() + (SECONDS if index == 1 else 0)
        while time.monotonic() < until:
            time.sleep(0.01)
        return index

    results = tt.parallel.map(maybe_wait, range(6), executor=executor, timeout=2, on_error="return", workers=2)
    failure = results.pop(1)
    assert results == [0, 2, 3, 4, 5]
    assert (failure.kind, failure.index) == ("timeout", 1)
    assert isinstance(failure.error, tt.parallel.TimedOutError) and isinstance(failure.error, TimeoutError)
    with pytest.raises(TimeoutError):
        tt.parallel.submit(maybe_wait, 1, executor=executor, timeout=0.2).result(SECONDS)


def test_a_thread_that_goes_on_after_its_time_does_no_harm():
    ended = threading.Event()

    def swallow(index):
        if index == 0:
            try:
                while True:
                    time.sleep(0.01)
            except BaseException:
                ended.set()
        return index

    results = tt.parallel.map(swallow, range(8), timeout=1, on_error="return", workers=2)
    assert results[0].kind == "timeout" and results[1:] == list(range(1, 8))
    assert ended.wait(SECONDS)
    for thread in [thread for thread in threading.enumerate() if thread.name == "tintype worker"]:
        thread.join(SECONDS)
        assert not thread.is_alive()


def test_a_process_that_is_late_may_clean_up_and_takes_its_programs_along(tmp_path, monkeypatch):
    monkeypatch.setattr("tintype.parallel._process_crew.GRACE_SECONDS", 2)

    def wait(path):
        child = subprocess.Popen(["sleep", str(SECONDS)])
        path.write_text(str(child.pid))
        try:
            time.sleep(SECONDS)
        finally:
            (path.parent / "cleaned").touch()
            if path.name == "stubborn":
                time.sleep(SECONDS)

    path = tmp_path / "stubborn"
    tt.parallel.map(wait, [path], executor="processes", timeout=3, on_error="return")
    assert (tmp_path / "cleaned").exists()
    assert has_ended(int(path.read_text()))


def test_functions_that_cannot_travel_are_named():
    lock = threading.Lock()

    def locked(number):
        with lock:
            return number

    with pytest.raises(tt.Error, match=r"locked cannot be sent to other processes: its variable lock is <unlocked .*cannot pickle"):
        tt.parallel.map(locked, [1], executor="processes")


def test_items_and_results_that_cannot_travel_are_named():
    lock = threading.Lock()
    results = tt.parallel.map(type, [1, lock, 2], executor="processes", on_error="return")
    assert (results[0], results[2]) == (int, int)
    assert results[1].kind == "unpicklable" and results[1].item is lock
    assert str(results[1].error).startswith("Item 1 (<unlocked _thread.lock") and "cannot be sent to another process" in str(results[1].error)
    failure = tt.parallel.map(lambda _: (n for n in [1]), [0], executor="processes", on_error="return")[0]
    assert failure.kind == "unpicklable" and "The result, <generator object" in str(failure.error)
    with pytest.raises(tt.parallel.UnpicklableError):
        tt.parallel.map(type, [lock], executor="processes")


def test_a_result_that_cannot_be_read_here_is_named(tmp_path, monkeypatch):
    class Broken:
        def __reduce__(self):
            return int, ("not a number",)

    failure = tt.parallel.map(lambda _: Broken(), [0], executor="processes", on_error="return")[0]
    assert failure.kind == "unpicklable" and "ValueError: invalid literal" in str(failure.error)


def test_errors_of_the_items_are_raised_as_they_are():
    def items():
        yield 1
        raise KeyError("no more")

    for executor in ("threads", "processes"):
        with pytest.raises(KeyError, match="no more"):
            tt.parallel.map(invert, items(), executor=executor)
        assert tt.parallel.map(invert, [1], executor=executor) == [1.0]


@EXECUTORS
def test_ctrl_c_ends_workers(executor, tmp_path):
    code = (
        "import tintype as tt, time, pathlib, sys\n"
        "def wait(n):\n"
        "    try:\n"
        "        sys.stdout.write('begun\\n'); sys.stdout.flush()\n"
        "        for _ in range(6000): time.sleep(0.01)\n"
        "    finally:\n"
        f"        pathlib.Path({str(tmp_path)!r}, 'ended').touch()\n"
        f"tt.parallel.map(wait, range(9), executor={executor!r})\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=SECONDS)
    assert "KeyboardInterrupt" in error and process.returncode != 0
    assert (tmp_path / "ended").exists()


def test_workers_end_with_a_program_that_is_killed():
    code = (
        "import tintype as tt, os\n"
        "def spin(n):\n"
        "    print(os.getpid(), flush=True)\n"
        "    while True: pass\n"
        "tt.parallel.map(spin, range(2), executor='processes', workers=2)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        workers = {int(process.stdout.readline()) for _ in range(2)}
        assert len(workers) == 2
        process.kill()
    for worker in workers:
        assert has_ended(worker)
