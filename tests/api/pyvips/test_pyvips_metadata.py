# pyvips' conventions for metadata: reading, setting in place, types, and changing a private copy.
# SPDX-License-Identifier: GPL-3.0-or-later
import threading

import pytest

import tintype as pyvips


@pytest.fixture
def image():
    return pyvips.Image.black(20, 10) + 5


VALUES = {
    "gint_type": 42,
    "gbool_type": True,
    "gdouble_type": 2.5,
    "gstr_type": "a text, näturally",
    "refstr_type": "another",
    "blob_type": b"\x00bytes\xff",
    "array_int_type": [1, -2, 3],
    "array_double_type": [0.5, 1e300],
}


@pytest.mark.parametrize("kind, value", VALUES.items())
def test_fields_of_every_type_come_back_as_they_were(image, kind, value):
    gtype = getattr(pyvips.GValue, kind)
    image.set_type(gtype, "mine", value)
    assert image.get("mine") == value and image.get_value("mine") == value
    # libvips keeps texts as texts that are shared.
    assert image.get_typeof("mine") == (pyvips.GValue.refstr_type if kind == "gstr_type" else gtype)
    assert "mine" in image.get_fields()
    assert image.max() == 5


def test_a_field_that_exists_keeps_its_type(image):
    image.set_type(pyvips.GValue.gdouble_type, "number", 1)
    image.set("number", 7)
    assert image.get("number") == 7.0 and image.get_typeof("number") == pyvips.GValue.gdouble_type
    with pytest.raises(pyvips.Error, match="there is no field 'missing'"):
        image.set("missing", 1)


def test_the_header_is_set_like_fields(image):
    image.set("xres", 12.5)
    image.set("interpretation", "b-w")
    assert image.xres == 12.5 and image.interpretation == "b-w"
    other = image.copy(xres=3, yres=4)
    assert (other.xres, other.yres, image.xres) == (3, 4, 12.5)


def test_setting_changes_one_image_object_and_nothing_made_of_it(image):
    alias, derived, copied = image, image + 1, image.copy()
    image.set_type(pyvips.GValue.gint_type, "later", 1)
    assert alias.get_typeof("later") == pyvips.GValue.gint_type
    assert derived.get_typeof("later") == 0 and copied.get_typeof("later") == 0
    assert (image + 1).get("later") == 1


def test_copy_then_set_may_be_chained(image):
    named = image.copy().set("yres", 9)
    assert named.yres == 9 and image.yres != 9


def test_a_field_is_removed_once(image):
    image.set_type(pyvips.GValue.gint_type, "gone", 1)
    assert image.remove("gone") is True
    assert image.get_typeof("gone") == 0 and image.remove("gone") is False
    assert image.remove("width") is False


@pytest.mark.parametrize(
    "kind, value", [("gint_type", "many"), ("gint_type", 1.5), ("gint_type", 2**40), ("blob_type", 3.5), ("array_int_type", ["x"])]
)
def test_values_that_do_not_fit_are_refused(image, kind, value):
    with pytest.raises(pyvips.Error, match="mine"):
        image.set_type(getattr(pyvips.GValue, kind), "mine", value)
    assert image.get_typeof("mine") == 0


def test_an_unknown_type_is_refused(image):
    with pytest.raises(pyvips.Error):
        image.set_type(123456, "mine", 1)


def test_fields_travel_in_files_and_recipes(image, tmp_path):
    image.set_type(pyvips.GValue.gstr_type, "png-comment-0-Title", "a page")
    image.write_to_file(tmp_path / "page.png")
    assert pyvips.Image.new_from_file(tmp_path / "page.png").get("png-comment-0-Title") == "a page"
    recipe = pyvips.Recipe.from_json(image.recipe.to_json())
    assert recipe.image.get("png-comment-0-Title") == "a page"
    scope = {}
    exec(image.recipe.to_script(), scope)
    assert scope["result"].get("png-comment-0-Title") == "a page"


def test_a_profile_is_attached_and_found_again(astronaut, tmp_path):
    profile = bytes(range(256)) * 4
    image = astronaut.copy()
    image.set_type(pyvips.GValue.blob_type, "exif-data", profile)
    assert image.get("exif-data") == profile


def test_pages_are_counted(image, tmp_path):
    image.copy().write_to_file(tmp_path / "one.tif")
    assert image.get_n_pages() == 1 and image.get_page_height() == 10
    image.set_type(pyvips.GValue.gint_type, "page-height", 5)
    image.write_to_file(tmp_path / "two.tif")
    pages = pyvips.Image.new_from_file(tmp_path / "two.tif", n=-1)
    assert (pages.get_n_pages(), pages.get_page_height(), pages.height) == (2, 5, 10)


def test_a_private_copy_is_drawn_upon(image):
    before = image.max()
    with image.mutate() as mutable:
        mutable.draw_rect(200, 0, 0, 5, 5, fill=True)
        mutable.draw_line(100, 0, 9, 19, 9)
        mutable.set_type(pyvips.GValue.gstr_type, "note", "drawn")
        mutable.remove("note")
        mutable.set_type(pyvips.GValue.gint_type, "count", 2)
    drawn = mutable.image
    assert drawn(1, 1) == [200.0] and drawn(3, 9) == [100.0] and drawn.get("count") == 2
    assert image.max() == before and image.get_typeof("count") == 0
    same = image.mutate(lambda each: each.draw_rect(9, 0, 0, 1, 1))
    assert same(0, 0) == [9.0]


def test_drawing_leaves_other_references_untouched(image):
    alias = image
    drawn = image.draw_circle(255, 10, 5, 3, fill=True)
    assert drawn.max() == 255 and image.max() == 5 and alias.max() == 5


def test_copies_in_memory_keep_what_the_image_says(astronaut):
    astronaut.set_type(pyvips.GValue.array_int_type, "numbers", [3, 4])
    kept = astronaut.copy_memory()
    assert kept.get("numbers") == [3, 4] and kept.interpretation == "srgb" and kept.avg() == astronaut.avg()


def test_writing_into_a_temporary_image(astronaut):
    scratch = pyvips.Image.new_temp_file("%s.v")
    astronaut.invert().write(scratch)
    assert scratch(5, 6) == astronaut.invert()(5, 6) and scratch.width == 512
    into_memory = pyvips.Image.black(1, 1)
    astronaut.write(into_memory)
    assert into_memory.avg() == astronaut.avg()


def test_handles_move_while_other_threads_read_them():
    image = pyvips.Image.black(64, 64)
    ended = threading.Event()
    failures = []

    def read():
        while not ended.is_set():
            try:
                assert image.get("width") == 64 and image.numpy().shape == (64, 64) and image.avg() == 0
            except Exception as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(150):
        image.set_type(pyvips.GValue.gint_type, "number", number)
        if number % 50 == 49:
            image._become(pyvips.Image.black(64, 64))
    ended.set()
    for thread in threads:
        thread.join()
    assert not failures
