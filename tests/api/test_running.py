# Threads, progress, waiting, signals, and what scripts ask of a window that is not there.
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import tintype as tt


def test_threads_in_parallel_give_what_one_thread_gives(coins):
    def work(sigma):
        return coins.gaussblur(1 + sigma % 5).linear(1.5, sigma).numpy()

    with ThreadPoolExecutor(8) as pool:
        parallel = list(pool.map(work, range(64)))
    for sigma, array in enumerate(parallel):
        assert np.array_equal(array, work(sigma))


def test_errors_of_threads_are_not_mixed_up(coins, tmp_path):
    def fail(number):
        try:
            if number % 2:
                coins.recomb([[1, 2, number]])
            else:
                tt.Image.new_from_file(tmp_path / f"missing{number}.png")
        except tt.Error as error:
            return type(error), str(error)

    with ThreadPoolExecutor(8) as pool:
        for number, (kind, message) in enumerate(pool.map(fail, range(400))):
            assert kind is (tt.OperationError if number % 2 else tt.FileError)
            assert ("recomb" if number % 2 else f"missing{number}.png") in message


def test_edits_of_threads_all_arrive():
    tt.data.images["sum"] = tt.Image.black(2, 2)
    threads = [threading.Thread(target=lambda: [tt.ops.linear(1, 1, image="sum") for _ in range(50)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    steps = 0
    while "sum" in tt.data.images:
        tt.undo()
        steps += 1
    assert steps == 401


def test_other_python_threads_run_during_an_evaluation():
    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(1)
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    before = len(ticks)
    tt.Image.gaussnoise(3000, 3000).gaussblur(20).avg()
    during = len(ticks) - before
    stop.set()
    thread.join()
    assert during > 5


@pytest.mark.parametrize("ask", [
    "im.numpy()", "im.avg()", "im.write_to_file('/dev/null')", "tall.label()", "tt.ops.label(image=tall)", "im.find_lines()",
    "noise.find_circles(edge=1, votes=1, distance=1, min_radius=1, max_radius=1000)"])
def test_ctrl_c_ends_a_long_evaluation(ask, tmp_path):
    code = (
        "import tintype as tt\n"
        "im = tt.Image.gaussnoise(20000, 20000)\n"
        "tall = tt.Image.gaussnoise(1000, 5000000)\n"
        "noise = im.crop(0, 0, 1500, 1500).cast('uchar')\n"
        "for _ in range(5): im, tall = im.gaussblur(30), tall.gaussblur(30)\n"
        "try:\n"
        "    print('ready', flush=True)\n"
        f"    {ask.replace('/dev/null', str(tmp_path / 'out.tif'))}\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', tt.Image.black(8, 8).avg(), flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "interrupted 0.0\n"
        assert process.wait(60) == 0
        assert list(tmp_path.iterdir()) == []
    finally:
        process.kill()


def test_progress_gives_the_items_and_says_in_one_line_to_a_file_that_all_are_done(capsys):
    assert list(tt.progress(iter("abc"), "Reading")) == ["a", "b", "c"]
    output, errors = capsys.readouterr()
    assert output == "" and re.fullmatch(r"Reading: 3 of 3 \(100 %\), done after \d\.\d s\n", errors)


def test_progress_tells_a_file_now_and_then(capsys, monkeypatch):
    clock = iter(range(10**6))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock) / 10)
    list(tt.progress(range(100), "Reading"))
    lines = capsys.readouterr().err.splitlines()
    assert 5 <= len(lines) <= 11
    assert re.fullmatch(r"Reading: \d0 of 100 \(\d0 %\), [\d.]+(/s| s each), [\d.]+ s left", lines[0])


def test_progress_draws_a_bar_on_a_terminal(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    assert list(tt.progress([1, 2], "Measuring")) == [1, 2]
    assert "Measuring: 100 %" in terminal.getvalue() and "2 of 2" in terminal.getvalue()
    assert terminal.getvalue().endswith("\n")


def test_waiting_waits():
    start = time.monotonic()
    tt.sleep(0.05)
    assert time.monotonic() - start >= 0.05


def test_without_a_window_scripts_run_on(capsys):
    assert tt.app.has_window is False
    tt.ui.message("Done")
    assert capsys.readouterr().out == "Done\n"
    assert tt.ui.ask("Name?", default="scan") == "scan"
    with pytest.raises(tt.NoWindowError, match="Name"):
        tt.ui.ask("Name?")
    tt.data.images["one"] = tt.Image.black(2, 2)
    tt.ui.show("one")
    with pytest.raises(tt.NotFoundError, match="two"):
        tt.ui.show("two")
