# Tests of how `tintype run` ends when it is asked to: signals, and readers that have gone.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import signal
import subprocess

import pytest

# Says what runs at the end, and keeps what it has found so far.
WORK = """
import atexit, sys, time
import tintype as tt
atexit.register(print, "exit handler")
found = []
try:
    for number in tt.progress(range(10**9), "Working"):
        found.append(number)
        {work}
        if number == {ready}:
            print("ready", flush=True)
finally:
    with open(sys.argv[1], "w") as file:
        print(found[:3], file=file)
    print("finally")
"""
LONG = "tt.Image.gaussnoise(20000, 20000).gaussblur(30).avg()"


def start(program, *words, **options):
    command = [program, "run", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def end(running, number):
    """Sends the signal when the script is ready; (exit code, what it printed afterwards, its errors)."""
    with running:
        assert running.stdout.readline() == "ready\n"
        running.send_signal(number)
        output, errors = running.communicate(timeout=120)
    return running.returncode, output, errors


@pytest.mark.parametrize("number, code", [(signal.SIGTERM, 143), (signal.SIGINT, -signal.SIGINT)])
@pytest.mark.parametrize(
    "work", ["time.sleep(0.001)", "time.sleep(0 if number < 3 else 600)", "tt.sleep(0 if number < 3 else 600)"]
)
def test_a_signal_ends_a_script_cleanly(program, script, tmp_path, number, code, work):
    path = script(WORK.format(work=work, ready=2))
    returned, output, errors = end(start(program, "--quiet", path, tmp_path / "found"), number)
    assert (returned, output) == (code, "finally\nexit handler\n")
    assert ("KeyboardInterrupt" in errors) == (number == signal.SIGINT)
    assert number == signal.SIGINT or errors == ""
    assert (tmp_path / "found").read_text() == "[0, 1, 2]\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_long_evaluation(program, number):
    code = f"import tintype as tt\ntry:\n    print('ready', flush=True)\n    {LONG}\nfinally:\n    print('finally')"
    returned, output, _ = end(start(program, "-c", code), number)
    assert (returned, output) == (143 if number == signal.SIGTERM else -signal.SIGINT, "finally\n")


LEFT = {
    "a thread": "import threading; threading.Thread(target=time.sleep, args=[600], daemon=False).start()",
    "a pool": "import concurrent.futures; concurrent.futures.ThreadPoolExecutor(1).submit(time.sleep, 5)",
    "a timer": "import tintype as tt; tt.timers.call_later(600, print)",
}


@pytest.mark.parametrize("what", LEFT)
def test_a_signal_ends_the_waiting_for_what_the_script_has_left(program, what):
    # Called where Python begins to wait, the last one first.
    ready = "import threading; threading._register_atexit(print, 'ready', flush=True)"
    code = f"import atexit, time\natexit.register(print, 'exit handler')\n{LEFT[what]}\n{ready}"
    assert end(start(program, "-c", code), signal.SIGTERM) == (143, "exit handler\n", "")


@pytest.mark.parametrize("name, code", [("INT", 130), ("TERM", 143)])
def test_shells_see_the_codes_that_they_know(program, name, code):
    # dash starts what runs in the background with SIGINT ignored, so it sends the signal to itself.
    text = f"import os, signal; os.kill(os.getpid(), signal.SIG{name})\nwhile True: pass"
    done = subprocess.run(["sh", "-c", '"$0" run -c "$1"; echo $?', program, text], capture_output=True, text=True, timeout=120)
    assert done.stdout == f"{code}\n"


def test_the_program_that_started_it_may_have_the_signal_ignored(program):
    text = "import os, signal; os.kill(os.getpid(), signal.SIGTERM); print('still here')"
    done = subprocess.run(
        ["sh", "-c", 'trap "" TERM; exec "$0" run -c "$1"', program, text], capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout) == (0, "still here\n")


def test_a_script_may_handle_the_signal_itself(tintype):
    code = (
        "import os, signal\nsignal.signal(signal.SIGTERM, lambda *_: print('mine'))\n"
        "os.kill(os.getpid(), signal.SIGTERM)\nprint('on')"
    )
    assert tintype("run", "-c", code).stdout == "mine\non\n"


def test_forked_children_end_by_the_signal_at_once(tintype, script):
    path = script(
        "import multiprocessing, time\n"
        "context = multiprocessing.get_context('fork')\n"
        "begun = context.Event()\n"
        "def work():\n"
        "    try:\n"
        "        begun.set()\n"
        "        time.sleep(600)\n"
        "    finally: print('not in a child', flush=True)\n"
        "child = context.Process(target=work)\n"
        "child.start()\n"
        "begun.wait()\n"
        "child.terminate()\n"
        "child.join()\n"
        "print(child.exitcode)\n"
    )
    done = tintype("run", str(path))
    assert (done.returncode, done.stdout) == (0, f"{-signal.SIGTERM}\n")


def test_no_forked_child_misses_the_signal_at_its_start(tintype, script):
    text = (
        "import os, signal, time\n"
        "codes = set()\n"
        "for _ in range(300):\n"
        "    child = os.fork()\n"
        "    if child == 0:\n"
        "        while True: time.sleep(60)\n"
        "    os.kill(child, signal.SIGTERM)\n"
        "    codes.add(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
        "print(codes)\n"
    )
    done = tintype("run", str(script(text)))
    assert (done.returncode, done.stdout) == (0, f"{{{-signal.SIGTERM}}}\n")


POOL = """
import multiprocessing, os, time
import tintype as tt

def wait(number):
    time.sleep(600)

if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        waiting = pool.map_async(wait, range(2))
        print(*[child.pid for child in multiprocessing.active_children()])
        print("ready", flush=True)
        waiting.get()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_workers_of_a_pool_end_with_it(program, script, number):
    running = start(program, script(POOL), start_new_session=True)
    workers = list(map(int, running.stdout.readline().split()))
    assert len(workers) == 2
    code, _, _ = end(running, number)
    assert code == (143 if number == signal.SIGTERM else -signal.SIGINT)
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def through(command, program, *words):
    """The script piped into a command by bash: output, errors, exit codes of both."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        ["bash", "-c", f'"$0" run "$@" | {command}; echo "${{PIPESTATUS[@]}}"', program, *words],
        env=environment, capture_output=True, text=True, timeout=120,
    )


def test_a_reader_that_has_enough_ends_the_script_without_a_word(program):
    done = through("head -n 1", program, "-c", "for i in range(10**7): print(i)")
    assert (done.stdout, done.stderr) == ("0\n141 0\n", "")


def test_the_script_can_still_clean_up(program, tmp_path):
    code = (
        "import atexit, pathlib, sys\n"
        "atexit.register(pathlib.Path(sys.argv[1], 'handler').touch)\n"
        "try:\n    while True: print('x' * 100)\n"
        "finally: pathlib.Path(sys.argv[1], 'finally').touch()\n"
    )
    done = through("head -n 1", program, "-c", code, str(tmp_path))
    assert done.stderr == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["finally", "handler"]


def test_last_lines_that_nobody_wants_are_no_error(program):
    done = through("true", program, "-c", "import time; time.sleep(0.3); print('unread')")
    assert (done.stdout, done.stderr) == ("0 0\n", "")


def test_a_script_may_catch_it(program):
    code = "import sys\ntry:\n    while True: print(1)\nexcept BrokenPipeError:\n    sys.stderr.write('caught\\n')"
    done = through("head -n 1", program, "-c", code)
    assert (done.stdout, done.stderr) == ("1\n0 0\n", "caught\n")


def test_another_pipe_that_breaks_is_an_error(tintype):
    done = tintype("run", "-c", "import os; r, w = os.pipe(); os.close(r); os.write(w, b'x')")
    assert done.returncode == 1 and done.stderr.endswith("BrokenPipeError: [Errno 32] Broken pipe\n")


def test_an_output_that_is_full_is_an_error(program):
    command = ["sh", "-c", 'exec "$0" run -c "print(1)" >/dev/full', program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode in (1, 120) and "No space left on device" in done.stderr


def test_a_script_reads_what_is_piped_into_it(tintype):
    code = "import sys; print(sum(map(int, sys.stdin)))"
    assert tintype("run", "-c", code, stdin="1\n2\n39\n").stdout == "42\n"


def test_an_error_hook_of_the_script_is_its_own(tintype):
    done = tintype("run", "-c", "import sys; sys.excepthook = lambda *error: print('hook', error[1])\n1 / 0")
    assert (done.returncode, done.stdout, done.stderr) == (1, "hook division by zero\n", "")
