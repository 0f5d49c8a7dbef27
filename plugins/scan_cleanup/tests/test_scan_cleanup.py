# Tests of the add-on Scan clean-up, on pages that are made crooked.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib

import numpy as np
import pytest
import tintype as tt

FOLDER = pathlib.Path(__file__).parents[1]
LINES = "\n".join(["Whatever is done by hand is a line of Python."] * 12)


@pytest.fixture(autouse=True)
def addon():
    with tt.addons.trial(FOLDER):
        yield


def page(angle=0, bed=0, width=700, height=500):
    """Dark letters on paper of the shade 230, turned, on a bed that is darker around it."""
    letters = tt.Image.text(LINES, width=width - 80, dpi=100).gravity("centre", width, height)
    paper = ((letters > 127).ifthenelse(30, 230)).cast("uchar")
    turned = paper.rotate(angle, background=230) if angle else paper
    return turned.embed(bed, bed, turned.width + 2 * bed, turned.height + 2 * bed, background=10, extend="background") if bed else turned


@pytest.mark.parametrize("angle", [-7, -1.5, 0, 3])
def test_lines_become_level(angle):
    level = page(angle).scan.deskew()
    assert abs(level.find_skew()) <= 0.2


def test_the_corners_get_the_colour_of_the_paper():
    level = page(5).scan.deskew()
    assert all(abs(level(x, y)[0] - 230) <= 12 for x in (1, level.width - 2) for y in (1, level.height - 2))


def test_the_page_is_cut_out_of_the_bed():
    cropped = page(bed=60).scan.crop_borders()
    assert abs(cropped.width - 700) <= 4 and abs(cropped.height - 500) <= 4
    assert page(bed=60).scan.crop_borders(margin=10).width == cropped.width - 20


def test_a_page_without_a_bed_stays():
    whole = page()
    assert (whole.scan.crop_borders().width, whole.scan.crop_borders().height) == (whole.width, whole.height)


def test_a_margin_that_leaves_nothing_is_refused():
    with pytest.raises(tt.Error, match="margin must leave something of the page, .* not 300"):
        page(bed=60).scan.crop_borders(margin=300).avg()


def test_specks_go_and_letters_stay():
    clean = page()
    array = clean.numpy().copy()
    for y, x in [(5, 5), (250, 3), (490, 690)]:
        array[y : y + 2, x : x + 2] = 0
    despeckled = tt.Image.new_from_array(array).scan.despeckle(size=6).numpy()
    assert despeckled[5, 5] > 200 and despeckled[250, 3] > 200 and despeckled[490, 690] > 200
    letters = clean.numpy() < 100
    assert np.mean(despeckled[letters] < 130) > 0.97


def test_colour_scans_keep_their_colours():
    grey = page(2)
    colour = grey.bandjoin([grey * 0.9, grey * 0.8]).cast("uchar").copy(interpretation="srgb")
    cleaned = colour.scan.clean_up()
    assert (cleaned.bands, cleaned.format, cleaned.interpretation) == (3, "uchar", "srgb")


def test_each_page_of_a_batch_gets_its_own_angle(tmp_path):
    for angle in (-4, 2):
        page(angle).write_to_file(str(tmp_path / f"{angle}.png"))
    first = tt.Image.new_from_file(str(tmp_path / "-4.png"))
    recipe = first.scan.deskew().recipe
    done = tt.batch(recipe, str(tmp_path / "*.png"), out=str(tmp_path / "out" / "{stem}.png"), executor="threads")
    assert done.done == 2
    assert all(abs(tt.Image.new_from_file(str(file)).find_skew()) <= 0.2 for file in (tmp_path / "out").glob("*.png"))
