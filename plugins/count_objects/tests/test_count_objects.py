# Tests of the add-on Count objects, on pictures whose objects are known.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import threading

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


LIMIT = 60


@pytest.fixture
def panel():
    import count_objects

    for name in list(tt.data.images):
        del tt.data.images[name]
    return count_objects.CountObjects.panel


def shown(panel, monkeypatch):
    """What the panel shows from now on, by the names of its items; `came` is released at each text."""
    now = {}
    came = threading.Semaphore(0)
    for kind in ("text", "image", "table", "plot"):

        def show(name, value, *rest, _show=getattr(panel, f"show_{kind}"), **said):
            _show(name, value, *rest, **said)
            now[name] = value
            if name == "areas":
                came.release()

        monkeypatch.setattr(panel, f"show_{kind}", show)
    return now, came


def test_the_panel_says_what_to_do_first(panel, monkeypatch):
    now, _ = shown(panel, monkeypatch)
    panel.count()
    assert now["found"] == "Open an image and press Count."
    assert (now["outlines"], now["objects"], now["areas"]) == (None, None, None)
    panel.keep()
    panel.save()
    assert list(tt.data.images) == []


def test_the_panel_counts_the_objects_of_the_active_image(panel, monkeypatch):
    now, _ = shown(panel, monkeypatch)
    tt.data.images["discs"] = discs((30, 30, 10), (80, 80, 20))
    panel.smooth = 0
    panel.count()
    assert now["found"].startswith("2 objects, median area ") and now["found"].endswith(" px²")
    assert sorted(now["objects"]["equivalent_diameter"].round()) == [20, 40]
    assert now["areas"].sum() == 2
    assert (now["outlines"].width, now["outlines"].bands) == (120, 3)
    panel.smallest = 5000
    panel.count()
    assert now["found"].startswith("No objects found.") and now["objects"] is None


def test_the_outlines_are_kept_as_one_undo_step(panel):
    tt.data.images["discs"] = discs((30, 30, 10))
    panel.count()
    panel.keep()
    tt.active = "discs"
    panel.keep()
    assert list(tt.data.images) == ["discs", "outlines", "outlines 2"]
    assert tt.data.images["outlines"].bands == 3
    assert tt.undo() == "Keep outlines"
    assert list(tt.data.images) == ["discs", "outlines"]


def test_kept_outlines_are_not_counted_in_the_place_of_their_image(panel, monkeypatch):
    now, _ = shown(panel, monkeypatch)
    tt.data.images["discs"] = discs((30, 30, 10), (80, 80, 20))
    panel.count()
    panel.keep()
    assert "outlines" in tt.data.images and tt.active.bands == 3
    panel.dark = True
    panel.count()
    panel.dark = False
    panel.count()
    assert now["found"].startswith("2 objects, ")
    tt.data.images["one"] = discs((30, 30, 10))
    panel.count()
    assert now["found"].startswith("1 object, ")


def test_the_table_is_saved_where_the_person_says(panel, tmp_path, monkeypatch):
    now, _ = shown(panel, monkeypatch)
    tt.data.images["discs"] = discs((30, 30, 10), (80, 80, 20))
    panel.count()
    panel.save()
    assert now["saved"] == "Choose a file first."
    panel.file = tmp_path / "cells"
    panel.save()
    assert now["saved"] == f"2 rows are in {tmp_path / 'cells.csv'}."
    assert len((tmp_path / "cells.csv").read_text().splitlines()) == 1 + 2
    panel.file = tmp_path / "gone" / "cells.csv"
    with pytest.raises(tt.FileError, match="gone"):
        panel.save()


def test_a_change_counts_again_where_live_is_ticked(panel, monkeypatch):
    now, came = shown(panel, monkeypatch)
    tt.data.images["pair"] = discs((60, 45, 20), (60, 80, 20))
    panel.split = False
    panel.split_changed(False)
    assert "found" not in now, "live is not ticked"
    panel.live = True
    panel.live_changed(True)
    assert came.acquire(timeout=LIMIT)
    assert now["found"].startswith("1 object, ")
    panel.split = True
    panel.split_changed(True)
    assert came.acquire(timeout=LIMIT)
    assert now["found"].startswith("2 objects, ")


def test_many_changes_at_once_leave_the_count_of_the_newest(panel, monkeypatch):
    now, came = shown(panel, monkeypatch)
    tt.data.images["pair"] = discs((60, 45, 20), (60, 80, 20))
    begun, go = threading.Event(), threading.Event()
    find = panel._find

    def slow(image):
        found = find(image)
        begun.set()
        assert go.wait(LIMIT)
        return found

    monkeypatch.setattr(panel, "_find", slow)
    panel.live = True
    first = threading.Thread(target=panel.count)
    first.start()
    assert begun.wait(LIMIT)
    panel.split = False
    panel.split_changed(False)  # Does not wait for the first one, which counts once more.
    assert "found" not in now
    go.set()
    first.join(LIMIT)
    assert now["found"].startswith("1 object, ")


def test_after_an_error_it_counts_again(panel, monkeypatch):
    now, _ = shown(panel, monkeypatch)
    tt.data.images["discs"] = discs((30, 30, 10))
    find = panel._find
    monkeypatch.setattr(panel, "_find", lambda image: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        panel.count()
    monkeypatch.setattr(panel, "_find", find)
    panel.count()
    assert now["found"].startswith("1 object, ")
