# File formats and colour maps that add-ons bring: there while the add-on is on, found when they are first needed, gone with it.
# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys

import pytest

import tintype as tt

GREYS = """
import tintype as tt

def load(path):
    with open(path) as file:
        return tt.Image.black(4, 3) + int(file.read())

def save(image, path):
    with open(path, "w") as file:
        file.write(str(int(image.max())))

tt.file_format("grey_number", title="Grey number", suffixes=".grey", load=load, save=save)
tt.colour_map("rust", ["#000000", "#b7410e"])
"""


@pytest.fixture
def grey(tmp_path):
    path = tmp_path / "seven.grey"
    path.write_text("7")
    return path


def run(code):
    done = subprocess.run([sys.executable, "-c", "import tintype as tt\n" + code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_they_come_and_go_with_the_addon(addon, grey):
    addon("greys", GREYS)
    with pytest.raises(tt.FileError, match="not an image"):
        tt.open(grey)
    assert tt.addons.enable("greys").registered == [("file format", "grey_number"), ("colour map", "rust")]
    image = tt.open(grey)
    assert image.avg() == 7 and image.colour_map("rust").bands == 3
    tt.addons.disable("greys")
    assert tt._tintype.file_format_ids() == []
    with pytest.raises(tt.FileError, match="seven.grey: it is opened by the format 'grey_number' of Greys, which is off or missing"):
        image.avg()
    with pytest.raises(tt.ParameterError, match="not 'rust'"):
        image.colour_map("rust")
    tt.addons.enable("greys")
    assert image.avg() == 7


def test_a_reload_takes_the_functions_as_they_are_now(addon, grey):
    path = addon("greys", GREYS)
    tt.addons.enable("greys")
    image = tt.open(grey)
    assert image.avg() == 7
    (path / "greys" / "__init__.py").write_text(GREYS.replace("int(file.read())", "2 * int(file.read())"))
    tt.addons.reload("greys")
    assert tt.open(grey).avg() == 14 and image.avg() == 14


def test_one_of_another_addon_is_refused_and_both_are_named(addon):
    addon("greys", GREYS)
    addon("rival", GREYS.replace("grey_number", "other"))
    tt.addons.enable("greys")
    with pytest.raises(tt.AddonError, match="the suffix .grey is taken by the format Grey number .grey_number. of Greys") as caught:
        tt.addons.enable("rival")
    assert "Rival" in str(caught.value)
    assert tt._tintype.file_format_ids() == ["grey_number"]


@pytest.mark.parametrize(
    "code, printed",
    [
        ("print(tt.open({!r}).avg())", "7.0\n"),
        ("print(tt._tintype.open_image({!r}), tt.active.avg())", "seven 7.0\n"),
        ("tt.Image.black(2, 2).write_to_file({!r}); print(tt.open({!r}).avg())", "0.0\n"),
        ("print(tt.Image.black(2, 2).colour_map('rust').bands)", "3\n"),
        ("print('.grey' in tt.get_suffixes())", "True\n"),
    ],
)
def test_those_that_are_on_are_loaded_when_they_are_needed(addon, grey, code, printed):
    addon("greys", GREYS)
    tt.addons.enable("greys")
    assert run(code.replace("{!r}", repr(str(grey)))) == printed


def test_a_recipe_loads_the_addon_that_its_file_needs(addon, grey, tmp_path):
    addon("greys", GREYS)
    tt.addons.enable("greys")
    tt.open(grey).invert().colour_map("rust").recipe.save(tmp_path / "r.json")
    tt.data.images["seven"] = tt.open(grey)
    tt.project.save(tmp_path / "p.tint")
    assert run(f"print(tt.Recipe.load({str(tmp_path / 'r.json')!r}).image.bands)") == "3\n"
    assert run(f"tt.project.open({str(tmp_path / 'p.tint')!r})\nprint(tt.data.images['seven'].avg())") == "7.0\n"


def test_a_recipe_with_a_map_needs_no_addon(addon, tmp_path):
    addon("greys", GREYS)
    tt.addons.enable("greys")
    tt.Image.new_from_list([[0, 1]]).copy_memory()
    tt.Image.black(2, 2).colour_map("rust").recipe.save(tmp_path / "r.json")
    tt.addons.disable("greys")
    assert run(f"print(tt.Recipe.load({str(tmp_path / 'r.json')!r}).image.bands)") == "3\n"


def test_code_of_an_addon_that_is_starting_does_not_wait_for_itself(addon, tmp_path):
    (tmp_path / "x.unknown").write_text("7")
    addon("eager", f"import tintype as tt\ntry:\n    tt.open({str(tmp_path / 'x.unknown')!r})\nexcept tt.FileError:\n    pass\n")
    tt.addons.enable("eager")
    assert run("print(tt.addons.get('eager').state)") == "on\n"


def test_errors_and_times_are_noted_as_the_addons(addon, grey):
    addon("greys", GREYS)
    tt.addons.enable("greys")
    grey.write_text("seven")
    with pytest.raises(tt.FileError, match="the format Grey number .grey_number. of Greys cannot open it: ValueError: invalid literal"):
        tt.open(grey)
    found = tt.addons.get("greys")
    assert [failure.title for failure in found.failures] == ["Opening by the format grey_number"]
    assert found.times.calls == 1
