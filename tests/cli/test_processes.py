# Tests of processes that scripts start: what cannot work is said.
# SPDX-License-Identifier: GPL-3.0-or-later


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
