# tt.parallel: results, order, and what may be asked for; on threads and on processes.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import functools
import io
import itertools
import os
import subprocess
import sys
import threading
import time

import pytest

import tintype as tt

EXECUTORS = pytest.mark.parametrize("executor", ["threads", "processes"])


def square(number):
    return number * number


class Scale:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, number):
        return self.factor * number

    def method(self, number):
        return -self.factor * number


@pytest.fixture
def gate(tmp_path):
    """A named pipe, at which threads and processes wait for each other."""
    os.mkfifo(tmp_path / "gate")
    return str(tmp_path / "gate")


def wait_at(gate):
    """Until somebody opens it."""
    open(gate).close()


def let_go(gate):
    """Waits for the one who waits."""
    open(gate, "w").close()


@EXECUTORS
def test_results_come_in_the_order_of_the_items(executor, gate):
    def last_first(number):
        # The other worker does what lies between.
        if number == 0:
            wait_at(gate)
        elif number == 2:
            let_go(gate)
        return number

    assert tt.parallel.map(last_first, range(3), executor=executor, workers=2) == [0, 1, 2]
    assert list(tt.parallel.imap(last_first, range(3), executor=executor, workers=2)) == [0, 1, 2]
    assert tt.parallel.starmap(pow, [(2, 3), (3, 2)], executor=executor) == [8, 9]
    assert sorted(tt.parallel.imap_unordered(square, range(100), executor=executor)) == [n * n for n in range(100)]


@EXECUTORS
def test_a_slow_item_holds_no_other_result_back(executor, gate):
    def slow_first(number):
        if number == 0:
            wait_at(gate)
        return number

    results = tt.parallel.imap_unordered(slow_first, range(8), executor=executor, workers=2)
    assert sorted(itertools.islice(results, 7)) == [1, 2, 3, 4, 5, 6, 7]
    let_go(gate)
    assert list(results) == [0]


@EXECUTORS
def test_of_endless_items_only_a_few_are_taken_ahead(executor):
    taken = itertools.count()

    def items():
        while True:
            yield next(taken)

    def slow(number):
        time.sleep(0.01)
        return number

    results = tt.parallel.imap(slow, items(), executor=executor, workers=2)
    assert [next(results) for _ in range(10)] == list(range(10))
    assert next(taken) < 40
    results.close()


@EXECUTORS
def test_no_items_give_no_results(executor):
    assert tt.parallel.map(square, [], executor=executor) == []
    assert list(tt.parallel.imap(square, iter(()), executor=executor)) == []


@EXECUTORS
def test_whatever_can_be_called_travels(executor):
    factor = 3
    for function in (square, Scale(3), Scale(3).method, lambda n: factor * n, functools.partial(pow, 2), abs):
        assert tt.parallel.map(function, [1, 2], executor=executor) == [function(1), function(2)]


@EXECUTORS
def test_submit_gives_futures(executor):
    futures = [tt.parallel.submit(pow, 2, exponent, executor=executor) for exponent in range(10)]
    assert [future.result(timeout=60) for future in futures] == [2**exponent for exponent in range(10)]
    done = threading.Event()
    future = tt.parallel.submit(lambda *, text: text.upper(), text="a", executor=executor)
    future.add_done_callback(lambda _: done.set())
    assert done.wait(60) and future.result() == "A"
    with pytest.raises(ZeroDivisionError):
        tt.parallel.submit(lambda: 1 / 0, executor=executor).result(timeout=60)


@EXECUTORS
def test_progress_is_counted(executor, monkeypatch):
    seen = []

    def progress(iterable, title, total):
        for item in iterable:
            seen.append((title, total))
            yield item

    monkeypatch.setattr("tintype._progress.progress", progress)
    tt.parallel.map(square, range(4), executor=executor, title="Squares")
    assert seen == [("Squares", 4)] * 4


@EXECUTORS
def test_what_workers_print_is_printed_here(executor):
    def say(number):
        print("item", number)
        print("error", number, file=sys.stderr)

    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        tt.parallel.map(say, range(3), executor=executor)
    assert sorted(out.getvalue().splitlines()) == ["item 0", "item 1", "item 2"]
    assert sorted(error.getvalue().splitlines()) == ["error 0", "error 1", "error 2"]


def test_long_texts_of_workers_arrive_whole():
    text = "é" * 20_001
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        tt.parallel.map(lambda _: print(text), [0], executor="processes")
    assert out.getvalue() == text + "\n"


@EXECUTORS
def test_several_threads_may_use_it_at_once(executor):
    found = {}

    def use(number):
        found[number] = [tt.parallel.map(lambda item: item + number, range(50), executor=executor, workers=2) for _ in range(3)]

    threads = [threading.Thread(target=use, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [[item + number for item in range(50)]] * 3 for number in range(3)}


@EXECUTORS
def test_nested_calls_do_not_multiply(executor):
    def deeper(depth):
        here = {(os.getpid(), threading.get_ident())}
        return here.union(*tt.parallel.map(deeper, [depth - 1] * 2, executor=executor, workers=8)) if depth else here

    places = set().union(*tt.parallel.map(deeper, [4, 4], executor=executor, workers=2))
    assert len(places) <= max(2, 2 * len(os.sched_getaffinity(0)))


@EXECUTORS
def test_workers_may_wait_for_what_they_submit(executor):
    def outer(depth):
        return 1 + tt.parallel.submit(outer, depth - 1, executor=executor).result() if depth else 0

    assert tt.parallel.map(outer, [3] * 4, executor=executor, workers=2) == [3] * 4
    futures = [tt.parallel.submit(outer, 2, executor=executor) for _ in range(4)]
    assert [future.result(timeout=60) for future in futures] == [2] * 4


def test_workers_of_processes_are_kept_for_the_next_call():
    pids = [set(tt.parallel.map(lambda _: os.getpid(), range(8), executor="processes", workers=1)) for _ in range(2)]
    assert pids[0] == pids[1] and os.getpid() not in pids[0]


def test_workers_share_the_cores():
    code = (
        "import tintype as tt, os\n"
        "def f(_): return os.environ['OMP_NUM_THREADS']\n"
        "print(tt.parallel.map(f, [0], executor='processes', workers=64))"
    )
    environment = {key: value for key, value in os.environ.items() if key != "OMP_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=environment)
    assert done.stdout == "['1']\n", done.stderr


def test_workers_see_the_folder_and_the_path_of_the_program(tmp_path, monkeypatch):
    (tmp_path / "helper_of_parallel.py").write_text("def double(n): return 2 * n\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    import helper_of_parallel

    assert tt.parallel.map(helper_of_parallel.double, [4], executor="processes") == [8]
    assert tt.parallel.map(lambda _: os.getcwd(), [0], executor="processes") == [str(tmp_path)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"fn": 3}, "a function is needed, not int"),
        ({"items": 3}, "items must be something to go through, not int"),
        ({"executor": "dsk"}, "there is no executor 'dsk'; there are processes, threads"),
        ({"executor": "dsk://host:1"}, "there is no executor 'dsk://host:1'"),
        ({"executor": None}, "there is no executor None"),
        ({"executor": "processes://host"}, "executor 'processes://host' has an address, but its workers are on this computer"),
        ({"workers": 0}, "workers must be 1 or more, not 0"),
        ({"workers": 1.5}, "workers must be 1 or more, not 1.5"),
        ({"timeout": 0}, "timeout must be a number of seconds above 0, not 0"),
        ({"timeout": "1"}, "timeout must be a number of seconds above 0, not '1'"),
        ({"on_error": "ignore"}, "on_error must be 'raise' or 'return', not 'ignore'"),
    ],
)
def test_wrong_parameters_are_named(arguments, message):
    with pytest.raises(tt.ParameterError, match=message):
        tt.parallel.map(**{"fn": square, "items": [1], **arguments})
