# The document: images by name, the current image, operations on it, undo, projects.
# SPDX-License-Identifier: GPL-3.0-or-later
import threading

import numpy as np
import pytest

import tintype as tt


def grey(level):
    return (tt.Image.black(6, 4) + level).cast("uchar")


def test_images_are_a_mapping_in_the_order_they_came():
    images = tt.data.images
    images["one"], images["two"], images["three"] = grey(1), grey(2), grey(3)
    images["one"] = grey(7)
    assert list(images) == ["one", "two", "three"] and len(images) == 3
    assert images["one"].max() == 7
    images.rename("two", "zwei")
    assert list(images) == ["one", "zwei", "three"]
    del images["one"]
    assert "one" not in images and images.get("one") is None and list(images) == ["zwei", "three"]
    assert {name: image.max() for name, image in images.items()} == {"zwei": 2, "three": 3}


def test_names_that_do_not_fit_are_refused():
    images = tt.data.images
    images["one"], images["two"] = grey(1), grey(2)
    for wrong in (lambda: images["three"], lambda: images.rename("three", "four")):
        with pytest.raises(tt.NotFoundError, match="three.*one, two"):
            wrong()
    with pytest.raises(KeyError):
        del images["three"]
    with pytest.raises(tt.ParameterError, match="already"):
        images.rename("one", "two")
    for name in ("", 3, None):
        with pytest.raises(tt.ParameterError):
            images[name] = grey(1)
    with pytest.raises(tt.ParameterError, match="int"):
        images["three"] = 3
    images["array"] = np.full((3, 4), 5, "uint8")
    assert images["array"].max() == 5


def test_a_new_name_becomes_the_current_image():
    assert tt.active is None
    tt.data.images["one"] = grey(1)
    tt.data.images["two"] = grey(2)
    assert tt.active.max() == 2
    tt.data.images["one"] = grey(9)
    assert tt.active.max() == 2
    tt.active = "one"
    assert tt.active.max() == 9
    for wrong, error in (("three", tt.NotFoundError), (3, tt.ParameterError), (grey(1), tt.ParameterError)):
        with pytest.raises(error):
            tt.active = wrong
    tt.data.images.rename("one", "eins")
    assert tt.active.max() == 9


def test_operations_change_the_current_image_and_return_it():
    tt.data.images["one"], tt.data.images["two"] = grey(10), grey(20)
    changed = tt.ops.linear(1, 5)
    assert changed.max() == 25 and tt.data.images["two"].max() == 25 and tt.data.images["one"].max() == 10
    assert tt.ops.linear(1, 1, image="one").max() == 11
    assert tt.ops.add(right="one").max() == 25 + 11
    assert tt.ops.add(tt.data.images["one"], image="two").max() == 25 + 22


def test_operations_without_an_image_add_one():
    tt.ops.black(5, 4)
    assert len(tt.data.images) == 1 and tt.active.width == 5


def test_operations_that_find_values_change_nothing():
    tt.data.images["one"] = grey(10)
    before = tt._tintype.history_titles()
    assert tt.ops.avg() == 10.0
    value, more = tt.ops.max(x=True)
    assert value == 10 and "x" in more
    assert tt._tintype.history_titles() == before


def test_a_value_found_by_an_operation_keeps_its_link(coins, cell):
    tt.data.images["coins"] = coins
    level = tt.ops.otsu()
    binary = tt.ops.relational_const("more", level)
    assert np.array_equal(binary.recipe.apply(cell).numpy(), (cell > cell.otsu()).numpy())


def test_operations_say_what_they_lack():
    with pytest.raises(tt.NotFoundError, match="gaussblur.*image"):
        tt.ops.gaussblur(2)
    tt.data.images["one"] = grey(10)
    with pytest.raises(tt.NotFoundError, match="two"):
        tt.ops.gaussblur(2, image="two")
    with pytest.raises(tt.NotFoundError, match="three"):
        tt.ops.add(right="three")
    with pytest.raises(tt.ParameterError, match="sigma"):
        tt.ops.gaussblur(-2)
    assert tt.data.images["one"].max() == 10


def test_undo_restores_the_pixels_and_redo_the_change():
    tt.data.images["one"] = grey(10)
    tt.ops.linear(1, 5)
    tt.ops.linear(1, 5)
    assert tt.undo() == tt.undo() is not None
    assert tt.data.images["one"].max() == 10
    tt.redo()
    assert tt.data.images["one"].max() == 15
    tt.undo()
    tt.undo()
    assert "one" not in tt.data.images


def test_a_group_is_one_step_even_when_it_fails():
    tt.data.images["one"] = grey(10)
    with pytest.raises(ZeroDivisionError):
        with tt.undo_group("Clean up"):
            tt.ops.linear(1, 5)
            with tt.undo_group("Inside"):
                tt.ops.linear(1, 5)
            tt.data.images["two"] = grey(3)
            1 / 0
    tt.ops.linear(1, 1, image="one")
    assert tt.undo() != "Clean up"
    assert tt.undo() == "Clean up"
    assert list(tt.data.images) == ["one"] and tt.data.images["one"].max() == 10


def test_the_title_of_a_group_goes_with_the_group():
    tt.data.images["one"] = grey(10)
    with tt.undo_group("Clean up"):
        group = tt._tintype.undo_group_id()
        tt.ops.linear(1, 5)
    assert tt._tintype.undo_group_id() == 0
    tt.data.images["two"] = grey(20)
    tt._tintype.set_undo_group_id(group)
    try:
        tt.data.images["three"] = grey(30)
    finally:
        tt._tintype.set_undo_group_id(0)
    assert tt._tintype.history_titles()[-3:] == ["Clean up", "Add two", "Add three"]


def test_a_group_belongs_to_its_thread():
    tt.data.images["one"], tt.data.images["two"] = grey(10), grey(20)
    with tt.undo_group("Group"):
        tt.ops.linear(1, 5, image="one")
        thread = threading.Thread(target=lambda: tt.ops.linear(1, 5, image="two"))
        thread.start()
        thread.join()
    assert tt.undo() != "Group"
    assert tt.undo() == "Group"


def test_scripts_are_kept_with_the_document():
    tt.data.scripts["count"] = "print(1)"
    tt.data.scripts["count"] = "print(2)"
    assert dict(tt.data.scripts) == {"count": "print(2)"}
    tt.undo()
    assert tt.data.scripts["count"] == "print(1)"
    with pytest.raises(tt.NotFoundError, match="other"):
        tt.data.scripts["other"]
    with pytest.raises(tt.ParameterError):
        tt.data.scripts["count"] = 3


def test_a_project_brings_everything_back(coins, tmp_path):
    path = tmp_path / "work.tint"
    tt.data.images["coins"] = coins
    blurred = tt.ops.gaussblur(2).numpy()
    tt.data.images["mask"] = coins > coins.otsu()
    tt.data.scripts["count"] = "print('ä')"
    with pytest.raises(tt.Error):
        tt.project.save(tmp_path / "no" / "folder.tint")
    tt.project.save(path)
    assert tt.project.path == str(path) and not tt.project.is_modified
    for name in list(tt.data.images):
        del tt.data.images[name]
    assert tt.project.is_modified
    tt.project.open(path)
    assert list(tt.data.images) == ["coins", "mask"] and dict(tt.data.scripts) == {"count": "print('ä')"}
    assert np.array_equal(tt.data.images["coins"].numpy(), blurred)
    assert tt.undo() is None
    tt.ops.invert(image="coins")
    tt.project.save()
    assert not tt.project.is_modified


def test_a_project_that_cannot_be_opened_changes_nothing(tmp_path, pictures):
    tt.data.images["one"] = grey(10)
    (tmp_path / "bad.tint").write_text("{}")
    for path, error in ((tmp_path / "bad.tint", tt.RecipeError), (tmp_path / "missing.tint", tt.FileError)):
        with pytest.raises(error, match=path.name):
            tt.project.open(path)
    assert list(tt.data.images) == ["one"]


def test_a_project_with_pixels_in_memory_names_the_image(tmp_path):
    tt.data.images["scan"] = np.zeros((4, 5), "uint8")
    with pytest.raises(tt.RecipeError, match="scan"):
        tt.project.save(tmp_path / "work.tint")
    assert list(tmp_path.iterdir()) == []
