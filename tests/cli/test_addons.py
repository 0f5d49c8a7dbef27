# Tests of `tintype addon`: what a person does with add-ons on the command line.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "api" / "addons"))
from making import table, write_addon, write_wheel  # noqa: E402

TICKS = "import tintype as tt\ntt.timers.call_every(3600, print)\n"
SHOW = "import tintype as tt; print([(a.id, a.state) for a in tt.addons.list() if a.id in ('one', 'two', 'count_cells')])"


@pytest.fixture
def home(tmp_path):
    return {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")}


@pytest.fixture
def addon(tintype, home):
    def run(*words, **options):
        return tintype("addon", *words, env=home | options.pop("env", {}), **options)

    return run


@pytest.fixture
def made(tmp_path):
    for id in ("one", "two"):
        write_addon(tmp_path / "made", id, TICKS, touches=["files: none"], description=f"The {id} of all.")
    return tmp_path / "made"


def states(tintype, home, *words, **options):
    done = tintype("run", *words, "-c", SHOW, env=home, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip(), done.stderr


def test_from_installing_to_removing(addon, tintype, home, made):
    done = addon("install", str(made / "one"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("Switch it on: tintype addon enable one\n")
    assert states(tintype, home) == ("[('one', 'off')]", "")
    done = addon("enable", "one")
    assert done.stdout == "One 1.0.0 is on.\nIt says that it touches files: none\n", done.stderr
    assert states(tintype, home) == ("[('one', 'on')]", "")
    assert states(tintype, home, "--no-addons") == ("[('one', 'off')]", "")
    assert addon("disable", "one").stdout == "one is off.\n"
    assert states(tintype, home) == ("[('one', 'off')]", "")
    assert addon("remove", "one").stdout == "one is removed.\n"
    assert states(tintype, home) == ("[]", "")


def test_list_search_and_info_run_no_code_of_addons(addon, made, tmp_path):
    (made / "two" / "two" / "__init__.py").write_text("raise AssertionError('run')")
    (made / "two" / "addon.toml").write_text(table("two", version="new"))
    env = {"TINTYPE_ADDONS": str(made)}
    done = addon("list", env=env)
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["ID", "VERSION", "STATE", "NAME"]
    assert [line.split() for line in lines if line.startswith(("one", "two"))] == [["one", "1.0.0", "off", "One"], ["two", "broken", "two"]]
    assert f"tintype: addon: {made}/two/addon.toml: version must be" in done.stderr
    found = json.loads(addon("search", "ONE OF", "--json", env=env).stdout)["addons"]
    assert [each["id"] for each in found] == ["one"]
    info = json.loads(addon("info", "one", "--json", env=env).stdout)
    assert (info["version"], info["touches"], info["path"]) == ("1.0.0", ["files: none"], f"{made}/one")
    text = addon("info", "one", env=env).stdout
    assert "description: The one of all." in text and "touches:     files: none" in text


def test_info_says_how_it_went_when_it_was_last_on_without_running_it(addon, tintype, home, made):
    code = "import tintype as tt\n@tt.on('one.asked')\ndef answer(event):\n    1 / event.value\n    tt.emit('one.done')\n"
    (made / "one" / "one" / "__init__.py").write_text(code)
    addon("install", str(made / "one"))
    assert json.loads(addon("info", "one", "--json").stdout)["last_on"] is None
    assert addon("enable", "one").returncode == 0
    ask = "import threading, tintype as tt\ntt.addons.list()\ndone = threading.Event()\ntt.on('one.done', lambda event: done.set())\n"
    assert tintype("run", "-c", ask + "tt.emit('one.asked', value=0)\ntt.emit('one.asked', value=1)\ndone.wait(60)", env=home).returncode == 0
    folder = pathlib.Path(home["XDG_DATA_HOME"]) / "tintype" / "addons" / "one" / "one"
    (folder / "__init__.py").write_text("raise AssertionError('run')")
    text = addon("info", "one").stdout
    assert "in a run without a window, which has ended" in text
    assert "registered:  The handler answer of one.asked" in text
    assert "\ncallbacks:   " in text and " calls, " in text
    assert "The handler answer of one.asked\n" in text and text.endswith("             ZeroDivisionError: division by zero\n")
    last = json.loads(addon("info", "one", "--json").stdout)["last_on"]
    # The second call may not have come to its end.
    assert (last["version"], last["is_over"], last["times"][0] >= 1, len(last["failures"])) == ("1.0.0", True, True, 1)
    addon("remove", "one")
    addon("install", str(made / "one"))
    assert json.loads(addon("info", "one", "--json").stdout)["last_on"] is None


def test_info_tells_a_program_that_runs_from_one_that_was_killed(addon, home, made):
    addon("install", str(made / "one"), "--enable")
    file = pathlib.Path(home["XDG_STATE_HOME"]) / "tintype" / "addons" / "one.json"
    record = json.loads(file.read_text())
    # As a window writes it while it is open.
    file.write_text(json.dumps(record | {"is_over": False, "program": "a window", "process": os.getpid()}))
    assert f"in a window, which is open, process {os.getpid()}" in " ".join(addon("info", "one").stdout.split())
    file.write_text(json.dumps(record | {"is_over": False, "program": "a window", "process": 0}))
    assert "in a window, which was killed or has crashed" in " ".join(addon("info", "one").stdout.split())
    file.write_text("{")
    assert "last on:     not yet" in addon("info", "one").stdout


def test_failures_in_processes_of_a_program_are_remembered_too(addon, tintype, home, made, tmp_path):
    (made / "one" / "one" / "__init__.py").write_text("import os\nif os.environ.get('IN_WORKER'): raise ValueError('in a worker')\n")
    addon("install", str(made / "one"), "--enable")
    code = "import os, subprocess, sys, tintype as tt\ntt.addons.list()\nos.environ['IN_WORKER'] = '1'\n"
    code += "subprocess.run([sys.executable, '-c', 'import tintype as tt; tt.addons.list()'])"
    assert tintype("run", "-c", code, env=home).returncode == 0
    last = json.loads(addon("info", "one", "--json").stdout)["last_on"]
    assert [failure[1] for failure in last["failures"]] == ["The start"]
    assert last["failures"][0][2].endswith("ValueError: in a worker\n")


@pytest.mark.parametrize("command", ["enable", "disable", "remove", "info"])
def test_an_id_that_there_is_not_is_named(addon, command):
    done = addon(command, "nothing")
    assert (done.returncode, done.stdout) == (1, "")
    assert "tintype: addon: there is no add-on 'nothing'; there are: " in done.stderr


@pytest.mark.parametrize("words, said", [([], "COMMAND"), (["fly"], "invalid choice: 'fly'"), (["enable"], "ID"), (["list", "--fast"], "--fast")])
def test_wrong_usage_is_named(addon, words, said):
    done = addon(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and "--help" in done.stderr


def test_one_that_fails_is_not_switched_on_and_the_traceback_is_shown(addon, tintype, home, made):
    (made / "one" / "one" / "__init__.py").write_text("1 / 0\n")
    addon("install", str(made / "one"))
    done = addon("enable", "one")
    assert done.returncode == 1
    assert done.stderr.count("ZeroDivisionError: division by zero") == 1 and "One (one) could not be switched on" in done.stderr
    assert states(tintype, home) == ("[('one', 'off')]", "")


def test_one_that_is_gone_is_listed_and_forgotten(addon, made):
    env = {"TINTYPE_ADDONS": str(made)}
    assert addon("enable", "one", env=env).returncode == 0
    assert [line.split()[:2] for line in addon("list").stdout.splitlines() if line.startswith("one")] == [["one", "gone"]]
    assert addon("disable", "one").returncode == 0
    assert "one" not in addon("list").stdout.split()


def test_a_new_one_works_and_its_test_passes(addon, tintype, home, tmp_path):
    done = addon("new", "Count cells!", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "count_cells"
    done = tintype("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=folder, env=home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    done = addon("dev", ".", cwd=folder)
    assert (done.returncode, done.stdout.partition(" is on")[0]) == (0, "Count cells! 0.1.0"), done.stderr
    assert states(tintype, home) == ("[('count_cells', 'on')]", "")
    assert addon("dev", str(folder), "--off").returncode == 0
    assert states(tintype, home) == ("[]", "")


def test_one_that_is_worked_on_is_neither_replaced_nor_removed(addon, made):
    folder = made / "one"
    assert addon("dev", str(folder)).returncode == 0
    for words in (["install", "--upgrade", str(folder)], ["remove", "one"]):
        done = addon(*words)
        assert done.returncode == 1 and f"{folder} (tintype addon dev --off {folder} takes it out)" in done.stderr
    assert (folder / "addon.toml").is_file()


def test_an_upgrade_of_one_that_is_on_is_on(addon, made):
    assert addon("install", str(made / "one"), "--enable").returncode == 0
    (made / "one" / "addon.toml").write_text(table("one", version="1.1"))
    done = addon("install", "--upgrade", str(made / "one"))
    assert done.returncode == 0 and done.stdout.startswith("One 1.1 is installed in ") and done.stdout.endswith("\nIt is on.\n")


@pytest.mark.parametrize(
    "name, said",
    [("", "no letters"), ("???", "no letters"), ('say "hi"', "a name is one line without"), ("json", "is not taken by Python"),
     ("1st", "is no name for an add-on: id must be"), ("Scipy", "id 'scipy' is the name of a Python module that is there already"),
     ("Crop", "images have something called 'crop'; choose another, such as 'My crop'"), ("copy", "such as 'My copy'"),
     ("New from file", "such as 'My new from file'")],
)  # fmt: skip
def test_a_name_that_will_not_do_is_named(addon, tmp_path, name, said):
    (tmp_path / "work").mkdir()
    done = addon("new", name, cwd=tmp_path / "work")
    assert done.returncode == 1 and said in done.stderr, done.stderr
    assert os.listdir(tmp_path / "work") == []


def test_a_new_one_takes_nobodys_place(addon, tmp_path):
    (tmp_path / "mine").mkdir()
    done = addon("new", "Mine", cwd=tmp_path)
    assert done.returncode == 1 and "is there already; choose another name" in done.stderr


def test_a_version_that_takes_the_program_down_is_gone_at_the_next_start(addon, tintype, home, made):
    addon("install", str(made / "one"), "--enable")
    place = pathlib.Path(home["XDG_DATA_HOME"]) / "tintype" / "addons"
    before = (place / "one" / "addon.toml").read_text()
    write_addon(made / "newer", "one", "import os\nos.kill(os.getpid(), 9)\n", version="2.0")
    assert addon("install", "--upgrade", str(made / "newer" / "one")).returncode not in (0, 1)
    shown, said = states(tintype, home)
    assert "('one', 'on')" in shown and "the former one is there again" in said
    assert (place / "one" / "addon.toml").read_text() == before
    assert [path.name for path in place.iterdir()] == ["one"]
    shown, said = states(tintype, home)
    assert "('one', 'on')" in shown and said == ""


def test_two_programs_that_write_at_once_lose_nothing(addon, home, made, program):
    import subprocess

    for id in ("one", "two"):
        addon("install", str(made / id))
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | home
    for command in ("enable", "disable") * 3 + ("enable",):
        both = [subprocess.Popen([program, "addon", command, id], env=environment, stdout=subprocess.DEVNULL) for id in ("one", "two")]
        assert [each.wait(60) for each in both] == [0, 0]
    state = json.loads((pathlib.Path(home["XDG_CONFIG_HOME"]) / "tintype" / "addons.json").read_text())
    assert state["enabled"] == {"one": "user", "two": "user"}


def test_a_file_of_what_is_on_that_is_damaged_is_named_and_left_alone(addon, tintype, home, made):
    addon("install", str(made / "one"), "--enable")
    file = pathlib.Path(home["XDG_CONFIG_HOME"]) / "tintype" / "addons.json"
    for text in ("{", "[]", '{"format": 9}', '{"format": 1, "enabled": ["one"]}'):
        file.write_text(text)
        shown, said = states(tintype, home)
        assert shown == "[('one', 'off')]" and str(file) in said
        done = addon("enable", "one")
        assert done.returncode == 1 and str(file) in done.stderr
        assert file.read_text() == text


def test_pip_fills_an_environment_that_all_of_tintype_sees(tintype, home, tmp_path, made):
    write_wheel(tmp_path / "shop", "blot", "1.5")
    write_addon(made, "needy", "import blot\n", requires=["blot>=1"])
    env = home | {"TINTYPE_ADDONS": str(made)}
    refused = tintype("addon", "enable", "needy", env=env)
    assert refused.returncode == 1 and "Install them: tintype pip install 'blot>=1'" in refused.stderr
    done = tintype("pip", "install", "--quiet", "--no-index", "--find-links", str(tmp_path / "shop"), "blot>=1", env=env)
    assert done.returncode == 0, done.stderr
    assert tintype("addon", "enable", "needy", env=env).returncode == 0
    show = "import blot; print(blot.VERSION)"
    for words in (["run", "-c", show], ["python", "-c", show]):
        assert tintype(*words, env=home).stdout == "1.5\n"
    pool = tmp_path / "pool.py"
    pool.write_text(
        "import multiprocessing, tintype\ndef version(_):\n    import blot\n    return blot.VERSION\n"
        "if __name__ == '__main__':\n    with multiprocessing.Pool(1) as pool: print(pool.map(version, [1]))\n"
    )
    assert tintype("run", str(pool), env=home).stdout == "['1.5']\n"
    where = tintype("pip", "--where", env=home).stdout.strip()
    assert where == str(tmp_path / "data" / "tintype" / "venv")
    # Another one is taken in its stead.
    import venv

    venv.create(tmp_path / "other", system_site_packages=True)
    chosen = tintype("run", "-c", "import sys; print(any('other' in entry for entry in sys.path))", env=home | {"TINTYPE_VENV": str(tmp_path / "other")})
    assert chosen.stdout == "True\n"
    assert tintype("pip", "--use", str(tmp_path / "other"), env=home).returncode == 0
    assert tintype("run", "-c", show, env=home).returncode == 1
    assert tintype("pip", "--use", "own", env=home).returncode == 0
    assert tintype("run", "-c", show, env=home).stdout == "1.5\n"


@pytest.mark.parametrize("words, said", [([], "Usage: tintype pip"), (["--use"], "needs the folder"), (["--use", "/nowhere"], "/nowhere is no venv")])
def test_wrong_usage_of_pip_is_named(tintype, home, words, said):
    done = tintype("pip", *words, env=home)
    assert done.returncode == 2 and said in done.stdout + done.stderr


def test_an_environment_that_is_none_is_named(tintype, home, tmp_path):
    done = tintype("pip", "list", env=home | {"TINTYPE_VENV": str(tmp_path)})
    assert done.returncode == 2 and f"TINTYPE_VENV: {tmp_path} is no venv of this Python" in done.stderr


def test_packages_of_the_environment_come_before_the_systems(tintype, home, tmp_path):
    assert tintype("pip", "--use", "own", env=home).returncode == 0
    place = tmp_path / "data" / "tintype" / "venv" / "lib" / "python3.11" / "site-packages"
    (place / "jedi.py").write_text("here = True")
    for command in ("run", "python"):
        assert tintype(command, "-c", "import jedi; print(jedi.here)", env=home).stdout == "True\n"
