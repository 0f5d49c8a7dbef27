# Steps of recipes: numbered, edited and left out, of images and in the document.
# SPDX-License-Identifier: GPL-3.0-or-later
from typing import Annotated

import numpy as np
import pytest

import tintype as tt


@pytest.fixture
def open_coins(coins):
    """The coins in the document, blurred and inverted."""
    tt.data.images["coins"] = coins
    tt.ops.gaussblur(sigma=2)
    tt.ops.invert()
    return coins


@pytest.fixture
def brighten():
    @tt.operation("steps.brighten", title="Brighten", tilewise=True)
    def it(image: tt.Image, by: Annotated[float, tt.Range(0, 100)] = 10) -> tt.Image:
        return image + by

    yield it
    if "steps.brighten" in tt._tintype.operation_ids():
        tt.remove_operation("steps.brighten")


def same(image, other):
    return np.array_equal(image.numpy(), other.numpy())


class TestTheSteps:
    def test_are_listed_first_one_first(self, coins):
        assert coins.gaussblur(2).invert().recipe.steps == ["file", "gaussblur", "invert"]

    def test_are_the_same_for_a_recipe_that_was_read(self, coins):
        image = (coins.gaussblur(2) > coins.otsu()).ifthenelse(coins, coins.invert())
        assert tt.Recipe.from_json(image.recipe.to_json()).steps == image.recipe.steps


class TestWithStep:
    @pytest.mark.parametrize("step", [2, -2, "gaussblur"])
    def test_finds_the_step_by_number_and_by_id(self, coins, step):
        assert same(coins.gaussblur(2).invert().recipe.with_step(step, sigma=4), coins.gaussblur(4).invert())

    def test_leaves_the_image_as_it_was(self, coins):
        image = coins.gaussblur(2).invert()
        before = image.numpy().copy()
        image.recipe.with_step(2, sigma=4)
        assert np.array_equal(image.numpy(), before)

    def test_keeps_what_is_not_named_and_none_leaves_it_to_the_operation(self, coins):
        image = coins.gaussblur(2, min_ampl=0.2)
        assert 'gaussblur(4.0, min_ampl=0.2)' in image.recipe.with_step(2, sigma=4).recipe.to_script()
        assert 'gaussblur(2.0)' in image.recipe.with_step(2, min_ampl=None).recipe.to_script()

    def test_finds_numbers_of_later_steps_anew(self, coins):
        def found(sigma):
            soft = coins.gaussblur(sigma)
            return soft > soft.otsu()

        assert same(found(1).recipe.with_step("gaussblur", sigma=9), found(9))

    def test_takes_a_link_and_a_number_in_its_place(self, coins):
        image = coins > coins.otsu()
        fixed = image.recipe.with_step(-1, c=100)
        assert same(fixed, coins > 100) and "otsu" not in fixed.recipe.steps
        assert same(fixed.recipe.with_step(-1, c=coins.otsu()), image)

    def test_takes_images(self, coins):
        image = coins + coins.invert()
        assert same(image.recipe.with_step("add", right=coins), coins + coins)

    def test_of_one_that_finds_a_number(self, coins):
        image = coins > coins.percent(50)
        assert same(image.recipe.with_step("percent", percent=90), coins > coins.percent(90))

    def test_works_on_thirty_thousand_steps(self):
        image = tt.Image.black(4, 4).linear(1, 5)
        recipe = json_chain(image, 30_000)
        assert len(recipe.steps) == 30_002
        assert recipe.with_step(2, b=6).avg() == 6
        assert recipe.without_step(2).avg() == 0


def json_chain(image, count):
    """The recipe with that many steps on top, which change nothing together."""
    import json

    content = json.loads(image.recipe.to_json())
    last = len(content["nodes"]) - 1
    for index in range(last, last + count):
        content["nodes"].append({"operation": "invert", "parameters": {"in": {"node": index, "output": "out"}}})
    content["result"] = {"node": last + count, "output": "out"}
    return tt.Recipe.from_json(json.dumps(content))


class TestErrors:
    @pytest.mark.parametrize(
        "step, message",
        [
            (0, "there is no step 0: the recipe has 3 steps; the first one is 1, the last one 3 or -1"),
            (4, "there is no step 4: the recipe has 3 steps"),
            (-4, "there is no step -4"),
            (10**30, "there is no step 9223372036854775807"),
            ("sharpen", 'no step of the recipe is "sharpen"; its steps are file, gaussblur, invert'),
            (1, "the recipe begins with this picture, which has no parameters to edit"),
        ],
    )
    def test_a_step_that_is_not_there_or_has_nothing_to_edit(self, coins, step, message):
        with pytest.raises(tt.RecipeError, match=message):
            coins.gaussblur(2).invert().recipe.with_step(step, sigma=3)

    def test_an_operation_that_is_used_twice(self, coins):
        with pytest.raises(tt.RecipeError, match='several steps of the recipe are "invert"; say which by its number: 2, 4'):
            coins.invert().gaussblur(2).invert().recipe.without_step("invert")

    @pytest.mark.parametrize("step", [2.0, None, True, [2]])
    def test_what_is_no_step(self, coins, step):
        with pytest.raises(tt.ParameterError, match="step must be the number of a step or the id of its operation"):
            coins.gaussblur(2).recipe.with_step(step, sigma=3)

    @pytest.mark.parametrize(
        "parameters, message",
        [
            ({"radius": 3}, "gaussblur: there is no parameter 'radius'"),
            ({"sigma": -1}, "gaussblur: sigma must be .*, not -1"),
            ({"sigma": "wide"}, "sigma"),
            ({"sigma": None}, "gaussblur: sigma is missing"),
        ],
    )
    def test_parameters_that_the_operation_does_not_take(self, coins, parameters, message):
        with pytest.raises(tt.ParameterError, match=message):
            coins.gaussblur(2).recipe.with_step(2, **parameters)

    def test_a_later_step_that_fails_then(self, coins):
        image = coins.embed(0, 0, 500, 500).crop(400, 400, 90, 90)
        with pytest.raises(tt.ParameterError, match="crop: left . width must be at most 450"):
            image.recipe.with_step("embed", width=450)


class TestTheDocument:
    def test_an_edit_is_one_undo_step(self, open_coins):
        before = tt.active
        result = tt.edit_step(2, sigma=4)
        assert same(result, open_coins.gaussblur(4).invert())
        assert same(tt.active, result)
        assert tt.undo() == "Edit Gaussian blur"
        assert same(tt.active, before)

    def test_a_removal_is_one_undo_step(self, open_coins):
        assert same(tt.remove_step("gaussblur"), open_coins.invert())
        assert tt.undo() == "Remove Gaussian blur"
        assert tt.active.recipe.steps == ["file", "gaussblur", "invert"]

    def test_another_image_is_named(self, open_coins):
        tt.data.images["other"] = open_coins.gaussblur(1)
        tt.edit_step(2, sigma=3, image="coins")
        assert same(tt.data.images["coins"], open_coins.gaussblur(3).invert())
        assert same(tt.data.images["other"], open_coins.gaussblur(1))

    def test_images_that_share_the_step_keep_theirs(self, open_coins):
        tt.data.images["copy"] = tt.data.images["coins"]
        before = tt.data.images["copy"]
        tt.edit_step("gaussblur", sigma=5, image="coins")
        assert same(tt.data.images["copy"], before)

    def test_edits_join_an_undo_group(self, open_coins):
        with tt.undo_group("Both"):
            tt.edit_step(2, sigma=4)
            tt.remove_step(3)
        assert tt.undo() == "Both"

    def test_an_image_that_is_not_there(self, open_coins):
        with pytest.raises(tt.NotFoundError, match='tt.edit_step: the document has no image "cells"'):
            tt.edit_step(2, sigma=3, image="cells")
        with pytest.raises(tt.ParameterError, match="image must be the name of an open image, not 3"):
            tt.remove_step(2, image=3)

    def test_without_an_image(self):
        assert not len(tt.data.images)
        with pytest.raises(tt.NotFoundError, match="tt.edit_step needs an image"):
            tt.edit_step(2, sigma=3)

    def test_an_error_changes_nothing(self, open_coins):
        before = tt.active.recipe.to_script()
        titles = tt._tintype.history_titles()
        with pytest.raises(tt.ParameterError):
            tt.edit_step(2, sigma=-1)
        assert tt.active.recipe.to_script() == before
        assert tt._tintype.history_titles() == titles


class TestOperationsByFunctions:
    def test_their_steps_are_edited_as_others(self, open_coins, brighten):
        tt.ops.steps.brighten(by=3)
        tt.ops.invert()
        assert same(tt.edit_step("steps.brighten", by=7), (open_coins.gaussblur(2).invert() + 7).invert())
        assert tt.undo() == "Edit Brighten"

    def test_their_ranges_are_checked(self, coins, brighten):
        with pytest.raises(tt.ParameterError, match="steps.brighten: by must be"):
            coins.steps.brighten(by=3).recipe.with_step(-1, by=700)

    def test_one_that_is_missing_is_named_and_stays(self, open_coins, brighten):
        tt.ops.steps.brighten(by=3)
        tt.ops.invert()
        tt.remove_operation("steps.brighten")
        message = "the operation steps.brighten is not there: the add-on or the script that brings it is off or missing"
        with pytest.raises(tt.RecipeError, match=message):
            tt.edit_step(4, by=7)
        assert tt.edit_step(2, sigma=4).recipe.steps == ["file", "gaussblur", "invert", "steps.brighten", "invert"]

    def test_one_that_is_missing_can_be_left_out(self, open_coins, brighten):
        tt.ops.steps.brighten(by=3)
        tt.remove_operation("steps.brighten")
        assert same(tt.remove_step("steps.brighten"), open_coins.gaussblur(2).invert())

    def test_an_input_that_is_called_image(self, open_coins, brighten):
        tt.ops.steps.brighten(by=3)
        assert same(tt.edit_step(-1, image=open_coins), open_coins + 3)

    def test_an_error_in_the_function_is_said(self, coins):
        @tt.operation("steps.ratio")
        def ratio(image: tt.Image, by: float = 2) -> tt.Image:
            return image * (1 / by)

        with pytest.raises(tt.OperationError, match="steps.ratio: ZeroDivisionError"):
            coins.steps.ratio().recipe.with_step(-1, by=0).avg()
        tt.remove_operation("steps.ratio")
