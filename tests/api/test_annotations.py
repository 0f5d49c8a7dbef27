# What annotations say about values: kinds, ranges, choices, titles.
# SPDX-License-Identifier: GPL-3.0-or-later
import math
import pathlib
import pickle
from typing import Annotated, List, Literal, Optional, Union

import numpy as np
import pytest

import tintype as tt
from tintype import _annotations
from tintype._annotations import NOTHING, hints, read


@pytest.mark.parametrize(
    "annotation, kind",
    [(bool, "boolean"), (int, "integer"), (float, "number"), (str, "text"), (Literal["a", "b"], "choice"),
     (pathlib.Path, "path"), (list[int], "integers"), (List[float], "numbers"), (tt.Image, "image"), (list[tt.Image], "images")],
)  # fmt: skip
def test_each_type_has_its_kind(annotation, kind):
    assert read("x", annotation).kind == kind
    assert read("x", Annotated[annotation, "Help."]).kind == kind
    assert not read("x", annotation).optional
    for optional in (Optional[annotation], Annotated[Optional[annotation], "Help."], Optional[Annotated[annotation, "Help."]]):
        parameter = read("x", optional)
        assert parameter.kind == kind and parameter.optional and parameter.check(None, "Form") is None


def test_range_unit_step_title_and_help_are_read():
    size = read("min_size", Annotated[int, tt.Range(1, 50, unit="px", step=2)], 3, "despeckle")
    assert (size.minimum, size.maximum, size.unit, size.step, size.default, size.title) == (1, 50, "px", 2, 3, "Min size")
    told = read("min_size", Annotated[int, tt.Field("Smallest size", "In pixels.")])
    assert (told.title, told.help, told.default) == ("Smallest size", "In pixels.", NOTHING)
    assert read("x", Annotated[int, "How many."]).help == "How many."
    assert read("x", Annotated[pathlib.Path, tt.Field(folder=True)]).folder


@pytest.mark.parametrize("default, kind", [(True, "boolean"), (3, "integer"), (0.5, "number"), ("a", "text")])
def test_without_annotation_the_default_says_the_kind(default, kind):
    parameter = read("x", NOTHING, default)
    assert parameter.kind == kind and parameter.default == default


def test_values_become_what_the_annotation_says():
    assert type(read("x", int).check(np.int64(3), "Form")) is int
    assert type(read("x", float).check(3, "Form")) is float
    assert read("x", bool).check(np.True_, "Form") is True
    assert read("x", pathlib.Path).check("a/b", "Form") == pathlib.Path("a/b")
    assert read("x", list[float]).check(np.array([1, 2]), "Form") == [1.0, 2.0]
    assert read("x", Annotated[float, tt.Range(0, math.inf)]).check(1e300, "Form") == 1e300


@pytest.mark.parametrize(
    "annotation, value, allowed",
    [(Annotated[int, tt.Range(1, 50, unit="px")], 51, "a whole number from 1 to 50 px, not 51"),
     (Annotated[int, tt.Range(1, math.inf)], 0, "a whole number of at least 1, not 0"),
     (Annotated[int, tt.Range(-math.inf, 9)], 10, "a whole number of at most 9, not 10"),
     (int, 1.5, "a whole number, not 1.5"), (int, True, "a whole number, not True"), (float, "1", "a number, not '1'"),
     (float, math.nan, "a number, not nan"), (bool, 1, "True or False, not 1"), (str, 3, "a text, not 3"),
     (Literal["a", "b"], "c", "'a' or 'b', not 'c'"), (Optional[Literal["a"]], "c", "'a' or None, not 'c'"),
     (pathlib.Path, 3, "a path, not 3"), (list[int], "12", "a list of whole numbers, not '12'"),
     (Annotated[list[int], tt.Range(0, 9)], [1, 10], "a list of whole numbers from 0 to 9, not \\[1, 10\\]"),
     (tt.Image, 3, "an image, not 3"), (int, None, "a whole number, not None")],
)  # fmt: skip
def test_a_wrong_value_is_named_with_what_is_allowed(annotation, value, allowed):
    with pytest.raises(tt.ParameterError, match=f"^Form: x must be {allowed}$"):
        read("x", annotation).check(value, "Form")


def test_a_wrong_default_is_found_at_once():
    with pytest.raises(tt.ParameterError, match="Texture, as the default: size must be a whole number from 64 to 8192, not 1"):
        read("size", Annotated[int, tt.Range(64, 8192)], 1, "Texture")


@pytest.mark.parametrize("annotation", [dict, object, Union[int, str], Literal[1, 2], list[dict], NOTHING])
def test_types_that_nobody_can_be_asked_for_are_refused(annotation):
    with pytest.raises(tt.ParameterError, match="Texture: size has .* it can be bool, int, float"):
        read("size", annotation, caller="Texture")


def test_a_range_of_what_is_no_number_is_refused():
    with pytest.raises(tt.ParameterError, match="Texture: name has a tt.Range, but is a text"):
        read("name", Annotated[str, tt.Range(1, 2)], caller="Texture")


@pytest.mark.parametrize(
    "arguments, said",
    [((2, 1), "as 2 is above 1"), (("a", 1), "minimum must be a number, not 'a'"), ((0, math.nan), "maximum must be .* not nan"),
     ((0, True), "maximum must be a number, not True"), ((0, 1, 3), "unit must be a text"), ((0, 1, "", 0), "step must be above 0")],
)  # fmt: skip
def test_a_wrong_range_is_refused(arguments, said):
    with pytest.raises(tt.ParameterError, match=f"Range: .*{said}"):
        tt.Range(*arguments)


def test_a_range_is_a_value():
    size = tt.Range(1, 50, unit="px")
    assert size == pickle.loads(pickle.dumps(size)) == eval("Range(1, 50, unit='px')", vars(_annotations))
    assert size != tt.Range(1, 51, unit="px") and hash(size) == hash(tt.Range(1, 50, "px"))
    assert eval(repr(size), vars(_annotations)) == size


def test_annotations_that_are_texts_are_read():
    def blur(image: "tt.Image", size: "Annotated[int, tt.Range(1, 9)]" = 3):
        pass

    assert read("size", hints(blur, "blur")["size"], 3).maximum == 9

    def wrong(size: "Nothing"):
        pass

    with pytest.raises(tt.ParameterError, match="wrong: an annotation cannot be read: name 'Nothing' is not defined"):
        hints(wrong, "wrong")


def test_importing_the_package_does_not_read_annotations():
    import subprocess
    import sys

    code = "import sys, tintype; print('tintype._annotations' in sys.modules, tintype.Range(0, 1), 'Range' in dir(tintype))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stdout == (
        "False Range(0, 1) True\n"
    )
