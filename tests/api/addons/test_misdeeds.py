# Add-ons that do every bad thing, and add-ons that come and go a thousand times: afterwards the program is as it was.
# SPDX-License-Identifier: GPL-3.0-or-later
import gc
import linecache
import sys
import threading

import pytest

import tintype as tt
from tintype import _events
from tintype._addons import loading

# pytest would hear of each thread that is stopped.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
RELOADS = 1000
EVENTS = ("evil.one", "evil.two", "evil.three")


def picture():
    """What the program consists of, as far as add-ons could change it."""
    gc.collect()
    return {
        "handlers": {name: len(_events._handlers.of(name)) for name in (*EVENTS, "leak.asked")},
        "threads": sorted(thread.name for thread in threading.enumerate() if not thread.name.startswith("Tintype")),
        "modules": {name for name in sys.modules if name.partition(".")[0] in ("evil", "leak")},
        "lines": {name for name in linecache.cache if "/evil/" in name or "/leak/" in name},
        "path": list(sys.path),
        "formats": tt._tintype.file_format_ids(),
        "maps": [name for name, origin in tt._tintype.colour_maps() if origin],
    }


EVIL = """
import sys
import threading
import tintype as tt

class Grudge:
    def __del__(self):
        raise RuntimeError("a destructor that fails")

def spin():
    while True:
        tt.sleep(0.01)

def stubborn():
    for _ in range(3):
        try:
            spin()
        except BaseException:
            pass

def leave_things(event_name):
    tt.on(event_name, lambda event: 1 / 0)
    name = event_name.replace(".", "_")
    tt.file_format(name, suffixes="." + name, load=lambda path: spin(), save=lambda image, path: 1 / 0)
    tt.colour_map(name, [(0, 0, 0), (255, 0, 0)])
    tt.timers.call_every(0.005, lambda: 1 / 0)
    tt.timers.call_every(3600, print)
    tt.timers.call_later(3600, spin)
    threading.Thread(target=spin, name="evil thread", daemon=True).start()

me = sys.modules[__name__]
me.cycle = [me, Grudge()]
leave_things("evil.one")
{import_end}

def register():
    leave_things("evil.two")
    tt.emit("evil.one")
    {register_end}

def unregister():
    leave_things("evil.three")
    {unregister_end}
"""

STAGES = {
    "import": {"import_end": "raise ValueError('at import')"},
    "import, by exit": {"import_end": "sys.exit('at import')"},
    "register": {"register_end": "raise ValueError('in register')"},
    "register, by interrupt": {"register_end": "raise KeyboardInterrupt"},
    "register, for ever": {"register_end": "tt.emit('evil.begun'); spin()"},
    "callbacks": {},
    "unregister": {"unregister_end": "raise ValueError('in unregister')"},
    "unregister, for ever": {"unregister_end": "spin()"},
    "all": {"register_end": "tt.timers.call_later(0, stubborn)", "unregister_end": "raise SystemExit(9)"},
}


@pytest.mark.parametrize("stage", STAGES)
def test_every_bad_thing_at_every_stage_leaves_the_program_as_before(addon, monkeypatch, stage):
    monkeypatch.setattr(loading, "UNREGISTER_SECONDS", 0.2)
    monkeypatch.setattr(sys, "unraisablehook", lambda said: None)
    ends = {"import_end": "", "register_end": "pass", "unregister_end": "pass", **STAGES[stage]}
    code = EVIL
    for name, text in ends.items():
        code = code.replace("{%s}" % name, text)
    addon("evil", code)
    tt.addons.list()
    before = picture()
    begun = threading.Event()
    hear = tt.on("evil.begun", lambda event: begun.set())
    switched_on = threading.Thread(target=try_to_enable, name="Tintype test")
    switched_on.start()
    if stage == "register, for ever":
        assert begun.wait(60)
    else:
        switched_on.join(60)
    tt.off("evil.begun", hear)
    evil_threads = [thread for thread in threading.enumerate() if thread.name == "evil thread"]
    tt.addons.disable("evil")
    switched_on.join(60)
    assert not switched_on.is_alive()
    # The stop lands when their Python code runs again.
    for thread in evil_threads + [each for each in threading.enumerate() if each.name in ("evil thread", "Add-on Evil")]:
        thread.join(60)
    assert picture() == before
    assert tt.addons.get("evil").registered == []


def try_to_enable():
    try:
        tt.addons.enable("evil")
    except tt.AddonError:
        pass


LEAK = """
import threading
import tintype as tt
from . import part

@tt.on("leak.asked")
def answer(event):
    return part.VALUE

timer = tt.timers.call_every(3600, print)
tt.file_format("leak", suffixes=".leak", load=part.work)
tt.colour_map("leak", ["#000000", "#ff0000"])

def register():
    thread = threading.Thread(target=part.work)
    thread.start()
    thread.join()

def unregister():
    timer.cancel()
"""


def test_a_thousand_reloads_leave_nothing_behind(addon):
    addon("leak", LEAK, modules={"part": "VALUE = [1] * 1000\ndef work(path=None):\n    pass\n"})
    tt.addons.enable("leak")

    def reload(times):
        for _ in range(times):
            tt.addons.reload("leak")
            assert tt.ask_handlers("leak.asked")[0].result[0] == 1

    reload(20)
    before, objects = picture(), len(gc.get_objects())
    reload(RELOADS)
    assert picture() == before
    # A single object that stays with each reload would be a thousand.
    assert len(gc.get_objects()) - objects < RELOADS / 4
    tt.addons.disable("leak")
