# Operations that Python functions do: defined, called, saved, refused, replaced and taken away.
# SPDX-License-Identifier: GPL-3.0-or-later
import enum
import gc
import math
import pathlib
import sys
import threading
import types
import weakref
from typing import Annotated, Literal, NamedTuple

import numpy as np
import pytest

import tintype as tt


@pytest.fixture(autouse=True)
def no_operations():
    yield
    for id in added():
        tt.remove_operation(id)


def added():
    return [id for id in tt._tintype.operation_ids() if tt._tintype.operation_origin(id)]


def brighten(image: tt.Image, by: Annotated[float, tt.Range(0, 255, unit="grey levels")] = 10) -> tt.Image:
    """Add a number to all pixels. And more words."""
    return image + by


def grey(value=5, width=4, height=3):
    return (tt.Image.black(width, height) + value).cast("uchar")


def define(function, id="test.it", **said):
    return tt.operation(id, **said)(function)


def test_the_function_stays_a_function():
    assert define(brighten, "test.brighten") is brighten
    assert brighten(grey(), 3).avg() == 8


def test_images_have_the_operation():
    define(brighten, "test.brighten")
    assert grey().test.brighten().avg() == 15
    assert grey().test.brighten(by=3).avg() == 8
    assert grey().test.brighten(3).avg() == 8
    assert tt.Image.test.brighten(grey(), 3).avg() == 8
    assert "test" in dir(grey()) and dir(grey().test) == ["brighten"]


def test_the_document_has_the_operation():
    define(brighten, "test.brighten", title="Brighten")
    tt.data.images["a"] = grey()
    assert tt.ops.test.brighten(by=2).avg() == 7
    assert tt.data.images["a"].avg() == 7
    assert tt.undo() == "Brighten" and tt.data.images["a"].avg() == 5
    assert tt.redo() == "Brighten" and tt.data.images["a"].avg() == 7
    assert "test" in dir(tt.ops) and dir(tt.ops.test) == ["brighten"]


def test_help_and_signature_are_made_of_annotations_and_docstring():
    define(brighten, "test.brighten", title="Brighten")
    text = grey().test.brighten.__doc__
    assert text.startswith("Brighten.\n\nAdd a number to all pixels.\n")
    assert "by (number, from 0.0 to 255.0, in grey levels, default 10.0): By" in text
    assert str(tt.ops.test.brighten.__signature__) == "(by=10.0, *, image=None)"


def test_wrong_values_are_named_before_the_function_is_called():
    define(brighten, "test.brighten")
    with pytest.raises(tt.ParameterError, match="^test.brighten: by must be a number from 0 to 255, not 256$"):
        grey().test.brighten(by=256)
    with pytest.raises(tt.ParameterError, match="there is no parameter 'bye'.*did you mean 'by'"):
        grey().test.brighten(bye=1)
    with pytest.raises(tt.ParameterError, match="takes 1 values without a name"):
        grey().test.brighten(1, 2)


def test_unknown_operations_propose_near_ones():
    define(brighten, "test.brighten")
    for space in (grey().test, tt.ops.test):
        with pytest.raises(tt.UnknownOperationError, match="'test.brigten'; did you mean 'test.brighten'"):
            space.brigten()


class Mode(enum.Enum):
    FAST = "fast"
    GOOD = 2


def test_every_kind_of_parameter_arrives_as_it_was_annotated():
    got = {}

    def take(
        image: tt.Image,
        flag: bool = False,
        count: int = 1,
        size: float = 1.5,
        name: str = "a",
        mode: Literal["low", "high"] = "low",
        kind: Mode = Mode.FAST,
        file: pathlib.Path = pathlib.Path("x/y"),
        numbers: list[float] = (1.0, 2.0),
        pair: tuple[int, int] = (3, 4),
        mask: tt.Image | None = None,
        others: list[tt.Image] | None = None,
    ) -> tt.Image:
        got.update({name: value for name, value in locals().items() if name != "got"})
        return image

    define(take)
    grey().test.it().avg()
    del got["image"]
    assert got == {
        "flag": False, "count": 1, "size": 1.5, "name": "a", "mode": "low", "kind": Mode.FAST, "file": pathlib.Path("x/y"),
        "numbers": [1.0, 2.0], "pair": (3, 4), "mask": None, "others": None,
    }  # fmt: skip
    grey().test.it(
        flag=True, count=np.int64(7), size=2, name="ß", mode="high", kind="GOOD", file=pathlib.Path("/tmp"), numbers=[1, 2, 3],
        pair=[5, 6], mask=grey(9), others=[grey(1), 2],
    ).avg()  # fmt: skip
    assert got["flag"] is True and got["count"] == 7 and got["size"] == 2.0 and got["name"] == "ß" and got["mode"] == "high"
    assert got["kind"] is Mode.GOOD and got["file"] == pathlib.Path("/tmp") and got["numbers"] == [1.0, 2.0, 3.0]
    assert got["pair"] == (5, 6) and got["mask"].avg() == 9 and [other.avg() for other in got["others"]] == [1, 2]


def test_a_member_of_an_enum_can_be_given():
    def take(image: tt.Image, kind: Mode = Mode.FAST) -> str:
        return kind.name

    define(take)
    assert grey().test.it(kind=Mode.GOOD) == "GOOD" and grey().test.it() == "FAST"


def test_several_inputs_and_outputs():
    class Parts(NamedTuple):
        sharp: tt.Image
        level: float
        name: str

    def split(image: tt.Image, other: tt.Image) -> Parts:
        return Parts(image + other, other.avg(), "done")

    define(split)
    sharp, level, name = grey(5).test.it(grey(2))
    assert (sharp.avg(), level, name) == (7, 2, "done") and isinstance(level, tt.Number)
    # A number stands for an image of that colour.
    assert grey(5).test.it(3)[0].avg() == 8


def test_an_operation_may_make_an_image_or_only_find_a_number():
    def make(width: int, value: int = 3) -> tt.Image:
        return tt.Image.black(width, 2) + value

    def spread(image: tt.Image) -> float:
        return image.max() - image.min()

    define(make, "test.make")
    define(spread, "test.spread")
    assert tt.Image.test.make(7).width == 7
    made = tt.ops.test.make(width=9)
    assert made.avg() == 3 and tt.active.width == 9
    found = made.test.spread()
    assert found == 0 and isinstance(found, tt.Number)


def test_a_found_number_keeps_its_link_as_a_parameter(tmp_path):
    define(brighten, "test.brighten")
    grey(5).write_to_file(tmp_path / "grey.png")
    image = tt.Image.new_from_file(tmp_path / "grey.png")
    made = image.test.brighten(by=image.avg())
    assert made.avg() == 10 and made.recipe.apply(grey(20)).avg() == 40


def test_an_array_may_be_given_back():
    def invert(image: tt.Image) -> tt.Image:
        return 255 - image.numpy()

    define(invert)
    assert grey(5).test.it().avg() == 250


def test_the_function_is_called_once_for_each_use():
    calls = []

    def note(image: tt.Image) -> tt.Image:
        calls.append(image)
        return image

    define(note)
    made = grey().test.it()
    made.avg(), made.max(), made.numpy(), made.width
    assert len(calls) == 1


def test_each_plane_is_worked_on(tmp_path):
    tall = tt.Image.arrayjoin([grey(1), grey(9)], across=1)
    path = tmp_path / "two.tif"
    tall.copy().write_to_file(path, page_height=3)

    def level(image: tt.Image) -> tt.Image:
        assert image.planes == 1
        return image * 0 + image.avg()

    define(level)
    made = tt.open(path).test.it()
    assert made.planes == 2 and [made.plane(index).avg() for index in (0, 1)] == [1, 9]


def test_a_recipe_is_saved_by_id_and_read_as_python(tmp_path):
    define(brighten, "test.brighten")
    path = tmp_path / "grey.png"
    grey(5).write_to_file(path)
    recipe = tt.Image.new_from_file(path).test.brighten(by=3).recipe
    assert ".test.brighten(by=3.0)" in recipe.to_script()
    again = tt.Recipe.from_json(recipe.to_json())
    assert again.image.avg() == 8
    names = {"__name__": "script"}
    exec(recipe.to_script(), names)
    assert names["result"].avg() == 8
    tt.remove_operation("test.brighten")
    with pytest.raises(tt.RecipeError, match=r"step 2 \(test.brighten\): there is no operation of that name here"):
        tt.Recipe.from_json(recipe.to_json())
    with pytest.raises(tt.RecipeError, match="the operation 'test.brighten' is not there"):
        recipe.image.avg()


def test_a_project_has_its_steps(tmp_path):
    define(brighten, "test.brighten")
    grey(5).write_to_file(tmp_path / "grey.png")
    tt.data.images["a"] = tt.open(tmp_path / "grey.png").test.brighten(by=3)
    tt.project.save(tmp_path / "a.tint")
    del tt.data.images["a"]
    tt.project.open(tmp_path / "a.tint")
    assert tt.data.images["a"].avg() == 8
    # Without it the project opens all the same, and nothing of it is lost.
    tt.remove_operation("test.brighten")
    tt.project.open(tmp_path / "a.tint")
    with pytest.raises(tt.RecipeError, match="the operation 'test.brighten' is not there"):
        tt.data.images["a"].avg()
    tt.project.save(tmp_path / "b.tint")
    define(brighten, "test.brighten")
    tt.project.open(tmp_path / "b.tint")
    assert tt.data.images["a"].avg() == 8


def test_a_batch_finds_it(tmp_path):
    define(brighten, "test.brighten")
    for value in (1, 2):
        grey(value).write_to_file(tmp_path / f"{value}.png")
    recipe = tt.Image.new_from_file(tmp_path / "1.png").test.brighten(by=3).recipe
    for work, folder in ((recipe, "a"), (lambda image, info: image.test.brighten(by=3), "b")):
        done = tt.batch(work, str(tmp_path / "*.png"), out=str(tmp_path / folder / "{stem}.png"))
        assert done.failed == 0
        assert [tt.Image.new_from_file(tmp_path / folder / f"{value}.png").avg() for value in (1, 2)] == [4, 5]


def test_it_travels_to_processes():
    define(brighten, "test.brighten")
    add = 2

    def twice(image: tt.Image) -> tt.Image:
        return image.test.brighten(by=add).test.brighten(by=add)

    define(twice, "test.twice")
    images = [grey(value).test.twice() for value in (1, 2)]
    assert tt.parallel.map(lambda image: image.avg(), images, executor="processes") == [5, 6]
    assert tt.parallel.map(lambda value: grey(value).test.twice().avg(), [3], executor="processes") == [7]
    # Another one of the same id, in the same workers.
    add = 3
    define(twice, "test.twice")
    assert tt.parallel.map(lambda value: grey(value).test.twice().avg(), [3], executor="processes") == [9]


def test_what_cannot_travel_is_computed_before():
    lock = __import__("threading").Lock()

    def guarded(image: tt.Image) -> tt.Image:
        with lock:
            return image + 1

    define(guarded)
    assert tt.parallel.map(lambda image: image.avg(), [grey(1).test.it()], executor="processes") == [2]


@pytest.mark.parametrize(
    "give, message",
    [
        (lambda: None, "^test.it: its output out must be an image, not None; does its function lack a return\\?$"),
        (lambda: 3, "^test.it: its output out must be an image, not 3$"),
        (lambda: [1, 2], "^test.it: its output out must be an image, not \\[1, 2\\]$"),
        (lambda: 1 / 0, "^test.it: ZeroDivisionError: division by zero$"),
        (lambda: grey().resize(-1), "^test.it: resize: scale must be"),
    ],
)
def test_what_goes_wrong_names_the_operation(give, message):
    def fail(image: tt.Image) -> tt.Image:
        return give()

    define(fail)
    with pytest.raises(tt.Error, match=message) as raised:
        grey().test.it().avg()
    assert raised.value.__cause__ is not None


def test_wrong_outputs_are_named():
    def pair(image: tt.Image) -> tuple[float, tt.Image]:
        return image

    define(pair)
    with pytest.raises(tt.OperationError, match="test.it: its function must give 2 values \\(out, out2\\), not <tintype.Image"):
        grey().test.it()

    def second(image: tt.Image) -> tuple[float, int]:
        return 1.0, "two"

    define(second)
    with pytest.raises(tt.OperationError, match="test.it: its output out2 must be a whole number, not 'two'"):
        grey().test.it()


def test_one_that_uses_itself_ends():
    def again(image: tt.Image) -> tt.Image:
        return image.test.it()

    define(again)
    with pytest.raises(tt.OperationError, match="more than 50 deep"):
        grey().test.it().avg()


@pytest.mark.parametrize(
    "annotation, words",
    [
        (dict, "x has the annotation dict; it can be bool, int"),
        (list[str], "x has the annotation list\\[str\\]"),
        (Annotated[str, tt.Range(1, 2)], "x has a tt.Range, but is a text"),
        ("no_such_name", "an annotation cannot be read: name 'no_such_name' is not defined"),
    ],
)
def test_parameters_that_cannot_be_described_are_named(annotation, words):
    def odd(image, x) -> tt.Image:
        return image

    odd.__annotations__ |= {"image": tt.Image, "x": annotation}
    with pytest.raises(tt.ParameterError, match=f"^operation 'test.it': {words}"):
        define(odd)
    assert not added()


@pytest.mark.parametrize("default", [math.nan, 51, "3", None.__class__])
def test_wrong_defaults_are_named(default):
    def odd(image: tt.Image, x: Annotated[float, tt.Range(1, 50)] = default) -> tt.Image:
        return image

    with pytest.raises(tt.ParameterError, match="^operation 'test.it', as the default: x must be a number from 1 to 50, not"):
        define(odd)


def without_return(image: tt.Image):
    return image


def with_table(image: tt.Image) -> tt.Table:
    return tt.measure(image)


def with_stars(*images: tt.Image) -> tt.Image:
    return images[0]


def with_text_image(image: str) -> tt.Image:
    return tt.open(image)


def without_annotation(image) -> tt.Image:
    return image


@pytest.mark.parametrize(
    "function, words",
    [
        (without_return, "say what it gives, as in -> tt.Image; it can give tt.Image, float"),
        (with_table, "its result has the annotation Table; it can be tt.Image, float"),
        (with_stars, "\\*images cannot be described; name each parameter"),
        (with_text_image, "a parameter called image must be a tt.Image"),
        (without_annotation, "image has no annotation"),
    ],
)
def test_functions_that_cannot_be_described_are_refused(function, words):
    with pytest.raises(tt.ParameterError, match=f"^operation 'test.it': {words}"):
        define(function)


@pytest.mark.parametrize(
    "id, words",
    [
        ("it", "its id must be names with dots between them"),
        ("Test.it", "its id must be names with dots"),
        ("test.class", "its id must be names with dots"),
        ("test.", "its id must be names with dots"),
        ("gaussblur.it", "images have something else called 'gaussblur'"),
        ("width.it", "images have something else called 'width'"),
        ("recipe.it", "images have something else called 'recipe'"),
    ],
)
def test_wrong_ids_are_refused(id, words):
    with pytest.raises(tt.ParameterError, match=f"^operation '{id}': {words}"):
        define(brighten, id)


def test_an_id_comes_first():
    with pytest.raises(tt.ParameterError, match='an id comes first, as in @tt.operation\\("scan.despeckle"\\)'):
        tt.operation(brighten)


def test_defining_it_again_replaces_it():
    define(brighten, "test.brighten")
    made = grey().test.brighten()
    assert made.avg() == 15

    def darken(image: tt.Image, by: float = 1) -> tt.Image:
        return image - by

    define(darken, "test.brighten")
    assert grey().test.brighten().avg() == 4
    assert made.avg() == -5 + 0  # The step has its parameter still, another function does it.


def test_taken_away_it_is_gone():
    define(brighten, "test.brighten")
    kept = grey().test.brighten
    tt.remove_operation("test.brighten")
    assert "test" not in dir(grey()) and "test" not in dir(tt.ops) and not hasattr(tt.Image, "test")
    with pytest.raises(tt.NotFoundError, match="there is no operation 'test.brighten'"):
        kept()
    with pytest.raises(tt.NotFoundError, match="there is no operation 'test.brighten'"):
        tt.remove_operation("test.brighten")
    with pytest.raises(tt.ParameterError, match="operation 'gaussblur' cannot be taken away by this program: it is Tintype's own"):
        tt.remove_operation("gaussblur")


def test_thousands_of_reloads_leave_nothing_behind():
    def load():
        def fresh(image: tt.Image, by: float = 10) -> tt.Image:
            return image + by

        define(fresh, "test.fresh")

    def reload(times):
        for _ in range(times):
            load()
            grey(1, 1, 1).test.fresh()
            tt.remove_operation("test.fresh")
        gc.collect()
        return len(gc.get_objects()), len(tt._tintype.operation_ids())

    before = reload(50)
    after = reload(2000)
    assert after[1] == before[1]
    assert after[0] - before[0] < 200


SCRIPT = """
import tintype as tt
class Marker: pass
marker = Marker()
@tt.operation("test.script")
def it(image: tt.Image) -> tt.Image:
    return image + 1
"""


def test_what_is_taken_away_goes_with_all_that_its_script_holds():
    def use():
        script = types.ModuleType("script")
        exec(SCRIPT, script.__dict__)
        assert grey().test.script().avg() == 6
        assert [id for id, _ in tt._operation.defined_here()] == ["test.script"]
        tt.remove_operation("test.script")
        return weakref.ref(script.marker)

    marker = use()
    gc.collect()
    assert marker() is None
    assert tt._operation.defined_here() == []


def test_operations_come_and_go_on_many_threads_at_once():
    wrong = []

    def come_and_go(name):
        try:
            for _ in range(150):
                define(brighten, f"{name}.it")
                assert grey(5, 1, 1).__getattribute__(name).it(by=2).avg() == 7
                tt.remove_operation(f"{name}.it")
        except BaseException as error:
            wrong.append(error)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=come_and_go, args=[f"hammer{i}"]) for i in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert wrong == []
    define(brighten, "test.it")
    assert [name for name in dir(tt.Image) if name.startswith("hammer")] == []
