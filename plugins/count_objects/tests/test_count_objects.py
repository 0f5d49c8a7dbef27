# Tests of the add-on Count objects, on pictures whose objects are known.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib

import numpy as np
import pytest
import tintype as tt

FOLDER = pathlib.Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def addon():
    with tt.addons.trial(FOLDER):
        yield


def discs(*places, side=120, ground=20, level=200):
    y, x = np.mgrid[:side, :side]
    array = np.full((side, side), ground, np.uint8)
    for cy, cx, radius in places:
        array[np.hypot(y - cy, x - cx) <= radius] = level
    return tt.Image.new_from_array(array)


def test_the_cells_of_a_made_up_micrograph_are_counted():
    cells = tt.Image.micrograph(width=640, height=480, count=37, seed=2)
    labels, count = cells.objects.find()
    assert count == 37 == labels.max()


def test_touching_objects_are_parted_or_not():
    pair = discs((60, 45, 20), (60, 80, 20))
    assert pair.objects.find()[1] == 2
    assert pair.objects.find(split=False)[1] == 1


def test_dark_small_and_cut_objects():
    array = discs((30, 30, 12), (80, 80, 12), (0, 60, 12), ground=200, level=20)
    assert array.objects.find(dark=True)[1] == 3
    assert array.objects.find(dark=True, whole=True)[1] == 2
    assert array.objects.find(dark=True, smallest=300)[1] == 2


def test_colour_pictures_have_objects_too():
    grey = discs((30, 30, 12), (80, 80, 12))
    colour = grey.bandjoin([grey, grey]).copy(interpretation="srgb")
    assert colour.objects.find()[1] == 2


def test_outlines_are_drawn_on_the_edges_of_objects_only():
    picture = discs((60, 60, 20))
    drawn = picture.objects.outline(picture.objects.find(smooth=0)[0], red=255, green=0, blue=0).numpy()
    assert tuple(drawn[60, 41]) == (255, 0, 0)
    assert tuple(drawn[60, 60]) == (200, 200, 200)
    assert tuple(drawn[10, 10]) == (20, 20, 20)


def test_the_table_measures_them():
    import count_objects

    table = count_objects.table(discs((30, 30, 10), (80, 80, 20)), smooth=0)
    assert sorted(table["equivalent_diameter"].round()) == [20, 40]
    assert table["mean"].tolist() == [200, 200]


def test_a_batch_gives_one_table(tmp_path):
    import count_objects

    for number, places in enumerate([[(30, 30, 10)], [(30, 30, 10), (80, 80, 20)]]):
        discs(*places).write_to_file(str(tmp_path / f"{number}.png"))
    done = tt.batch(count_objects.process, str(tmp_path / "*.png"), out=str(tmp_path / "out" / "{stem}.png"),
                    table=str(tmp_path / "all.csv"), executor="threads")
    assert done.done == 2
    assert len((tmp_path / "all.csv").read_text().splitlines()) == 1 + 3
