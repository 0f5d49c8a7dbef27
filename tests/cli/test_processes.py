# Tests of native modules and of several cores in `tintype run`, `tintype python` and plain python3.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib

import pytest

SCRIPTS = pathlib.Path(os.environ["TINTYPE_SOURCE"]) / "tests" / "scripts"
POOL = "101.0 102.0\n[101.0, 102.0, 103.0] [3, 7]\n[101.0, 102.0] [104.0, 105.0]\nlevel 3 True\n"
PROCESS_AND_FUTURES = "sent queued\n0 True 7\n[101.0, 102.0]\n[101.0, 102.0] 3\nValueError level 4 True\n"


@pytest.mark.parametrize("command", ["run", "python"])
def test_native_modules_import_and_work_also_in_workers(tintype, command):
    done = tintype(command, str(SCRIPTS / "native_modules.py"), env={"MPLBACKEND": "Agg"})
    used = "1.5 (5, 5) 2.0 cn=scan PNG agg"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"here: {used}\nworker: {used}\n", "")


@pytest.mark.parametrize("command", ["run", "python"])
def test_several_cores_are_used_by_processes_and_futures(tintype, command):
    done = tintype(command, str(SCRIPTS / "several_cores.py"))
    assert (done.returncode, done.stdout, done.stderr) == (0, POOL + PROCESS_AND_FUTURES + POOL + "[]\n", "")


def test_functions_that_are_in_no_file_are_told_to_be_saved(tintype):
    code = "import multiprocessing, tintype\ndef f(x): return x\nwith multiprocessing.Pool(1) as pool: pool.map(f, [1])"
    done = tintype("run", "-c", code)
    assert done.returncode == 1
    assert done.stderr.endswith("f is in no file, and other processes can only import it from one: save what defines it as a "
                                "script or a module\n")


def test_a_missing_guard_is_said_before_anything_is_started(tintype, script):
    path = script("import multiprocessing, tintype\ndef f(x): return x\nwith multiprocessing.Pool(1) as pool:\n    pool.map(f, [1])\n")
    done = tintype("run", str(path))
    assert done.returncode == 1
    assert "RuntimeError: An attempt has been made to start a new process in line 3" in done.stderr
    assert "if __name__ == '__main__':" in done.stderr


def test_a_forked_child_may_not_use_tintype(tintype, script):
    path = script(
        "import multiprocessing\nimport tintype as tt\n"
        "def f(x): return tt.Image.black(x, x).avg()\n"
        "with multiprocessing.get_context('fork').Pool(1) as pool:\n"
        "    try: pool.map(f, [1])\n"
        "    except tt.Error as error: print(error)\n"
    )
    done = tintype("run", str(path))
    assert (done.returncode, done.stdout) == (
        0, "tintype cannot be used in a process that was forked after `import tintype`; start it with multiprocessing's \"spawn\" "
           "method instead\n")
