# Measures the time from Stop to the end of a script, for everything that a script may be in.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from measure import reports

PROGRAM = pathlib.Path(os.environ["TINTYPE_PROGRAM"])
ALLOWED_MS = 100.0
ALLOWED_APART_MS = 500.0
APART = "own process"

# Each prints "in" just before it begins to wait or to work.
SCRIPTS = {
    "pure Python": "print('in')\nwhile True: pass\n",
    "pure Python, 8 threads": "import threading\ndef work():\n    while True: pass\n"
                              "for i in range(7): threading.Thread(target=work).start()\nprint('in')\nwork()\n",
    "native: gaussblur, avg": "import tintype as tt\nim = tt.Image.black(30000, 30000).gaussblur(20)\nprint('in')\nim.avg()\n",
    "native: rank, otsu": "import tintype as tt\nim = tt.Image.black(20000, 20000).rank(15, 15, 112)\nprint('in')\nim.otsu()\n",
    "native: threshold": "import tintype as tt\nim = tt.Image.black(30000, 30000).gaussblur(20)\nprint('in')\nim.threshold()\n",
    "native: label": "import tintype as tt\nim = tt.Image.black(12000, 12000).gaussblur(20) > 1\nprint('in')\nim.label()\n",
    "native: write_to_file": "import tintype as tt\nim = tt.Image.black(30000, 30000).gaussblur(20)\nprint('in')\n"
                             "im.write_to_file(TARGET)\n",
    "tt.sleep(60)": "import tintype as tt\nprint('in')\ntt.sleep(60)\n",
    "time.sleep(60)": "import time\nprint('in')\ntime.sleep(60)\n",
    "queue.get()": "import queue\nprint('in')\nqueue.Queue().get()\n",
    "SimpleQueue.get()": "import queue\nprint('in')\nqueue.SimpleQueue().get()\n",
    "Event.wait()": "import threading\nprint('in')\nthreading.Event().wait()\n",
    "Lock.acquire()": "import threading\nlock = threading.Lock()\nlock.acquire()\nprint('in')\nlock.acquire()\n",
    "Thread.join()": "import threading, time\nthread = threading.Thread(target=time.sleep, args=(60,))\nthread.start()\n"
                     "print('in')\nthread.join()\n",
    "input()": "print('in')\ninput('Name? ')\n",
    "subprocess.run()": "import subprocess\nprint('in')\nsubprocess.run(['sleep', '60'])\n",
    "communicate()": "import subprocess\nprint('in')\nsubprocess.run(['sleep', '60'], capture_output=True)\n",
    "asyncio.run()": "import asyncio\nprint('in')\nasyncio.run(asyncio.sleep(60))\n",
    "select.select()": "import select, socket\na, b = socket.socketpair()\nprint('in')\nselect.select([a], [], [])\n",
    "Future.result()": "import concurrent.futures, time\npool = concurrent.futures.ThreadPoolExecutor(1)\n"
                       "future = pool.submit(time.sleep, 60)\nprint('in')\nfuture.result()\n",
    "map_tiles": "import tintype as tt, numpy as np\nim = tt.Image.black(30000, 30000).map_tiles(lambda tile: np.sqrt(tile + 1.0).astype('uint8'))\n"
                 "print('in')\nim.avg()\n",
    # In the window nothing ends these.
    f"{APART}: a regular expression": "import re\nprint('in')\nre.match('(a+)+b', 'a' * 40)\n",
    f"{APART}: C that heeds no signal": "print('in')\nsum(range(10**13))\n",
}


def allowed(name):
    return ALLOWED_APART_MS if name.startswith(APART) else ALLOWED_MS


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", help="parts of the names of the rows to measure; all of them when none is given")
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    unknown = [part for part in arguments.rows if not any(part in name for name in SCRIPTS)]
    if unknown:
        parser.error(f"no row has {unknown[0]!r} in its name; the rows are {', '.join(SCRIPTS)}")
    chosen = {name: text for name, text in SCRIPTS.items()
              if not arguments.rows or any(part in name for part in arguments.rows)}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        texts = {name: text.replace("TARGET", repr(str(folder / "blurred.tif"))) for name, text in chosen.items()}
        (folder / "scripts.json").write_text(json.dumps(texts))
        subprocess.run(
            [PROGRAM.parents[1] / "tests" / "bench_cancel", folder / "scripts.json", str(arguments.rounds), folder / "times.json"],
            check=True, stdout=sys.stderr, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
        times = json.loads((folder / "times.json").read_text())

    rows, failed = {}, []
    print(f"{'milliseconds from Stop to the end':<36}{'median':>9}{'max':>9}{'stops':>7}")
    for name in chosen:
        ended = [value for value in times[name] if value >= 0]
        rows[name] = {"median": statistics.median(ended) if ended else None, "max": max(ended, default=None),
                      "stops": len(ended), "times": times[name]}
        over = len(ended) < len(times[name]) or rows[name]["median"] > allowed(name)
        failed += [name] * over
        shown = f"{rows[name]['median']:9.1f}{rows[name]['max']:9.1f}" if ended else f"{'-':>9}{'-':>9}"
        print(f"{name:<36}{shown}{len(ended):7d}{'  over' if over else ''}")

    report = reports.write("cancel", {"rounds": arguments.rounds, "rows": rows, "allowed_ms": ALLOWED_MS,
                                      "allowed_apart_ms": ALLOWED_APART_MS, "failed": failed})
    print(f"Allowed: a median of {ALLOWED_MS:g} ms, of {ALLOWED_APART_MS:g} ms in a process of its own. "
          f"{'Over: ' + ', '.join(failed) if failed else 'All within it'}. Written to {report}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
