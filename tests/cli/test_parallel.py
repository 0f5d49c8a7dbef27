# tt.parallel, multiprocessing and concurrent.futures in scripts that run without a window.
# SPDX-License-Identifier: GPL-3.0-or-later
import signal
import subprocess

import pytest

FROM_THE_DOCUMENTATION = {
    "pool": """
from multiprocessing import Pool

def f(x):
    return x*x

if __name__ == '__main__':
    with Pool(5) as p:
        print(p.map(f, [1, 2, 3]))
""",
    "queue": """
from multiprocessing import Process, Queue

def f(q):
    q.put([42, None, 'hello'])

if __name__ == '__main__':
    q = Queue()
    p = Process(target=f, args=(q,))
    p.start()
    print(q.get())    # prints "[42, None, 'hello']"
    p.join()
""",
    "manager": """
from multiprocessing import Process, Manager

def f(d, l):
    d[1] = '1'
    d['2'] = 2
    l.reverse()

if __name__ == '__main__':
    with Manager() as manager:
        d = manager.dict()
        l = manager.list(range(4))
        p = Process(target=f, args=(d, l))
        p.start()
        p.join()
        print(d, l)
""",
    "executor": """
import concurrent.futures
import math

PRIMES = [112272535095293, 112582705942171, 1099726899285419]

def is_prime(n):
    for i in range(3, int(math.floor(math.sqrt(n))) + 1, 2):
        if n % i == 0:
            return False
    return True

def main():
    with concurrent.futures.ProcessPoolExecutor() as executor:
        for number, prime in zip(PRIMES, executor.map(is_prime, PRIMES)):
            print('%d is prime: %s' % (number, prime))

if __name__ == '__main__':
    main()
""",
}
EXPECTED = {
    "pool": "[1, 4, 9]\n",
    "queue": "[42, None, 'hello']\n",
    "manager": "{1: '1', '2': 2} [3, 2, 1, 0]\n",
    "executor": "112272535095293 is prime: True\n112582705942171 is prime: True\n1099726899285419 is prime: False\n",
}


@pytest.mark.parametrize("name", FROM_THE_DOCUMENTATION)
@pytest.mark.parametrize("first", ["", "import tintype\n"])
def test_scripts_of_pythons_documentation_run(tintype, script, name, first):
    done = tintype("run", str(script(first + FROM_THE_DOCUMENTATION[name])))
    assert (done.stdout, done.stderr, done.returncode) == (EXPECTED[name], "", 0)


def test_a_script_needs_no_guard_and_no_file(tintype, script):
    text = (
        "import tintype as tt\n"
        "factor = 3\n"
        "class Scaled:\n"
        "    def __init__(self, n): self.n = factor * n\n"
        "def f(n):\n"
        "    print('working')\n"
        "    return Scaled(n)\n"
        "results = tt.parallel.map(f, range(3), executor='processes')\n"
        "print([r.n for r in results], all(isinstance(r, Scaled) for r in results))\n"
    )
    for words in (["-c", text], [str(script(text))]):
        done = tintype("run", *words)
        assert (done.stdout, done.stderr, done.returncode) == ("working\n" * 3 + "[0, 3, 6] True\n", "", 0)


def test_errors_of_the_script_are_its_own(tintype, script):
    path = script(
        "import tintype as tt\n"
        "class Mine(Exception): pass\n"
        "def f(n): raise Mine(n)\n"
        "try: tt.parallel.map(f, [7], executor='processes')\n"
        "except Mine as error: print('caught', error)\n"
        "tt.parallel.map(f, [8], executor='processes')\n"
    )
    done = tintype("run", str(path))
    assert (done.stdout, done.returncode) == ("caught 7\n", 1)
    assert "line 3, in f" in done.stderr and done.stderr.endswith("Mine: 8\nThis was item 0: 8\n")


def test_a_program_waits_for_what_it_has_submitted(tintype):
    code = (
        "import tintype as tt, time\n"
        "def f(n):\n"
        "    time.sleep(0.5)\n"
        "    print('done', n)\n"
        "tt.parallel.submit(f, 1, executor='processes')\n"
        "tt.parallel.submit(f, 2)\n"
    )
    done = tintype("run", "-c", code)
    assert (sorted(done.stdout.splitlines()), done.stderr, done.returncode) == (["done 1", "done 2"], "", 0)


def test_exit_codes_are_the_scripts(tintype):
    code = "import tintype as tt, sys\ntt.parallel.map(abs, range(3), executor='processes')\nsys.exit(4)"
    assert tintype("run", "-c", code).returncode == 4


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("executor", ["threads", "processes"])
def test_signals_end_the_workers_of_a_run(program, script, tmp_path, number, executor):
    path = script(
        "import tintype as tt, pathlib, sys, time\n"
        "def wait(n):\n"
        "    try:\n"
        "        sys.stdout.write('begun\\n'); sys.stdout.flush()\n"
        "        for _ in range(6000): time.sleep(0.01)\n"
        "    finally: pathlib.Path(folder, f'ended{n}').touch()\n"
        "folder = sys.argv[1]\n"
        f"tt.parallel.map(wait, range(9), executor={executor!r}, workers=2)\n"
    )
    command = [program, "run", str(path), str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert [process.stdout.readline() for _ in range(2)] == ["begun\n"] * 2
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode in (128 + number, -number)
    assert len(list(tmp_path.glob("ended*"))) == 2
