# What other programs switch on and off, while a window is open: it follows, and says so.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import subprocess
import sys
import threading

import pytest
from making import write_addon
from waiting import told

import tintype as tt
from tintype import _addons
from tintype._addons import errors, following, records, starting, watching

SAYS = """
import tintype as tt

def register():
    tt.emit("said.on", id=__name__)

def unregister():
    tt.emit("said.off", id=__name__)
"""


@pytest.fixture
def said(monkeypatch):
    """What the person is told; it waits for so many lines."""
    lines, came = [], threading.Condition()
    _addons.current()  # whose modules must not be imported while these names stand for something else

    def tell(text):
        with came:
            lines.append(text)
            came.notify_all()

    def wait(count):
        with came:
            assert came.wait_for(lambda: len(lines) >= count, 60), lines
        return lines

    for module in (errors, starting, watching):
        monkeypatch.setattr(module, "tell", tell, raising=False)
    return wait


@pytest.fixture
def follow(settings, monkeypatch):
    monkeypatch.setattr(following, "SECONDS", 0.01)
    made = []

    def begin():
        _addons.load_enabled()
        made.append(following.Follower(settings, _addons.current, lambda: _addons._manager))
        made[-1].start()
        return made[-1]

    yield begin
    for each in made:
        each._is_over.set()
    for thread in [each for each in threading.enumerate() if each.name == "add-ons that others switch"]:
        thread.join(60)


def elsewhere(*words):
    """As a person does it in a terminal."""
    variables = {name: value for name, value in os.environ.items() if name != "TINTYPE_ADDONS_ON"}
    done = subprocess.run([sys.executable, "-m", "tintype._addons", *words], capture_output=True, text=True, timeout=60, env=variables)
    assert done.returncode == 0, done.stderr


def test_what_a_terminal_switches_on_and_off_is_so_here_too(addon, follow, said):
    addon("one", SAYS)
    follow()
    with told("said.on"):
        elsewhere("enable", "one")
    assert said(1) == ["One was switched on by another program, and is on here too"]
    assert tt.addons.get("one").state == "on"
    with told("said.off"):
        elsewhere("disable", "one")
    assert said(2)[1] == "One was switched off by another program, and is off here too"
    assert tt.addons.get("one").state == "off"


def test_one_that_imports_another_that_is_switched_on_with_it_has_it(addon, settings, said):
    addon("first", SAYS)
    elsewhere("enable", "first")
    addon("alpha", "import zeta\n" + SAYS)
    addon("zeta", SAYS)
    _addons.load_enabled()
    follower = following.Follower(settings, _addons.current, lambda: _addons._manager)
    elsewhere("enable", "zeta")
    elsewhere("enable", "alpha")
    follower._look()
    assert [tt.addons.get(id).state for id in ("alpha", "zeta")] == ["on", "on"]


def test_what_a_terminal_installs_and_removes_is_so_here_too(follow, said, user_folder, tmp_path):
    path = write_addon(tmp_path / "made", "parcel", SAYS)
    follow()
    with told("said.on"):
        elsewhere("install", "--enable", str(path))
    with told("said.off"):
        elsewhere("remove", "parcel")
    said(2)
    assert "parcel" not in [each.id for each in tt.addons.list()]


def test_what_is_done_here_is_not_done_twice(addon, follow, said):
    addon("one", "import sys\nsys.one_runs = getattr(sys, 'one_runs', 0) + 1\n")
    addon("two", SAYS)
    follow()
    tt.addons.enable("one")
    elsewhere("enable", "two")
    assert said(1) == ["Two was switched on by another program, and is on here too"]
    assert sys.one_runs == 1
    del sys.one_runs


def test_one_that_fails_here_is_told(addon, follow, said, monkeypatch):
    addon("one", "import os\nif os.environ.get('FAILS_HERE'): raise ValueError('here')\n")
    variables = {name: value for name, value in os.environ.items()}
    monkeypatch.setenv("FAILS_HERE", "1")
    follow()
    done = subprocess.run([sys.executable, "-m", "tintype._addons", "enable", "one"], env=variables, timeout=60)
    assert done.returncode == 0
    assert said(1)[0].startswith("One has failed at the start: ValueError: here. To have it off")
    assert tt.addons.get("one").state == "failed"


def test_a_file_that_is_half_written_is_read_when_it_is_whole(addon, follow, said, settings):
    addon("one", SAYS)
    addon("two", SAYS)
    tt.addons.enable("two")
    follow()
    whole = json.loads(settings.read_text())
    settings.write_text(settings.read_text()[:20])
    assert "is not JSON" in said(1)[0]
    # What is on stays on.
    assert tt.addons.get("two").state == "on"
    whole["enabled"] = {"one": "user", "two": "user"}
    with told("said.on"):
        settings.write_text(json.dumps(whole))
    assert said(2)[1] == "One was switched on by another program, and is on here too"


def test_what_is_watched_from_a_terminal_is_reloaded_here(tmp_path, follow, said, monkeypatch):
    looked = threading.Event()
    real = watching.stamp
    monkeypatch.setattr(watching, "stamp", lambda path: [real(path), looked.set()][0])
    path = write_addon(tmp_path / "mine", "one", SAYS)
    follow()
    with told("said.on"):
        elsewhere("dev", str(path))
    assert looked.wait(60)
    with told("said.anew"):
        (path / "one" / "__init__.py").write_text(SAYS + "tt.emit('said.anew')\n")


def test_how_it_goes_is_written_down_while_it_is_on(addon, follow, monkeypatch):
    kept = threading.Event()
    real = records.keep
    monkeypatch.setattr(records, "keep", lambda *words: [real(*words), kept.set() if records.read("one")["failures"] else None])
    addon("one", "import tintype as tt\ntt.on('one.asked', lambda event: 1 / 0)\n")
    tt.addons.enable("one")
    follow()
    tt.emit("one.asked")
    assert kept.wait(60)
    last = records.read("one")
    assert (last["is_over"], last["process"], last["registered"][0][0]) == (False, os.getpid(), "handler")
    assert last["failures"][0][2].endswith("ZeroDivisionError: division by zero\n")


@pytest.mark.parametrize(
    "damage",
    [{"failures": ["x"]}, {"failures": [["now", "a", "b"]]}, {"registered": [1]}, {"times": [1, "x", 2]}, {"time": "late"}, {"is_over": 1}],
)
def test_a_damaged_record_is_none(settings, damage):
    whole = records._of_nothing() | {"failures": [[1.5, "title", "text"]], "registered": [["timer", "tick"]]}
    file = records._file("odd")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(whole))
    assert records.read("odd") == whole
    file.write_text(json.dumps(whole | damage))
    assert records.read("odd") is None


def test_a_file_that_is_away_for_a_moment_switches_nothing_off(settings, monkeypatch):
    follower = following.Follower(settings, _addons.current, lambda: None)
    followed = []
    monkeypatch.setattr(follower, "_follow", lambda now: followed.append(now.enabled))
    settings.parent.mkdir(parents=True)
    is_on = json.dumps({"format": 1, "enabled": {"one": "/there"}})
    settings.write_text(is_on)
    follower._look()
    settings.unlink()
    follower._look()
    settings.write_text(is_on)
    follower._look()
    assert followed[-1] == {"one": "/there"}
    settings.unlink()
    follower._look()
    follower._look()
    assert followed[-1] == {}
