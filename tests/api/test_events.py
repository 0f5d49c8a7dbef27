# Events: handlers that are told, and handlers that answer.
# SPDX-License-Identifier: GPL-3.0-or-later
import functools
import queue
import re
import subprocess
import sys
import threading
import traceback
import weakref

import pytest

import tintype as tt
from tintype import _events

LIMIT = 60


@pytest.fixture
def told():
    """Registers a handler that puts what it is told into a queue, and takes it back afterwards."""
    registered = []

    def register(name):
        events = queue.Queue()
        tt.on(name, events.put)
        registered.append((name, events.put))
        return events

    yield register
    for name, fn in registered:
        tt.off(name, fn)


@pytest.fixture
def handlers():
    registered = []

    def register(name, fn):
        registered.append((name, tt.on(name, fn)))
        return fn

    yield register
    for name, fn in registered:
        tt.off(name, fn)


def test_images_that_come_change_and_go_are_told(told):
    added, changed, removed, active = map(told, ["image-added", "image-changed", "image-removed", "active-changed"])
    tt.data.images["event"] = tt.Image.black(3, 3)
    assert added.get(timeout=LIMIT).image == "event"
    assert active.get(timeout=LIMIT).image == "event"
    tt.data.images["event"] = tt.Image.black(4, 4)
    assert changed.get(timeout=LIMIT).image == "event"
    del tt.data.images["event"]
    assert removed.get(timeout=LIMIT).image == "event"


def test_an_opened_file_is_told_with_its_path(told, tmp_path):
    path = tmp_path / "spot.png"
    tt.Image.black(3, 3).write_to_file(path)
    opened = told("image-opened")
    tt.data.images["spot"] = tt.open(path)
    event = opened.get(timeout=LIMIT)
    assert (event.name, event.image, event.path) == ("image-opened", "spot", str(path))
    del tt.data.images["spot"]


def test_an_opened_file_is_told_also_when_it_is_changed_at_once(told, tmp_path):
    path = tmp_path / "spot.png"
    tt.Image.black(3, 3).write_to_file(path)
    opened, changed = told("image-opened"), told("image-changed")
    tt.data.images["spot"] = tt.open(path)
    tt.ops.invert(image="spot")
    event = opened.get(timeout=LIMIT)
    assert (event.image, event.path) == ("spot", str(path))
    # Under a name that exists too.
    tt.data.images["spot"] = tt.open(path)
    tt.data.images["spot"] = tt.data.images["spot"].invert()
    assert changed.get(timeout=LIMIT).image == "spot"
    event = opened.get(timeout=LIMIT)
    assert (event.image, event.path) == ("spot", str(path))
    tt.undo()
    del tt.data.images["spot"]


def test_projects_are_told_when_saved_and_opened(told, tmp_path):
    path = tmp_path / "work.tint"
    saved, opened = told("project-saved"), told("project-opened")
    tt.project.save(path)
    assert saved.get(timeout=LIMIT).path == str(path)
    tt.project.open(path)
    assert opened.get(timeout=LIMIT).path == str(path)


def test_a_renamed_image_is_told_as_that_and_not_as_removed_and_added(told):
    renamed, removed, added, active = map(told, ["image-renamed", "image-removed", "image-added", "active-changed"])
    tt.data.images["old"] = tt.Image.black(3, 3)
    tt.data.images["other"] = tt.Image.black(4, 4)
    assert {added.get(timeout=LIMIT).image for _ in range(2)} == {"old", "other"}
    assert active.get(timeout=LIMIT).image in ("old", "other")
    tt.data.images.rename("old", "new")
    event = renamed.get(timeout=LIMIT)
    assert (event.image, event.old_name) == ("new", "old")
    tt.data.images.rename("other", "another")
    while active.get(timeout=LIMIT).image != "another":
        pass
    del tt.data.images["another"]
    # What was told until then was this and nothing else.
    assert removed.get(timeout=LIMIT).image == "another"
    assert added.empty()


def test_an_image_that_takes_the_place_of_another_is_not_taken_for_it(told):
    renamed, removed, added = map(told, ["image-renamed", "image-removed", "image-added"])
    tt.data.images["one"] = tt.Image.black(3, 3)
    assert added.get(timeout=LIMIT).image == "one"
    del tt.data.images["one"]
    tt.data.images["two"] = tt.Image.black(3, 4)
    # What the test before has left goes too.
    while removed.get(timeout=LIMIT).image != "one":
        pass
    assert added.get(timeout=LIMIT).image == "two"
    assert renamed.empty()


def test_saved_images_are_told_with_their_name_and_path(told, tmp_path, monkeypatch):
    saved = told("image-saved")
    tt.data.images["scan"] = tt.Image.black(3, 3)
    monkeypatch.chdir(tmp_path)
    tt.data.images["scan"].write_to_file("scan.png")
    event = saved.get(timeout=LIMIT)
    assert (event.image, event.path) == ("scan", str(tmp_path / "scan.png"))
    tt.Image.black(9, 9).write_to_file(tmp_path / "none.tif[compression=lzw]")
    event = saved.get(timeout=LIMIT)
    assert (event.image, event.path) == (None, str(tmp_path / "none.tif"))
    with pytest.raises(tt.FileError):
        tt.Image.black(9, 9).write_to_file(tmp_path / "nowhere" / "none.tif")
    tt.Image.black(2, 2).write_to_file(tmp_path / "last.png")
    assert saved.get(timeout=LIMIT).path.endswith("last.png")


def test_a_handler_is_told_of_what_comes_after_it_only(told):
    first = told("image-added")
    for turn in range(20):
        tt.data.images[f"before {turn}"] = tt.Image.black(3, 3)
        later = told("image-added")
        tt.data.images[f"after {turn}"] = tt.Image.black(3, 3)
        assert later.get(timeout=LIMIT).image == f"after {turn}"
    seen = {first.get(timeout=LIMIT).image for _ in range(40)}
    assert seen == {f"{word} {turn}" for word in ("before", "after") for turn in range(20)}


def test_a_storm_of_edits_is_few_events_and_the_last_one_is_not_lost(told, handlers):
    tt.data.images["storm"] = tt.Image.black(1, 1)
    widths = []
    last = threading.Event()

    def look(event):
        if event.image == "storm" and (image := tt.data.images.get("storm")):
            widths.append(image.width)
            if image.width == 2001:
                last.set()

    handlers("image-changed", look)
    changed = told("image-changed")
    for size in range(2, 2002):
        tt.data.images["storm"] = tt.Image.black(size, 1)
    seen = [changed.get(timeout=LIMIT)]
    assert last.wait(LIMIT)
    assert widths == sorted(widths)
    barrier = told("image-removed")
    del tt.data.images["storm"]
    barrier.get(timeout=LIMIT)
    while not changed.empty():
        seen.append(changed.get())
    assert len(seen) < 1000


def test_a_slow_handler_is_told_of_each_image_once(told, handlers):
    begun, go = threading.Event(), threading.Event()
    seen = queue.Queue()

    def slow(event):
        seen.put(event.image)
        begun.set()
        go.wait(LIMIT)

    for name in ("first", "second", "third"):
        tt.data.images[name] = tt.Image.black(1, 1)
    quick = told("image-changed")
    handlers("image-changed", slow)

    def change(name, size):
        tt.data.images[name] = tt.Image.black(size, 1)
        assert quick.get(timeout=LIMIT).image == name

    change("first", 2)
    assert begun.wait(LIMIT)
    # Each is told for itself, as the quick handler shows; it was registered first.
    for size in (3, 4, 5):
        change("second", size)
        change("third", size)
    change("first", 6)
    go.set()
    assert [seen.get(timeout=LIMIT) for _ in range(4)] == ["first", "second", "third", "first"]
    for name in ("first", "second", "third"):
        del tt.data.images[name]
    assert seen.empty()


def test_of_a_storm_of_other_events_a_slow_handler_gets_the_last_thousand(handlers):
    begun, go = threading.Event(), threading.Event()
    seen = []
    done = threading.Event()

    def slow(event):
        seen.append(event.n)
        begun.set()
        go.wait(LIMIT)
        if event.n == 1999:
            done.set()

    handlers("myaddon.burst", slow)
    tt.emit("myaddon.burst", n=-1)
    assert begun.wait(LIMIT)
    for n in range(2000):
        tt.emit("myaddon.burst", n=n)
    go.set()
    assert done.wait(LIMIT)
    assert seen == [-1, *range(1000, 2000)]


def test_handlers_may_ask_other_handlers(handlers):
    handlers("chain.end", lambda event: event.depth)

    def step(event):
        if event.depth == 0:
            return tt.ask_handlers("chain.end", timeout=LIMIT, depth=0)[0].result
        return 1 + tt.ask_handlers("chain.step", timeout=LIMIT, depth=event.depth - 1)[0].result

    handlers("chain.step", step)
    assert tt.ask_handlers("chain.step", timeout=LIMIT, depth=10)[0].result == 10


def test_an_error_of_a_handler_keeps_its_cause_and_its_traceback(handlers):
    def route(event):
        try:
            {}[event.path]
        except KeyError as error:
            raise tt.FileError("no route") from error

    handlers("router.route", route)
    error = tt.ask_handlers("router.route", timeout=LIMIT, path="x")[0].error
    assert type(error) is tt.FileError and str(error) == "no route"
    assert type(error.__cause__) is KeyError
    assert traceback.extract_tb(error.__traceback__)[-1].name == "route"


def test_nobody_waits_for_a_handler_that_vanished_before_its_turn(handlers, monkeypatch):
    go, asked = threading.Event(), threading.Event()
    busy = threading.Semaphore(0)

    def hold():
        busy.release()
        go.wait(LIMIT)

    # All threads of the pool.
    for _ in range(64):
        tt.timers.call_later(0, hold)
    for _ in range(64):
        assert busy.acquire(timeout=LIMIT)
    ask = _events._Handler.ask

    def note(self, question):
        posted = ask(self, question)
        asked.set()
        return posted

    monkeypatch.setattr(_events._Handler, "ask", note)
    never = tt.on("router.route", lambda event: "answer")
    answers = []
    asker = threading.Thread(target=lambda: answers.extend(tt.ask_handlers("router.route", timeout=100 * LIMIT)))
    asker.start()
    assert asked.wait(LIMIT)
    tt.off("router.route", never)
    go.set()
    asker.join(LIMIT)
    assert not asker.is_alive()
    assert not answers[0].timed_out and isinstance(answers[0].error, tt.Cancelled)


def test_destructors_may_tell_of_their_end_at_any_instruction():
    """The collector runs them in the middle of whatever code makes objects, that of events too."""
    code = """
import gc
import tintype as tt

class Circle:
    def __init__(self):
        self.me = self

    def __del__(self):
        tt.emit("my.closed", n=1)
        tt.off("my.closed", tt.on("my.closed", lambda event: None))

tt.on("my.closed", lambda event: None)
tt.on("my.other", lambda event: Circle())
gc.set_threshold(20)
for n in range(1500):
    Circle()
    tt.emit("my.other", n=n, circle=Circle())
print("end")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=LIMIT)
    # What tells of events left out may stand around it: the handlers go on until the program ends.
    assert done.returncode == 0 and "end" in done.stdout, done.stderr


def test_destructors_may_register_handlers_of_the_document():
    code = """
import gc
import tintype as tt

class Circle:
    def __init__(self):
        self.me = self

    def __del__(self):
        told = lambda event: None
        tt.off("image-changed", tt.on("image-changed", told))

gc.set_threshold(20)
seen = []
tt.on("image-changed", lambda event: seen.append(Circle()))
tt.data.images["round"] = tt.Image.black(1, 1)
for n in range(400):
    Circle()
    tt.data.images["round"] = tt.Image.black(n + 1, 1)
    tt.off("image-added", tt.on("image-added", print))
print("end")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=LIMIT)
    # What tells of events left out may stand around it: the handlers go on until the program ends.
    assert done.returncode == 0 and "end" in done.stdout, done.stderr


def test_what_a_handler_refers_to_goes_with_it():
    gone = threading.Event()

    class Large:
        def told(self, event):
            pass

    large = Large()
    weakref.finalize(large, gone.set)
    tt.on("myaddon.large", large.told)
    tt.off("myaddon.large", large.told)
    del large
    assert gone.wait(LIMIT)


def test_a_stop_at_any_instruction_of_emit_makes_no_handler_deaf(told):
    events = told("myaddon.stopped")

    def is_emit_stopped_at(instruction):
        passed = 0

        def trace(frame, what, arg):
            nonlocal passed
            if not frame.f_code.co_filename.endswith("_events.py"):
                return None
            frame.f_trace_opcodes = True
            passed += what == "opcode"
            if passed == instruction:
                passed += 1
                raise tt.Cancelled
            return trace

        sys.settrace(trace)
        try:
            tt.emit("myaddon.stopped", at=None)
        except tt.Cancelled:
            return True
        finally:
            sys.settrace(None)
        return False

    # Again, because the handler may still be at work when the stop comes.
    for _ in range(5):
        instruction = 1
        while is_emit_stopped_at(instruction):
            tt.emit("myaddon.stopped", at=instruction)
            while events.get(timeout=LIMIT).at != instruction:
                pass
            instruction += 1
        assert instruction > 20


def test_a_handler_that_changes_its_event_changes_no_other_ones(handlers):
    def take(event):
        event.left -= 1
        return event.left

    for _ in range(3):
        handlers("myaddon.left", functools.partial(take))
    assert [answer.result for answer in tt.ask_handlers("myaddon.left", timeout=LIMIT, left=3)] == [2, 2, 2]


def test_handlers_are_known_by_the_names_that_people_gave_them(handlers):
    def told(event):
        pass

    for fn, title in ((told, "told"), (functools.partial(told), "told"), (lambda event: None, "lambda in line [0-9]+")):
        handlers("myaddon.title", fn)
        assert re.fullmatch(f"<answer of {title}: None>", repr(tt.ask_handlers("myaddon.title", timeout=LIMIT)[-1]))


def test_asking_nobody_gives_no_answers():
    assert tt.ask_handlers("myaddon.nobody") == []


def test_off_ends_it_and_registering_twice_counts_once():
    events = queue.Queue()
    fn = events.put
    assert tt.on("myaddon.twice", fn) is fn
    tt.on("myaddon.twice", fn)
    assert len(tt.ask_handlers("myaddon.twice", timeout=LIMIT)) == 1
    tt.off("myaddon.twice", fn)
    assert tt.ask_handlers("myaddon.twice") == []
    with pytest.raises(tt.NotFoundError, match="is no handler of 'myaddon.twice'"):
        tt.off("myaddon.twice", fn)


def test_two_threads_that_register_the_same_function_register_it_once(handlers):
    def told(event):
        pass

    class Other:
        """While it is compared with the function another thread registers that."""

        def __call__(self, event):
            pass

        def __eq__(self, other):
            if other is told and not threads:
                threads.append(threading.Thread(target=tt.on, args=("myaddon.same", told)))
                threads[0].start()
                threads[0].join(LIMIT)
            return self is other

    threads = []
    handlers("myaddon.same", Other())
    handlers("myaddon.same", told)
    assert threads and not threads[0].is_alive()
    assert len(tt.ask_handlers("myaddon.same", timeout=LIMIT)) == 2


def test_an_error_in_a_handler_leaves_it_registered(handlers, capfd):
    again = threading.Event()

    def fail(event):
        if event.n:
            again.set()
        raise ValueError("no disk")

    handlers("myaddon.fail", fail)
    tt.emit("myaddon.fail", n=0)
    tt.emit("myaddon.fail", n=1)
    assert again.wait(LIMIT)
    # The first one was shown before the second one began.
    shown = capfd.readouterr().err
    assert shown.startswith("The handler fail of myaddon.fail failed.\nTraceback")
    assert "ValueError: no disk" in shown


@pytest.mark.parametrize("name", ["image-opend", "", 5, None, "thing", "."])
def test_unknown_names_are_refused_with_those_there_are(name):
    with pytest.raises(tt.ParameterError, match="there are image-opened, .* your own, whose names have a point"):
        tt.on(name, print)


def test_bad_parameters_are_named():
    with pytest.raises(tt.ParameterError, match="on: fn must be a function .* not 5"):
        tt.on("image-added", 5)
    with pytest.raises(tt.ParameterError, match="on: fn must be a function .* not None"):
        tt.on("image-added", None)
    with pytest.raises(tt.ParameterError, match="told by tintype itself"):
        tt.emit("image-added", image="x")
    with pytest.raises(tt.ParameterError, match="is told, not asked"):
        tt.ask_handlers("image-added")
    with pytest.raises(tt.ParameterError, match="timeout must be 0 to [0-9]+ seconds, not -1"):
        tt.ask_handlers("myaddon.x", timeout=-1)
    with pytest.raises(tt.ParameterError, match="timeout must be 0 to [0-9]+ seconds, not inf"):
        tt.ask_handlers("myaddon.x", timeout=float("inf"))
    with pytest.raises(tt.ParameterError, match="timeout must be a number of seconds, not 'x'"):
        tt.ask_handlers("myaddon.x", timeout="x")
    for tell in (tt.emit, tt.ask_handlers):
        with pytest.raises(tt.ParameterError, match="what 'myaddon.x' says cannot be called name.*name='scan'"):
            tell("myaddon.x", name="scan")
    with pytest.raises(AttributeError, match="the event 'a.b' does not say 'size'; it says image"):
        tt.Event("a.b", {"image": "x"}).size
