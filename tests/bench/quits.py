# Starts and quits the window again and again with random scripts running: no hang, no crash, and at most three seconds.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import contextlib
import os
import pathlib
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from measure import reports

PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
ALLOWED_SECONDS = 3.0
HANGS_AFTER = 60
EXIT_CODE = 7
HOLDS = "a regex that holds the GIL"

SCRIPTS = {
    HOLDS: "import re\nre.match('(a+)+b', 'a' * 40)\n",
    "pure Python": "while True: pass\n",
    "sleep": "import time\ntime.sleep(600)\n",
    "native": "import tintype as tt\nwhile True: tt.Image.black(20000, 20000).gaussblur(20).avg()\n",
    "edits": "import tintype as tt\nwhile True: tt.data.images['n'] = tt.Image.black(8, 8)\n",
    "output": "while True: print('x' * 100)\n",
    "threads": "import threading\ndef work():\n    while True: sum(range(1000))\n"
               "for i in range(20): threading.Thread(target=work).start()\n",
    "daemons": "import threading, time, tintype as tt\ndef work():\n    while True: tt.Image.black(64, 64).avg()\n"
               "for i in range(8): threading.Thread(target=work, daemon=True).start()\ntime.sleep(600)\n",
    "left behind": "import threading, time\ndef work():\n    while True: time.sleep(0.01)\n"
                   "threading.Thread(target=work, daemon=True).start()\n",
    "catches everything": "n = 0\nwhile True:\n    try:\n        while True: n += 1\n    except BaseException: pass\n",
    "cleans up": "import time\ntry:\n    time.sleep(600)\nfinally:\n    time.sleep(0.3)\n",
    "cleans up for long": "import time\ntry:\n    time.sleep(600)\nfinally:\n    time.sleep(60)\n",
    "question": "input('Name? ')\n",
    "socket": "import socket\na, b = socket.socketpair()\na.recv(1)\n",
    "program": "import subprocess\nsubprocess.run(['sleep', '600'])\n",
    "asyncio": "import asyncio\nasyncio.run(asyncio.sleep(600))\n",
    "pool": "import multiprocessing, time\nif __name__ == '__main__':\n"
            "    with multiprocessing.Pool(2) as pool: pool.map(time.sleep, [600] * 4)\n",
    "fails": "1 / 0\n",
    "ends": "print('done')\n",
    "imports": "import numpy, tintype, http.client, asyncio, logging.config\n",
}
# The others run until they are stopped.
ENDING = {"left behind", "fails", "ends", "imports"}


def quit_once(scripts, delay, folder):
    """(seconds from the answer to the end, how many scripts ran at that time, what was wrong)"""
    files = []
    for number, name in enumerate(scripts):
        files.append(folder / f"script{number}.py")
        files[-1].write_text(SCRIPTS[name])
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    for name in ("CONFIG", "CACHE", "DATA"):
        environment[f"XDG_{name}_HOME"] = str(folder)
    process = subprocess.Popen(
        [PROGRAM.parents[1] / "tests" / "bench_quits", str(delay), *files], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=open(folder / "errors", "w"), start_new_session=True,
    )
    # The pipe's other end may live on in a script's own programs, so its end is nobody's end.
    watchdog = signal.signal(signal.SIGALRM, lambda *_: os.killpg(process.pid, signal.SIGABRT))
    signal.alarm(HANGS_AFTER)
    try:
        line = process.stdout.readline()
        begin = time.monotonic()
        code = process.wait()
        seconds = time.monotonic() - begin
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, watchdog)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    said = process.stdout.read().decode()
    errors = (folder / "errors").read_text()
    wrong = []
    word, left, begun = (line.decode().split() + ["", "0", "0"])[:3]
    endless = len([name for name in scripts if name not in ENDING])
    if word != "quit":
        wrong.append(f"no window: {line!r}")
    elif int(left) < endless:
        wrong.append(f"{endless - int(left)} of the scripts had failed before")
    if code != EXIT_CODE:
        wrong.append(f"exit code {code}")
    if HOLDS in scripts:
        if "handlers ran" not in said and "did not run, because a script holds Python" not in errors:
            wrong.append("not a word about the exit handlers")
    elif "handlers ran" not in said:
        wrong.append("the exit handlers did not run")
    return seconds, int(begun), wrong and ["; ".join(wrong) + "\n" + errors[-2000:]]


@contextlib.contextmanager
def beside(load):
    """Programs that take what they get of the processors, until the measuring is over."""
    programs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(load)]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--seconds", type=float, default=ALLOWED_SECONDS, help="how long an end may take")
    parser.add_argument("--load", type=int, default=0, help="how many programs that never rest run beside it")
    arguments = parser.parse_args()
    with beside(arguments.load):
        return measure(arguments)


def measure(arguments):
    choose = random.Random(arguments.seed)
    rounds = []
    for number in range(arguments.rounds):
        # Each kind alone first, as far as the rounds go.
        scripts = choose.sample(list(SCRIPTS), choose.randint(1, 4)) if number >= len(SCRIPTS) else [list(SCRIPTS)[number]]
        delay = choose.choice([0, 50, 300, 1000])
        with tempfile.TemporaryDirectory() as folder:
            seconds, running, wrong = quit_once(scripts, delay, pathlib.Path(folder))
        if seconds > arguments.seconds:
            wrong = [f"took {seconds:.2f} s", *wrong]
        rounds.append({"scripts": scripts, "delay_ms": delay, "running": running, "seconds": seconds, "wrong": wrong})
        if wrong:
            print(f"{number}: {', '.join(scripts)}, quit after {delay} ms: {' '.join(wrong)}", flush=True)

    times = [each["seconds"] for each in rounds]
    failed = sum(bool(each["wrong"]) for each in rounds)
    busy = sum(each["running"] > 0 for each in rounds)
    print(f"{len(rounds)} starts and quits (seed {arguments.seed}): {failed} wrong; "
          f"{sum(each['running'] for each in rounds)} scripts were running, in {busy} of them; seconds to the end: "
          f"median {statistics.median(times):.2f}, max {max(times):.2f}, allowed {arguments.seconds:g}"
          f"{f', beside {arguments.load} programs that never rest' if arguments.load else ''}.")
    report = reports.write("quits", {"seed": arguments.seed, "allowed_seconds": arguments.seconds, "rounds": rounds})
    if busy < len(rounds) / 2:
        print("In most of them nothing was running, so that they show nothing.")
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
