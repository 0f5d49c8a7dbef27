# The loads of tools/bench stall: what each runs, and by what it shows that all of it was run.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A load that fails in its first line must not pass for one that costs the window nothing. So each says what is to be found
when it is over; `missing` names what is not."""

import dataclasses
from collections.abc import Callable

EDITS_COUNT = 100_000
STATEMENTS_COUNT = 2_000
HANDLERS_COUNT = 50
STORM_EDITS = 20_000
STORM_EVENTS = 5_000
# Of processor time, of each script that never ends, in a run of five seconds on a machine that has other work.
LEAST_SECONDS = 0.1
LEAST_ALIEN_CALLS = 1000

ENDLESS = "while True: pass\n"
REGEX = "import re\nwhile True: re.match('(a+)+b', 'a' * 26)\n"
EDITS = "import tintype as tt\nfor i in range({}):\n    {}\n"
IMAGE_EDIT = "tt.data.images['n'] = tt.Image.black(1 + i % 50, 4)"
LINES = "for i in range(1_000_000):\n    print('line', i)\n"
STREAM = "while True: print('x' * 100)\n"
FULL_CONSOLE = "for i in range(12_000): print('full', i)\n"
# Two lines a turn; the last one can be right only when all before it were run.
STATEMENTS = "".join(f"a{i} = {i}\nprint(a{i})\n" for i in range(STATEMENTS_COUNT // 2 - 1))
STATEMENTS += f"total = sum(globals()[f'a{{i}}'] for i in range({STATEMENTS_COUNT // 2 - 1}))\nprint('sum', total)\n"
STATEMENTS_END = f"sum {sum(range(STATEMENTS_COUNT // 2 - 1))}"

# Two handlers of each of 50, one of the 50 slow; told of the document and of another script's events until both say that they
# have ended, and until each quick handler has had the last event.
HANDLERS = f"""
import tintype as tt

changes, events, ended = [0] * {HANDLERS_COUNT}, [-1] * {HANDLERS_COUNT}, []

def listen(number):
    def changed(event):
        changes[number] += 1
        if number == 0:
            tt.sleep(0.5)
    def told(event):
        events[number] = event.number
        if number == 0:
            tt.sleep(0.5)
    tt.on("image-changed", changed)
    tt.on("storm.told", told)
    return changed, told

listeners = [listen(number) for number in range({HANDLERS_COUNT})]

@tt.on("storm.ended")
def end(event):
    ended.append(event.script)
    if len(ended) < 2:
        return
    while min(events[1:]) < {STORM_EVENTS} - 1 or min(events) < 0 or min(changes) == 0:
        tt.sleep(0.05)
    for changed, told in listeners:
        tt.off("image-changed", changed)
        tt.off("storm.told", told)
    print("handlers called:", len(changes))
    tt.off("storm.ended", end)
"""
STORM_OF_EDITS = EDITS.format(STORM_EDITS, IMAGE_EDIT) + "tt.emit('storm.ended', script='edits')\n"
STORM_OF_EVENTS = f"""
import tintype as tt
for number in range({STORM_EVENTS}):
    tt.emit("storm.told", number=number)
tt.emit("storm.ended", script="events")
"""

PANEL_UPDATES = 20_000
PANEL = f"""
import numpy as np
import tintype as tt

class Busy(tt.Panel):
    title = "Busy"
    size: int = 0
    layout = ["size", tt.label("", name="status"), tt.table("rows"), tt.plot("line")]

rows = np.arange(1_000_000)
for i in range({PANEL_UPDATES}):
    Busy.panel.size = i
    Busy.panel.show_text("status", i)
    if i % 200 == 0:
        Busy.panel.show_table("rows", {{"row": rows, "half": rows / 2}})
        Busy.panel.show_plot("line", rows[: 1000 + i])
Busy.panel.close()
print("panel updated:", i + 1)
"""


@dataclasses.dataclass
class Load:
    """Options of bench_stall, a text each, and the checks of what it reports."""

    scripts: list[str] = dataclasses.field(default_factory=list)
    console: str = ""
    paste: str = ""
    show: str = ""
    aliens: int = 0
    endless: bool = False
    checks: list[Callable[[dict], str]] = dataclasses.field(default_factory=list)

    def missing(self, work):
        """What did not happen, in words; empty when all did."""
        found = [check(work) for check in self.checks]
        names = [f"script{number}.py" for number in range(len(self.scripts))]
        found += [(endless_script if self.endless else finished_script)(name, work) for name in names]
        return "; ".join(text for text in found if text)


def finished_script(name, work):
    state = work["scripts"].get(name, {"state": "not started"})["state"]
    return "" if state.startswith("Finished") else f"{name}: {state}"


def endless_script(name, work):
    seconds = work["seconds of threads"].get(name[:15], 0)
    if work["scripts"].get(name, {"running": False})["running"] and seconds >= LEAST_SECONDS:
        return ""
    return f"{name} ran for {seconds:.2f} s of processor time only"


def last_line(text, script="script0.py"):
    def check(work):
        found = work["scripts"].get(script, {"last line": ""})["last line"]
        return "" if found == text else f"{script} ended with the line {found!r}, not {text!r}"
    return check


def last_line_of_console(text):
    def check(work):
        found = work["last line of the console"]
        return "" if found == text else f"the console ended with the line {found!r}, not {text!r}"
    return check


def edits(count):
    def check(work):
        found = work["changes of the document"]
        return "" if found >= count else f"{found:.0f} of {count} edits"
    return check


def alien_calls(work):
    quiet = sum(calls < LEAST_ALIEN_CALLS for calls in work["calls"])
    return f"{quiet} of {len(work['calls'])} threads hardly called" if quiet or not work["calls"] else ""


def image_edits(show):
    return Load([EDITS.format(EDITS_COUNT, IMAGE_EDIT)], show=show, checks=[edits(EDITS_COUNT)])


LOADS = {
    "while True: pass": Load([ENDLESS], endless=True),
    "while True: pass, 8 scripts": Load([ENDLESS] * 8, endless=True),
    "regex that holds the GIL": Load([REGEX], endless=True),
    "sum(range(10**8))": Load(["for i in range(3): print(sum(range(10**8)))\n"], checks=[last_line("4999999950000000")]),
    "100,000 edits: images": image_edits("history"),
    "100,000 edits, in the log": image_edits("log"),
    "100,000 edits: steps of a recipe": Load([EDITS.format(EDITS_COUNT, "tt.ops.invert()")], show="recipe",
                                             checks=[edits(EDITS_COUNT)]),
    "1,000,000 lines from a script": Load([LINES], show="scripts", checks=[last_line("line 999999")]),
    "1,000,000 lines in the console": Load(console=LINES + "\n", checks=[last_line_of_console("line 999999")]),
    "endless output, 8 scripts": Load([STREAM] * 8, endless=True),
    "8 alien threads calling Python": Load(aliens=8, endless=True, checks=[alien_calls]),
    "2,000 statements pasted": Load(paste=STATEMENTS, checks=[last_line_of_console(STATEMENTS_END)]),
    "… into a full console": Load(console=FULL_CONSOLE + "\n", paste=STATEMENTS,
                                  checks=[last_line_of_console(STATEMENTS_END)]),
    "a panel with 1,000,000 rows": Load([PANEL], checks=[last_line(f"panel updated: {PANEL_UPDATES}")]),
    "handler storm": Load([HANDLERS, STORM_OF_EDITS, STORM_OF_EVENTS],
                          checks=[edits(STORM_EDITS), last_line(f"handlers called: {HANDLERS_COUNT}")]),
}
