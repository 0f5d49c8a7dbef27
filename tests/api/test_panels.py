# Panels without a window: their fields, their code, and what of a wrong one is said.
# SPDX-License-Identifier: GPL-3.0-or-later
import enum
import gc
import pathlib
import subprocess
import sys
import threading
import weakref
from typing import Annotated, ClassVar, Literal, Optional

import numpy as np
import pytest

import tintype as tt
from tintype import _tintype

LIMIT = 60


def every_class(base):
    return [base, *(each for cls in base.__subclasses__() for each in every_class(cls))]


@pytest.fixture(autouse=True)
def no_panel_is_left():
    yield
    for panel in [cls.panel for cls in every_class(tt.Panel) if cls.panel]:
        panel.close()
    assert not [id for id in _tintype.panel_ids() if "test_panels" in id]


def run(code):
    return subprocess.run([sys.executable, "-c", "import tintype as tt\n" + code], capture_output=True, text=True, timeout=LIMIT)


def every_kind():
    class Everything(tt.Panel):
        title = "Everything"
        size: Annotated[int, tt.Range(64, 8192, unit="px")] = 1024
        factor: float = 0.5
        smooth: bool = True
        name: str = ""
        mode: Literal["fast", "good"] = "good"
        folder: Optional[pathlib.Path] = None
        sizes: list[int] = [1, 2]
        mask: Optional[tt.Image] = None
        _hidden: int = 3
        shared: ClassVar[int] = 4

    return Everything


def test_fields_are_attributes_that_check_what_is_set():
    panel = every_kind().panel
    assert (panel.size, panel.factor, panel.smooth, panel.name, panel.mode) == (1024, 0.5, True, "", "good")
    assert (panel.folder, panel.sizes, panel.mask, panel._hidden, panel.shared) == (None, [1, 2], None, 3, 4)
    panel.size, panel.factor, panel.folder, panel.sizes = np.int64(64), 2, "a/b", np.array([3])
    assert (panel.size, panel.factor, panel.folder, panel.sizes) == (64, 2.0, pathlib.Path("a/b"), [3])
    picture = tt.Image.black(4, 4)
    panel.mask = picture
    assert panel.mask.width == 4
    with pytest.raises(tt.ParameterError, match="Everything: size must be a whole number from 64 to 8192 px, not 9000"):
        panel.size = 9000
    with pytest.raises(tt.ParameterError, match="Everything: mode must be 'fast' or 'good', not 'slow'"):
        panel.mode = "slow"
    assert panel.size == 64


def test_a_field_without_a_default_holds_what_is_nearest_to_nothing():
    class Empty(tt.Panel):
        title = "Empty"
        size: Annotated[int, tt.Range(64, 8192)]
        below: Annotated[float, tt.Range(-9, -1)]
        flag: bool
        text: str
        mode: Literal["fast", "good"]
        path: pathlib.Path

    panel = Empty.panel
    assert (panel.size, panel.below, panel.flag, panel.text, panel.mode, panel.path) == (64, -1.0, False, "", "fast", None)


def test_what_the_person_changes_is_told_to_the_code():
    class Told(tt.Panel):
        title = "Told"
        size: int = 1
        folder: Optional[pathlib.Path] = None
        quiet: int = 1

        def __init__(self):
            self.told = []
            self.came = threading.Semaphore(0)

        def size_changed(self, value):
            self.told.append((value, self.size))
            self.came.release()

        def folder_changed(self, value):
            self.told.append(value)
            self.came.release()

    panel = Told.panel
    panel._native.edit("size", 5)
    assert panel.came.acquire(timeout=LIMIT)
    panel._native.edit("quiet", 7)
    assert panel.quiet == 7
    panel._native.edit("folder", "a/b")
    assert panel.came.acquire(timeout=LIMIT)
    assert panel.told == [(5, 5), pathlib.Path("a/b")]
    panel.size = 6
    assert panel.told == [(5, 5), pathlib.Path("a/b")], "code that sets a field knows about it"


def test_a_field_of_an_enum_holds_its_members_and_one_of_a_tuple_tuples():
    class Mode(enum.Enum):
        FAST = "fast"
        GOOD = 2

    class Chosen(tt.Panel):
        title = "Chosen"
        mode: Mode = Mode.GOOD
        other: Optional[Mode] = None
        size: tuple[int, int] = (1, 2)

        def __init__(self):
            self.told = []
            self.came = threading.Semaphore(0)

        def mode_changed(self, value):
            self.told.append(value)
            self.came.release()

        def size_changed(self, value):
            self.told.append(value)
            self.came.release()

    panel = Chosen.panel
    assert (panel.mode, panel.other, panel.size, Chosen.mode) == (Mode.GOOD, None, (1, 2), Mode.GOOD)
    panel.mode, panel.other, panel.size = Mode.FAST, "GOOD", [3, 4]
    assert (panel.mode, panel.other, panel.size) == (Mode.FAST, Mode.GOOD, (3, 4))
    panel.other = None
    assert panel.other is None
    panel._native.edit("mode", "GOOD")
    assert panel.came.acquire(timeout=LIMIT)
    panel._native.edit("size", [5, 6])
    assert panel.came.acquire(timeout=LIMIT)
    assert (panel.told, panel.mode) == ([Mode.GOOD, (5, 6)], Mode.GOOD)
    with pytest.raises(tt.ParameterError, match="Chosen: mode must be 'fast' or 'GOOD', not 'slow'"):
        panel.mode = "slow"

    class Derived(Chosen):
        title = "Derived"
        mode: Mode

    assert Derived.panel.mode is Mode.GOOD


def test_of_a_storm_of_changes_the_newest_is_told_and_a_slow_one_delays_no_other():
    go = threading.Event()

    class Slow(tt.Panel):
        title = "Slow"
        size: int = 1
        other: int = 1

        def __init__(self):
            self.sizes = []
            self.came = threading.Semaphore(0)

        def size_changed(self, value):
            self.sizes.append(value)
            assert go.wait(LIMIT)
            self.came.release()

        def other_changed(self, value):
            self.came.release()

    panel = Slow.panel
    panel._native.edit("size", 2)
    for value in range(3, 1000):
        panel._native.edit("size", value)
    panel._native.edit("other", 2)
    assert panel.came.acquire(timeout=LIMIT)
    assert panel.size == 999
    go.set()
    assert panel.came.acquire(timeout=LIMIT)
    while panel.sizes[-1] != 999:
        assert panel.came.acquire(timeout=LIMIT)
    assert len(panel.sizes) <= 3


def test_a_button_does_nothing_while_its_code_runs():
    go = threading.Event()
    begun = threading.Semaphore(0)
    ended = threading.Semaphore(0)
    calls = []

    class Once(tt.Panel):
        title = "Once"
        layout = [tt.button("Pack", "pack"), tt.button("Other", ended.release, name="other")]

        def pack(self):
            calls.append(self)
            begun.release()
            assert go.wait(LIMIT)
            ended.release()

    panel = Once.panel
    panel._native.press("pack")
    assert begun.acquire(timeout=LIMIT)
    for _ in range(10):
        panel._native.press("pack")
    panel._native.press("other")
    assert ended.acquire(timeout=LIMIT)
    go.set()
    assert ended.acquire(timeout=LIMIT)
    assert calls == [panel]


def test_functions_of_the_class_are_methods_and_others_are_called_as_they_are():
    called = []

    def outside():
        called.append("outside")

    class Handlers(tt.Panel):
        title = "Handlers"

        def inside(self):
            called.append(self.title)
            self.done.release()

        layout = [tt.button("A", inside), tt.button("B", outside), tt.button("C", lambda: called.append("lambda"))]
        done = threading.Semaphore(0)

    panel = Handlers.panel
    assert list(panel._names) == ["inside", "outside", "button"]
    panel._native.press("inside")
    assert panel.done.acquire(timeout=LIMIT)
    assert called == ["Handlers"]


def test_an_error_names_button_and_panel():
    done = run(
        "class Bad(tt.Panel):\n    title = 'Bad'\n    layout = [tt.button('Divide', 'divide')]\n"
        "    def divide(self):\n        1 / 0\n"
        "Bad.panel._native.press('divide')\n"
    )
    assert done.returncode == 0
    assert "The button Divide of Bad failed." in done.stderr and "ZeroDivisionError" in done.stderr


def wrong(**body):
    return lambda: type("Wrong", (tt.Panel,), {"title": "Wrong", "__annotations__": {"size": int}, "size": 1, **body})


@pytest.mark.parametrize(
    "body, said",
    [({"layout": ["sise"]}, "Wrong: row 1: there is no field 'sise'; there are size"),
     ({"layout": ["size", 3]}, "Wrong: row 2: it must be the name of a field, or made by tt.button, .*, not 3"),
     ({"layout": ["size", tt.row("size")]}, "Wrong: row 2, item 1: there is another field 'size' already"),
     ({"layout": [tt.row()]}, "Wrong: row 1: a row must hold something"),
     ({"layout": [tt.section("More", tt.button("Go", "go"))]}, "Wrong: row 1, item 1: there is neither a method nor an operation 'go'"),
     ({"layout": [tt.table("")]}, "Wrong: row 1: a table needs a name such as 'cells', not ''"),
     ({"layout": [tt.table("size")]}, "Wrong: row 1: there is another field 'size' already"),
     ({"layout": [tt.table("a"), tt.plot("a")]}, "Wrong: row 2: there is another table 'a' already"),
     ({"layout": [tt.button("", print)]}, "Wrong: row 1: a button needs a title"),
     ({"layout": "size"}, "Wrong: layout must be a list of rows, not 'size'"),
     ({"place": "top"}, "Wrong: place must be 'left', 'right' or 'bottom', not 'top'"),
     ({"title": 3}, "Wrong: title must be a text, not 3"),
     ({"size": "many"}, "Wrong, as the default: size must be a whole number, not 'many'"),
     ({"__annotations__": {"size": dict}}, "Wrong: size has the annotation dict; it can be bool, int"),
     ({"__annotations__": {"enable": int}, "enable": 1}, "Wrong: a field cannot be called 'enable', which every panel has"),
     ({"__annotations__": {"size": "Nothing"}}, "Wrong: an annotation cannot be read: name 'Nothing' is not defined")],
)  # fmt: skip
def test_a_wrong_panel_is_refused_when_it_is_defined(body, said):
    with pytest.raises(tt.ParameterError, match=f"^{said}"):
        wrong(**body)()
    assert not [id for id in _tintype.panel_ids() if "Wrong" in id]


def test_a_wrong_item_is_refused_when_it_is_made():
    with pytest.raises(tt.ParameterError, match="button 'Go': the handler must be a function, the name of a method or .*, not 3"):
        tt.button("Go", 3)
    with pytest.raises(tt.ParameterError, match="label: title must be a text, not 3"):
        tt.label(3)


def test_what_a_panel_shows_is_checked():
    class Shows(tt.Panel):
        title = "Shows"
        layout = [tt.label("none", name="status"), tt.table("cells"), tt.image("mask"), tt.plot("sizes"), tt.progress_bar("work")]

    panel = Shows.panel
    panel.show_text("status", 3)
    panel.show_progress("work", 0.5, "half")
    panel.show_progress("work", None)
    panel.show_image("mask", tt.Image.black(4, 4))
    panel.show_image("mask", None)
    table = tt.Table({"label": [1, 2], "area": [20.0, 5.5], "file": ["a", "b"]}, units={"area": "px²"})
    panel.show_table("cells", table)
    panel.show_table("cells", {"mixed": [1, None, "text"], "half": np.zeros(3, "f2"), "big": np.zeros(3, ">i4")})
    panel.show_table("cells", {})
    panel.show_table("cells", None)
    panel.show_plot("sizes", [1, 2, np.nan], kind="points")
    panel.show_plot("sizes", {"a": [1, 2], "b": [3, 4]}, [0, 1], x_title="Time (s)")
    panel.show_histogram("sizes", np.r_[np.arange(100), np.inf], bins=10)
    panel.show_plot("sizes", None)
    for call, said in [
        (lambda: panel.show_text("cells", ""), "Shows: show_text: there is no label 'cells'; there are status"),
        (lambda: panel.show_table("cells", 3), "Shows: show_table 'cells': a table must be a tt.Table or a dict"),
        (lambda: panel.show_table("cells", {"a": [1], "b": [1, 2]}), "columns must be of one length, but b has 2 rows, not 1"),
        (lambda: panel.show_table("cells", {"a": np.zeros((2, 2))}), "the column a must have one dimension, not 2"),
        (lambda: panel.show_image("mask", 3), "Shows: show_image 'mask': an image is needed, not 3"),
        (lambda: panel.show_plot("sizes", [1, 2], [1]), "x must have as many numbers as y, 2, not 1"),
        (lambda: panel.show_plot("sizes", "text"), "y must be numbers, not 'text'"),
        (lambda: panel.show_plot("sizes", [1], kind="pie"), "kind must be 'line', 'points' or 'bars', not 'pie'"),
        (lambda: panel.show_histogram("sizes", [1], bins="many"), "bins must be a number of bars or their edges, not 'many'"),
        (lambda: panel.show_plot("sizes", np.zeros(20000), kind="bars"), "at most 10000 bars, not 20000"),
        (lambda: panel.show_plot("sizes", {i: np.zeros(9000) for i in range(2)}, kind="bars"), "at most 10000 bars, not 18000"),
        (lambda: panel.show_plot("sizes", {i: [0] for i in range(300)}), "at most 200 series in a plot, not 300"),
        (lambda: panel.show_histogram("sizes", [1], bins=10**9), "bins must be a number from 1 to 10000, or their edges"),
        (lambda: panel.show_progress("work", float("nan")), "show_progress 'work': a number from 0 to 1 is needed, not nan"),
        (lambda: panel.show_progress("work", "half"), "a number from 0 to 1 is needed, not 'half'"),
        (lambda: panel.enable("cells"), "there is no field or button 'cells'; there are none"),
    ]:
        with pytest.raises(tt.ParameterError, match=said):
            call()


def test_a_column_that_lies_in_a_file_is_copied(tmp_path):
    class Kept(tt.Panel):
        title = "Kept"
        layout = [tt.table("cells")]

    column = np.memmap(tmp_path / "column", dtype="i4", shape=1000, mode="w+")
    Kept.panel.show_table("cells", {"a": column[10:20]})
    kept = weakref.ref(column)
    del column
    gc.collect()
    assert kept() is None


def test_a_panel_of_too_many_items_is_refused():
    with pytest.raises(tt.ParameterError, match="Endless: row 501: there can be at most 500 fields, buttons and the like in a panel"):

        class Endless(tt.Panel):
            title = "Endless"
            layout = [tt.label("text")] * 1_000_000


def test_a_table_of_a_million_rows_costs_no_memory():
    class Long(tt.Panel):
        title = "Long"
        layout = [tt.table("rows")]

    rows = np.arange(1_000_000)
    before = sys.getrefcount(rows)
    Long.panel.show_table("rows", {"a": rows, "b": rows})
    assert sys.getrefcount(rows) == before + 2, "the table has the array itself"
    Long.panel.show_table("rows", None)
    assert sys.getrefcount(rows) == before


def test_defined_again_a_panel_takes_the_place_of_the_former():
    first = every_kind().panel
    second = every_kind().panel
    assert not first._native.active and second._native.active
    assert len([id for id in _tintype.panel_ids() if id.endswith("Everything")]) == 1


def test_there_is_one_panel_of_a_class_and_none_without_a_title():
    cls = every_kind()
    with pytest.raises(tt.ParameterError, match="there is one panel of each class with a title, Everything.panel"):
        cls()

    class Base(tt.Panel):
        size: int = 3

    assert Base.panel is None

    class Derived(Base):
        title = "Derived"
        depth: int = 4

    assert (Derived.panel.size, Derived.panel.depth) == (3, 4)

    class Again(Derived):
        title = "Again"
        size: int = 5

    assert (Again.panel.size, Again.panel.depth, Derived.panel.size) == (5, 4, 3)


def test_a_panel_whose_init_fails_is_not_there():
    with pytest.raises(ZeroDivisionError):
        type("Fails", (tt.Panel,), {"title": "Fails", "__init__": lambda self: 1 / 0})
    assert not [id for id in _tintype.panel_ids() if "Fails" in id]


def test_a_closed_panel_leaves_nothing_behind():
    def made():
        cls = every_kind()
        cls.panel._native.edit("size", 100)
        cls.panel.close()
        assert not cls.panel._native.active
        return weakref.ref(cls)

    classes = [made() for _ in range(100)]
    gc.collect()
    assert [cls() for cls in classes] == [None] * 100


def test_a_program_does_not_wait_for_its_panels():
    done = run("class Quiet(tt.Panel):\n    title = 'Quiet'\n    size: int = 1\nprint(Quiet.panel)")
    assert (done.stdout, done.returncode, done.stderr) == ("<panel 'Quiet'>\n", 0, "")


def test_importing_the_package_does_not_bring_panels():
    done = run("import sys\nprint(any('_panel' in name for name in sys.modules), 'Panel' in dir(tt), tt.Panel.__name__)")
    assert done.stdout == "False True Panel\n"
