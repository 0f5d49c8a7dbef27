# Tests of `tintype run` and `tintype python`: scripts without a window.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import signal
import subprocess
import sys

import pytest


def test_code_runs(tintype):
    done = tintype("run", "-c", "print(6 * 7)")
    assert (done.returncode, done.stdout, done.stderr) == (0, "42\n", "")


def test_a_module_runs(tintype, tmp_path):
    (tmp_path / "greeting.py").write_text("import sys; print(__name__, sys.argv[1:])")
    done = tintype("run", "-m", "greeting", "--loud", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "__main__ ['--loud']\n")


def test_a_script_runs_as_main_beside_its_own_modules(tintype, script):
    script("WORD = 'found'", name="beside.py")
    path = script("import sys, beside; print(__name__, beside.WORD, __file__ == sys.argv[0])")
    done = tintype("run", str(path))
    assert (done.returncode, done.stdout) == (0, "__main__ found True\n")


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["-h"], ["-m", "-c"], ["--", "x"], ["--script", "y"], ["ops"]])
def test_whatever_follows_the_script_belongs_to_it(tintype, script, words):
    done = tintype("run", str(script("import sys; print(sys.argv[1:])")), *words)
    assert (done.returncode, done.stdout) == (0, f"{words}\n")


def test_options_after_code_belong_to_it(tintype):
    done = tintype("run", "-c", "import sys; print(sys.argv)", "--help", "-c", "x")
    assert done.stdout == "['-c', '--help', '-c', 'x']\n"


def test_a_script_comes_from_the_standard_input(tintype):
    done = tintype("run", "-", "a", stdin="import sys\nprint(sys.argv)")
    assert (done.returncode, done.stdout) == (0, "['-', 'a']\n")


def test_a_minus_minus_before_the_script_is_allowed(tintype, script):
    assert tintype("run", "--", str(script("print('ran')"))).stdout == "ran\n"


@pytest.mark.parametrize(
    "code, expected",
    [("pass", 0), ("raise SystemExit(3)", 3), ("raise SystemExit", 0), ("raise SystemExit('sorry')", 1), ("1 / 0", 1), ("def", 1)],
)
def test_the_exit_code_is_pythons(tintype, code, expected):
    assert tintype("run", "-c", code).returncode == expected


def test_an_uncaught_exception_prints_the_traceback(tintype, script):
    path = script("def reckon():\n    return 1 / 0\n\nreckon()\n")
    done = tintype("run", str(path))
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback (most recent call last):\n")
    assert f'File "{path}", line 2, in reckon' in done.stderr
    assert done.stderr.endswith("ZeroDivisionError: division by zero\n")


def test_text_is_utf8_whatever_the_locale_says(tintype, script):
    path = script("import sys; print('Größe µm', sys.argv[1])")
    done = tintype("run", str(path), "Zürich", env={"LC_ALL": "C"})
    assert (done.returncode, done.stdout) == (0, "Größe µm Zürich\n")


def test_the_executable_is_a_python_that_knows_tintype(tintype, program):
    code = (
        "import subprocess, sys; print(sys.executable, flush=True);"
        "sys.exit(subprocess.run([sys.executable, '-c', 'import tintype; print(tintype.__name__)']).returncode)"
    )
    done = tintype("run", "-c", code)
    assert (done.returncode, done.stdout) == (0, f"{program}-python\ntintype\n")


POOL = """
import multiprocessing
import tintype as tt

def brightness(level):
    return (tt.Image.black(8, 8) + level).avg()

if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        print(pool.map(brightness, [1, 2, 3]))
"""


@pytest.mark.parametrize("command", ["run", "python"])
def test_a_process_pool_works(tintype, script, command):
    done = tintype(command, str(script(POOL)))
    assert (done.returncode, done.stdout, done.stderr) == (0, "[1.0, 2.0, 3.0]\n", "")


def test_a_closed_standard_input_does_no_harm(program):
    # The shell closes it; subprocess could only give an empty one.
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" run -c "import sys; print(sys.stdin)" <&-', program], capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout) == (0, "None\n")


def test_interrupting_ends_the_script_as_in_python(program):
    running = subprocess.Popen(
        [program, "run", "-c", "print('ready', flush=True)\nwhile True: pass"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    with running:
        assert running.stdout.readline() == "ready\n"
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=120)
    assert running.returncode == -signal.SIGINT
    assert errors.endswith("KeyboardInterrupt\n")


def test_an_interrupt_can_be_caught(program):
    code = "try:\n    print('ready', flush=True)\n    while True: pass\nexcept KeyboardInterrupt:\n    raise SystemExit(7)"
    running = subprocess.Popen([program, "run", "-c", code], stdout=subprocess.PIPE, text=True)
    with running:
        assert running.stdout.readline() == "ready\n"
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=120) == 7


def test_nothing_heavy_is_loaded_before_it_is_needed(tintype):
    code = "print(*[line.split()[-1] for line in open('/proc/self/maps') if '.so' in line])"
    libraries = tintype("run", "-c", code).stdout
    assert "libc.so" in libraries
    for name in ("libtintype_core", "libtintype_scripting", "libQt6", "libvips", "libopencv"):
        assert name not in libraries


def test_python_takes_pythons_own_options(tintype):
    done = tintype("python", "-B", "-E", "-W", "error", "-c", "import sys, tintype; print(sys.flags.dont_write_bytecode, sys.argv)", "-x")
    assert (done.returncode, done.stdout) == (0, "1 ['-c', '-x']\n")


def test_the_python_program_behaves_as_python(program, tmp_path):
    python = f"{program}-python"
    (tmp_path / "greeting.py").write_text("import sys, tintype; print(__name__, sys.argv[1:])")

    def output(*words):
        return subprocess.run([python, *words], capture_output=True, text=True, timeout=120, cwd=tmp_path, check=True).stdout

    assert output("-B", "-m", "greeting", "-c") == "__main__ ['-c']\n"
    assert output("-I", "-c", "import tintype; print(tintype.__name__)") == "tintype\n"
    assert output("--version") == f"Python {sys.version.split()[0]}\n"
    assert output("-c", "import sys; print(sys.prefix)") == "/usr\n"


def test_the_programs_own_package_wins(tintype, tmp_path):
    other = tmp_path / "tintype"
    other.mkdir()
    (other / "__init__.py").write_text("raise ImportError('the wrong one')")
    done = tintype("run", "-c", "import tintype; print('ours')", env={"PYTHONPATH": str(tmp_path)}, cwd=os.sep)
    assert (done.returncode, done.stdout) == (0, "ours\n")


def test_daemon_threads_in_native_calls_do_not_disturb_the_end(tintype):
    code = (
        "import threading, tintype as tt\n"
        "def work():\n"
        "    while True: tt.Image.black(64, 64).avg()\n"
        "for _ in range(8): threading.Thread(target=work, daemon=True).start()\n"
    )
    for _ in range(20):
        done = tintype("run", "-c", code)
        assert (done.returncode, done.stderr) == (0, "")
