# Operations that add-ons bring: there while the add-on is on, found when they are first needed, gone with it.
# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys

import pytest

import tintype as tt

LIFT = """
import tintype as tt

@tt.operation("lifter.lift", title="Lift", tilewise=True)
def lift(image: tt.Image, by: int = 10) -> tt.Image:
    '''Make it brighter.'''
    return image + by
"""


def run(code):
    done = subprocess.run([sys.executable, "-c", "import tintype as tt\n" + code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_operation_comes_and_goes_with_its_addon(addon):
    addon("lifter", LIFT)
    image = tt.Image.black(4, 4)
    assert not hasattr(image, "lifter")
    assert [kind for kind, title in tt.addons.enable("lifter").registered] == ["operation"]
    assert image.lifter.lift(by=3).avg() == 3
    tt.data.images["dark"] = image
    assert tt.ops.lifter.lift(by=4).avg() == 4
    tt.addons.disable("lifter")
    assert not hasattr(image, "lifter")
    with pytest.raises(AttributeError):
        tt.ops.lifter.lift(by=4)


def test_reload_takes_the_operation_as_it_is_now(addon):
    path = addon("lifter", LIFT)
    tt.addons.enable("lifter")
    (path / "lifter" / "__init__.py").write_text(LIFT.replace("image + by", "image + 2 * by"))
    tt.addons.reload("lifter")
    assert tt.Image.black(4, 4).lifter.lift(by=3).avg() == 6


def test_an_id_of_another_addon_is_refused_and_both_are_named(addon):
    addon("lifter", LIFT)
    addon("rival", LIFT)
    tt.addons.enable("lifter")
    with pytest.raises(tt.AddonError, match="lifter.lift") as caught:
        tt.addons.enable("rival")
    assert "Rival" in str(caught.value) and "Lifter" in str(caught.value)
    assert tt.Image.black(4, 4).lifter.lift(by=3).avg() == 3


@pytest.mark.parametrize(
    "code, printed",
    [
        ("print(tt.Image.black(4, 4).lifter.lift(by=3).avg())", "3.0\n"),
        ("tt.data.images['dark'] = tt.Image.black(4, 4)\nprint(tt.ops.lifter.lift(by=3).avg())", "3.0\n"),
        ("print('lifter' in dir(tt.ops))", "True\n"),
    ],
)
def test_those_that_are_on_are_loaded_when_an_operation_is_asked_for(addon, code, printed):
    addon("lifter", LIFT)
    tt.addons.enable("lifter")
    assert run(code) == printed


def test_a_recipe_loads_the_addon_that_it_needs(addon, tmp_path):
    addon("lifter", LIFT)
    tt.addons.enable("lifter")
    file = tmp_path / "recipe.json"
    file.write_text(tt.Image.black(4, 4).lifter.lift(by=3).recipe.to_json())
    assert run(f"print(tt.Recipe.load({str(file)!r}).apply().avg())") == "3.0\n"
