# Switching add-ons on and off: what is registered, what fails, what is remembered.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import shutil
import subprocess
import sys
import threading

import pytest
from making import table, write_addon
from waiting import told

import tintype as tt
from tintype import _addons
from tintype._addons import loading, starting, watching

TICKS = "import tintype as tt\ntt.timers.call_every(3600, print)\n"


def handlers_of(name):
    from tintype import _events

    return len(_events._handlers.of(name))


def test_what_it_registers_when_it_is_imported_and_by_register_is_its_own(addon):
    addon("both", TICKS + "def register():\n    tt.on('both.asked', print)\n")
    found = tt.addons.enable("both")
    assert found.state == "on"
    assert found.registered == [("timer", "The timer print"), ("handler", "The handler print of both.asked")]
    tt.addons.disable("both")
    assert (tt.addons.get("both").state, tt.addons.get("both").registered, handlers_of("both.asked")) == ("off", [], 0)


def test_what_it_registers_later_is_its_own_too(addon):
    code = """
    import threading
    import tintype as tt

    def start():
        thread = threading.Thread(target=lambda: tt.on("late.thread", print))
        thread.start()
        thread.join()

    @tt.on("late.more")
    def more(event):
        tt.on("late.callback", print)
        start()
        tt.emit("late.done")
    """
    addon("late", code)
    tt.addons.enable("late")
    with told("late.done"):
        tt.emit("late.more")
    titles = [title for kind, title in tt.addons.get("late").registered]
    assert titles == [f"The handler {what}" for what in ("more of late.more", "print of late.callback", "print of late.thread")]
    tt.addons.disable("late")
    assert [handlers_of(f"late.{name}") for name in ("more", "callback", "thread")] == [0, 0, 0]


def test_unregister_is_called_once_and_may_be_missing(addon):
    addon("polite", "import sys\ncalls = sys.polite_calls = []\ndef unregister():\n    calls.append(1)\n")
    tt.addons.enable("polite")
    calls = sys.polite_calls
    tt.addons.disable("polite")
    assert calls == [1]
    del sys.polite_calls


def test_what_unregister_leaves_or_breaks_goes_all_the_same(addon, capsys):
    addon("rude", TICKS + "def unregister():\n    raise OSError('not now')\n")
    tt.addons.enable("rude")
    timer = tt.addons.get("rude").registered
    assert len(timer) == 1
    tt.addons.disable("rude")
    assert tt.addons.get("rude").registered == []
    said = capsys.readouterr().err
    assert "Tintype: Rude: unregister() failed: OSError: not now" in said and "Traceback" in said


@pytest.mark.parametrize(
    "code, line",
    [
        (TICKS + "1 / 0", "ZeroDivisionError: division by zero"),
        (TICKS + "def register():\n    raise KeyError('x')", "KeyError: 'x'"),
        (TICKS + "import no_such_module_of_anybody", "ModuleNotFoundError: No module named 'no_such_module_of_anybody'"),
        (TICKS + "def register(:", "SyntaxError: invalid syntax"),
        (TICKS + "import sys\nsys.exit(3)", "SystemExit: 3"),
        (TICKS + "raise KeyboardInterrupt", "KeyboardInterrupt"),
        (TICKS + "def register(needed):\n    pass", "TypeError: register() missing 1 required positional argument: 'needed'"),
        (TICKS + "register = 5", "TypeError: "),
    ],
)
def test_one_that_fails_leaves_nothing_behind_and_stays_off(addon, settings, code, line):
    addon("failing", code)
    before = set(sys.modules)
    with pytest.raises(tt.AddonError, match="Failing [(]failing[)] could not be switched on:") as caught:
        tt.addons.enable("failing")
    assert line in str(caught.value)
    found = tt.addons.get("failing")
    assert (found.state, found.registered) == ("failed", [])
    assert line in found.error and found.failures[0].title == "The start"
    assert "failing" not in sys.modules and not settings.exists()
    assert {name for name in set(sys.modules) - before if "failing" in name} == set()


def test_the_traceback_begins_in_the_addon(addon):
    path = addon("failing", "def register():\n    helper()\ndef helper():\n    raise ValueError('deep')\n")
    with pytest.raises(tt.AddonError) as caught:
        tt.addons.enable("failing")
    lines = str(caught.value).splitlines()
    assert lines[1] == "Traceback (most recent call last):"
    assert lines[2] == f'  File "{path}/failing/__init__.py", line 2, in register'


def test_one_that_fails_does_not_keep_the_others_from_starting(addon, restart, settings, capsys):
    addon("first", TICKS)
    addon("second", "import os\nif os.environ.get('SECOND_FAILS'): raise ValueError('today')\n")
    addon("third", TICKS)
    for id in ("first", "second", "third"):
        tt.addons.enable(id)
    os.environ["SECOND_FAILS"] = "1"
    try:
        restart()
    finally:
        del os.environ["SECOND_FAILS"]
    assert [addon.state for addon in map(tt.addons.get, ("first", "second", "third"))] == ["on", "failed", "on"]
    said = capsys.readouterr().err
    assert "Second: The start failed.\nSecond: Traceback" in said
    assert "Second has failed at the start: ValueError: today. To have it off at the next start: tintype addon disable second" in said
    # The person says so.
    tt.addons.disable("second")
    restart()
    assert [addon.state for addon in map(tt.addons.get, ("first", "second", "third"))] == ["on", "off", "on"]


def test_nothing_is_on_that_nobody_has_switched_on(addon, restart, settings):
    addon("quiet", "raise AssertionError('nobody asked')")
    assert restart().get("quiet").state == "off"
    assert not settings.exists()


def test_what_is_switched_on_is_on_at_the_next_start_and_what_is_off_is_not(addon, restart, settings):
    addon("kept", TICKS)
    tt.addons.enable("kept")
    assert json.loads(settings.read_text())["enabled"] == {"kept": "user"}
    assert restart().get("kept").state == "on"
    tt.addons.disable("kept")
    assert json.loads(settings.read_text())["enabled"] == {}
    assert restart().get("kept").state == "off"


def test_another_addon_of_that_id_is_not_meant(addon, restart, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TINTYPE_ADDONS", str(tmp_path / "named"))
    path = write_addon(tmp_path / "named", "same", TICKS)
    tt.addons.enable("same")
    shutil.rmtree(path)
    addon("same", TICKS)
    assert restart().get("same").state == "off"
    assert "it was switched on in" in capsys.readouterr().err
    assert tt.addons.enable("same").state == "on"


def test_one_whose_folder_has_vanished_is_named_at_the_start(addon, restart, capsys):
    path = addon("kept", TICKS)
    tt.addons.enable("kept")
    shutil.rmtree(path)
    assert tt.addons.get("kept").state == "on"
    with pytest.raises(tt.AddonError, match="'kept' is gone: it was in user"):
        tt.addons.reload("kept")
    restart()
    assert "The add-on kept is not on: it is gone from user. tintype addon disable kept forgets it" in capsys.readouterr().err
    tt.addons.disable("kept")
    restart()
    assert capsys.readouterr().err == ""


def test_a_register_that_never_returns_holds_up_neither_the_start_nor_the_others(addon, restart, monkeypatch, capsys):
    code = """
    import threading
    import tintype as tt
    import os
    tt.timers.call_every(3600, print)

    def register():
        while os.environ.get("ENDLESS"):
            tt.sleep(0.01)
    """
    addon("endless", code)
    addon("other", TICKS)
    tt.addons.enable("endless")
    tt.addons.enable("other")
    monkeypatch.setenv("ENDLESS", "1")
    monkeypatch.setattr(starting, "SECONDS", 0.1)
    restart()
    said = capsys.readouterr().err
    assert "Endless has been starting for 0.1 s, and the others go on without it" in said
    assert tt.addons.get("endless").state == "starting"
    assert tt.addons.get("other").state == "on"
    tt.addons.disable("endless")
    assert (tt.addons.get("endless").state, tt.addons.get("endless").registered) == ("off", [])
    assert not [thread for thread in threading.enumerate() if thread.name == "Add-on Endless"]


def test_an_unregister_that_never_returns_is_stopped(addon, monkeypatch, capsys):
    addon("clinging", TICKS + "def unregister():\n    while True: tt.sleep(0.01)\n")
    tt.addons.enable("clinging")
    monkeypatch.setattr(loading, "UNREGISTER_SECONDS", 0.1)
    tt.addons.disable("clinging")
    assert "Clinging: unregister() has not come to its end in 0.1 s and is stopped" in capsys.readouterr().err
    assert tt.addons.get("clinging").state == "off"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_threads_that_it_leaves_behind_are_stopped(addon):
    code = """
    import threading
    import tintype as tt

    def work():
        while True:
            tt.sleep(0.01)

    thread = threading.Thread(target=work, name="left behind", daemon=True)
    thread.start()
    """
    addon("busy", code)
    tt.addons.enable("busy")
    [thread] = [each for each in threading.enumerate() if each.name == "left behind"]
    tt.addons.disable("busy")
    thread.join(60)
    assert not thread.is_alive()


def test_callbacks_of_one_that_is_off_do_nothing(addon):
    addon("gone", "import tintype as tt\nimport sys\nsys.gone_calls = []\ntt.on('gone.ask', lambda event: sys.gone_calls.append(1))\n")
    tt.addons.enable("gone")
    assert len(tt.ask_handlers("gone.ask")) == 1
    tt.addons.disable("gone")
    assert tt.ask_handlers("gone.ask") == []
    assert sys.gone_calls == [1]
    del sys.gone_calls


def test_a_callback_that_fails_is_shown_with_the_name_of_its_addon_and_kept(addon, capfd):
    code = """
    import tintype as tt

    @tt.on("bad.ask")
    def answer(event):
        if event.is_last:
            return tt.emit("bad.last")
        raise ValueError("never")
    """
    addon("bad", code)
    tt.addons.enable("bad")
    with told("bad.last"):
        tt.emit("bad.ask", is_last=False)
        tt.emit("bad.ask", is_last=True)
    [failure] = tt.addons.get("bad").failures
    assert failure.title == "The handler answer of bad.ask"
    assert failure.text.startswith("Traceback") and failure.text.endswith("ValueError: never\n")
    assert failure.time > 1.7e9
    assert "Bad: The handler answer of bad.ask failed.\nBad: Traceback" in capfd.readouterr().err
    assert tt.addons.get("bad").state == "on"


def test_the_times_of_its_callbacks_are_summed_up(addon):
    code = """
    import time
    import tintype as tt

    @tt.on("timed.ask")
    def answer(event):
        time.sleep(event.seconds)
        if event.is_last:
            tt.emit("timed.last")
    """
    addon("timed", code)
    assert tt.addons.enable("timed").times == (0, 0.0, 0.0)
    with told("timed.last"):
        for seconds, is_last in [(0.05, False), (0, False), (0, True)]:
            tt.emit("timed.ask", seconds=seconds, is_last=is_last)
    times = tt.addons.get("timed").times
    assert times.calls >= 2 and 0.05 <= times.longest <= times.total


def test_what_is_on_may_be_imported_under_its_name(addon):
    addon("library", "def answer():\n    from library import deep\n    return deep.VALUE\n", modules={"deep": "VALUE = 42"})
    tt.addons.enable("library")
    import library

    assert library.answer() == 42
    tt.addons.disable("library")
    assert not {"library", "library.deep"} & set(sys.modules)
    with pytest.raises(ModuleNotFoundError):
        import library  # noqa: F811


def test_an_import_loads_what_is_to_be_on(addon, restart, monkeypatch):
    addon("library", "import tintype as tt\nVALUE = 42\ntt.timers.call_every(3600, print)\n")
    tt.addons.enable("library")
    _addons.current()._end()
    monkeypatch.setattr(_addons, "_manager", None)
    import library

    assert library.VALUE == 42
    assert len(tt.addons.get("library").registered) == 1
    assert library.__spec__.origin == library.__file__


def test_an_id_that_is_a_module_of_others_is_refused(addon):
    addon("numpy", TICKS)
    with pytest.raises(tt.AddonError, match="id 'numpy' is the name of a Python module that is there already: .*numpy/__init__.py"):
        tt.addons.enable("numpy")
    import numpy

    assert numpy.__version__ and tt.addons.get("numpy").state == "off"


def test_its_own_start_cannot_switch_it_off_or_wait_for_it(addon):
    addon("selfish", "import tintype as tt\ndef register():\n    tt.addons.disable('selfish')\n")
    with pytest.raises(tt.AddonError, match="cannot be switched off by its own start"):
        tt.addons.enable("selfish")
    assert tt.addons.get("selfish").state == "failed"


def test_it_may_switch_itself_off_from_a_callback(addon):
    addon("leaving", "import tintype as tt\ntt.on('leaving.now', lambda event: tt.addons.disable('leaving'))\n")
    tt.addons.enable("leaving")
    [answer] = tt.ask_handlers("leaving.now", timeout=60)
    assert answer.error is None
    assert (tt.addons.get("leaving").state, tt.addons.get("leaving").registered) == ("off", [])


def test_one_that_there_is_not_is_named_with_those_that_there_are(addon):
    addon("only")
    for call in (tt.addons.enable, tt.addons.disable, tt.addons.reload, tt.addons.get, tt.addons.remove, tt.addons.watch):
        with pytest.raises(tt.NotFoundError, match="there is no add-on 'other'; there are: .*only"):
            call("other")


def test_switching_on_twice_and_off_twice_does_no_harm(addon):
    addon("twice", TICKS)
    tt.addons.enable("twice")
    assert len(tt.addons.enable("twice").registered) == 1
    tt.addons.disable("twice")
    tt.addons.disable("twice")


def test_many_threads_that_switch_it_on_and_off_leave_one_or_none(addon):
    addon("contested", TICKS)
    errors = []

    def switch(call):
        try:
            call("contested")
        except tt.AddonError as error:
            errors.append(str(error))

    threads = [threading.Thread(target=switch, args=(call,)) for _ in range(8) for call in (tt.addons.enable, tt.addons.disable)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not [thread for thread in threads if thread.is_alive()]
    assert all("switched" in error for error in errors)
    tt.addons.enable("contested")
    assert len(tt.addons.get("contested").registered) == 1


def test_reload_takes_the_files_as_they_are_now(addon):
    path = addon("changing", "from . import part\nVALUE = part.VALUE\n" + TICKS, modules={"part": "VALUE = 1\n"})
    tt.addons.enable("changing")
    for value in (2, 3, 4):
        # The same length and within the same second, by which Python tells files apart.
        (path / "changing" / "part.py").write_text(f"VALUE = {value}\n")
        assert len(tt.addons.reload("changing").registered) == 1
        assert sys.modules["changing"].VALUE == value


def test_a_reload_that_fails_says_so_and_leaves_nothing(addon):
    path = addon("changing", TICKS)
    tt.addons.enable("changing")
    (path / "changing" / "__init__.py").write_text(TICKS + "1 / 0\n")
    with pytest.raises(tt.AddonError, match="ZeroDivisionError"):
        tt.addons.reload("changing")
    assert (tt.addons.get("changing").state, tt.addons.get("changing").registered) == ("failed", [])
    (path / "changing" / "__init__.py").write_text(TICKS)
    assert tt.addons.reload("changing").state == "on"


def test_a_reload_with_a_table_that_is_wrong_now_leaves_it_on(addon):
    path = addon("changing", TICKS)
    tt.addons.enable("changing")
    (path / "addon.toml").write_text("id = 5")
    with pytest.raises(tt.AddonError, match="addon.toml: "):
        tt.addons.reload("changing")
    assert len(tt.addons.get("changing").registered) == 1


@pytest.fixture
def has_looked(monkeypatch):
    """Set when the files of one that is watched have been looked at."""
    looked = threading.Event()
    real = watching.stamp
    monkeypatch.setattr(watching, "stamp", lambda path: [real(path), looked.set()][0])
    return looked


def test_one_that_is_watched_is_reloaded_when_its_files_change(addon, settings, has_looked):
    path = addon("watched", TICKS + "VALUE = 1\n")
    tt.addons.enable("watched")
    tt.addons.watch("watched")
    assert json.loads(settings.read_text())["watched"] == ["watched"]
    assert has_looked.wait(60)
    with told("watched.anew"):
        (path / "watched" / "__init__.py").write_text(TICKS + "tt.emit('watched.anew')\n")
    tt.addons.watch("watched", False)
    assert json.loads(settings.read_text())["watched"] == []


@pytest.mark.parametrize(
    "code, fields, said",
    [
        (TICKS + "1 / 0\n", {}, "ZeroDivisionError"),
        (TICKS + "def f(:\n", {}, "SyntaxError"),
        (TICKS, {"requires": ["unheard-of>=3"]}, "needs Python packages that are not there: unheard-of"),
        (TICKS, {"version": "new"}, "version must be"),
    ],
)
def test_one_whose_reload_fails_is_watched_on(addon, has_looked, monkeypatch, code, fields, said):
    told_of = {}
    has_failed = threading.Event()
    monkeypatch.setattr(watching, "tell", lambda text: [told_of.setdefault("text", text), has_failed.set()])
    path = addon("watched", TICKS)
    tt.addons.enable("watched")
    tt.addons.watch("watched")
    assert has_looked.wait(60)
    (path / "addon.toml").write_text(table("watched", **fields))
    (path / "watched" / "__init__.py").write_text(code)
    assert has_failed.wait(60)
    assert said in told_of["text"]
    assert said in tt.addons.get("watched").failures[-1].text
    with told("watched.anew"):
        (path / "addon.toml").write_text(table("watched"))
        (path / "watched" / "__init__.py").write_text(TICKS + "tt.emit('watched.anew')\n")
    tt.addons.watch("watched", False)


def test_what_an_addon_writes_beside_its_code_is_no_change(tmp_path):
    (tmp_path / "own.py").write_text("VALUE = 1")
    before = watching.stamp(str(tmp_path))
    for name in ("own.log", "cache.json", "table.db"):
        (tmp_path / name).write_text("something")
    assert watching.stamp(str(tmp_path)) == before
    (tmp_path / "other.py").write_text("VALUE = 2")
    assert watching.stamp(str(tmp_path)) != before


@pytest.mark.parametrize("part, code", [("__init__", "def f(:\n"), ("part", "def f(:\n")])
def test_a_reload_of_code_that_python_cannot_read_leaves_it_on(addon, part, code):
    path = addon("changing", TICKS + "from . import part\n", modules={"part": ""})
    tt.addons.enable("changing")
    (path / "changing" / f"{part}.py").write_text(code)
    with pytest.raises(tt.AddonError, match=f"{part}.py.*\n.*\n.*\nSyntaxError"):
        tt.addons.reload("changing")
    found = tt.addons.get("changing")
    assert (found.state, len(found.registered), found.failures[-1].title) == ("on", 1, "The reload")


def test_a_reload_that_needs_what_is_not_there_leaves_it_on(addon):
    path = addon("changing", TICKS)
    tt.addons.enable("changing")
    (path / "addon.toml").write_text(table("changing", requires=["unheard-of"]))
    with pytest.raises(tt.AddonError, match="needs Python packages that are not there: unheard-of"):
        tt.addons.reload("changing")
    assert (tt.addons.get("changing").state, len(tt.addons.get("changing").registered)) == ("on", 1)


def test_one_on_trial_is_reloaded_from_where_it_lies(addon, tmp_path):
    addon("tried", "1 / 0")
    path = write_addon(tmp_path / "mine", "tried", TICKS)
    with tt.addons.trial(path):
        assert tt.addons.reload("tried").state == "on"


@pytest.mark.parametrize("words", [["-c", "import tintype"], ["-c", "import tintype as tt; tt.Image.black(1, 1).avg()"]])
def test_a_program_that_needs_none_loads_none(addon, words):
    addon("idle", "raise AssertionError")
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


CHILD = "import tintype as tt; print([addon.state for addon in tt.addons.list() if addon.id == 'given'])"


def test_children_have_what_their_parent_has(addon, settings):
    addon("given", TICKS)
    tt.addons.enable("given")
    settings.unlink()
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("['on']\n", "")
    tt.addons.disable("given")
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("['off']\n", "")


def test_workers_can_be_given_functions_of_an_addon(addon):
    addon("working", "import tintype as tt\ntt.timers.call_every(3600, print)\ndef double(value):\n    return 2 * value\n")
    tt.addons.enable("working")
    import working

    assert list(tt.parallel.map(working.double, [1, 2, 3], executor="processes")) == [2, 4, 6]


def test_without_addons_none_is_on_and_none_can_be_switched_on(addon, monkeypatch):
    addon("safe", TICKS)
    tt.addons.enable("safe")
    monkeypatch.setenv("TINTYPE_NO_ADDONS", "1")
    done = subprocess.run([sys.executable, "-c", CHILD.replace("given", "safe")], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("['off']\n", "")
    tt.addons.disable("safe")
    with pytest.raises(tt.AddonError, match="add-ons are off in this run"):
        tt.addons.enable("safe")


def test_at_the_end_of_the_program_each_may_say_goodbye(addon):
    addon("leaving", "def unregister():\n    print('goodbye', flush=True)\n")
    tt.addons.enable("leaving")
    done = subprocess.run([sys.executable, "-c", "import tintype as tt; tt.addons.list(); print('end')"], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("end\ngoodbye\n", "")


def test_an_endless_register_does_not_keep_a_program_from_ending(addon, restart, settings):
    addon("endless", TICKS + "import os\ndef register():\n    while os.environ.get('ENDLESS'): pass\n")
    tt.addons.enable("endless")
    code = "import tintype as tt\nfrom tintype._addons import starting\nstarting.SECONDS = 0.1\ntt.addons.list()\nprint('end')"
    variables = {**os.environ, "ENDLESS": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=variables)
    assert (done.returncode, done.stdout) == (0, "end\n")


def test_its_own_folder_on_the_path_does_not_take_its_name(tmp_path, monkeypatch):
    path = write_addon(tmp_path, "beside", "import tintype as tt\ntt.on('beside.asked', print)\n")
    monkeypatch.syspath_prepend(tmp_path)
    with tt.addons.trial(path) as addon:
        assert addon.state == "on"


def test_importing_it_waits_for_its_start_which_may_import_too(addon):
    addon("lender", "import wsgiref.headers\nimport tintype as tt\nvalue = 5\n")
    tt.addons.enable("lender")
    code = "import tintype\nfrom lender import value\nimport lender\nprint(value, lender.__spec__.origin.endswith('.py'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("5 True\n", "")


def test_importing_one_that_fails_says_so(addon, settings):
    path = addon("later", "")
    tt.addons.enable("later")
    (path / "later" / "__init__.py").write_text("raise ValueError('today')\n")
    done = subprocess.run([sys.executable, "-c", "import tintype, later"], capture_output=True, text=True, timeout=60)
    assert "ModuleNotFoundError: No module named 'later': the add-on Later (later) has failed: ValueError: today" in done.stderr
    assert "ValueError: today" in done.stderr


def test_a_new_version_of_one_that_has_failed_stays_off(addon, tmp_path):
    addon("weak", "raise ValueError('today')\n")
    with pytest.raises(tt.AddonError):
        tt.addons.enable("weak")
    new = write_addon(tmp_path / "new", "weak", "import sys\nsys.weak_has_run = True\n", version="2.0")
    assert tt.addons.install(new, upgrade=True).state == "off"
    assert not hasattr(sys, "weak_has_run")


def test_what_is_wrong_with_one_leaves_the_others_on(addon, restart, capsys):
    path = addon("aching")
    addon("well")
    tt.addons.enable("aching")
    tt.addons.enable("well")
    (path / "addon.toml").write_text((path / "addon.toml").read_text() + "requires = ['numpy; os_name ~= \"x\"']\n")
    restart()
    tt.addons.list()
    assert tt.addons.get("well").state == "on"
    assert "aching" in capsys.readouterr().err
