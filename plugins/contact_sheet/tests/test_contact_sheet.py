# Tests of the add-on Contact sheet.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib

import pytest
import tintype as tt

FOLDER = pathlib.Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def addon():
    with tt.addons.trial(FOLDER):
        yield


def plain(width, height, *colour):
    return (tt.Image.black(width, height, bands=len(colour)) + list(colour)).cast("uchar").copy(
        interpretation="srgb" if len(colour) >= 3 else "b-w"
    )


def test_pictures_lie_in_rows_with_gaps_around():
    red, green, blue = plain(64, 32, 255, 0, 0), plain(32, 64, 0, 255, 0), plain(64, 64, 0, 0, 255)
    sheet = tt.Image.sheet.contact([red, green, blue], across=2, size=32, gap=4)
    assert (sheet.width, sheet.height, sheet.bands) == (2 * 32 + 3 * 4, 2 * 32 + 3 * 4, 3)
    assert sheet(20, 20) == [255, 0, 0]
    assert sheet(20, 6) == [255, 255, 255]
    assert sheet(56, 20) == [0, 255, 0]
    assert sheet(20, 56) == [0, 0, 255]
    assert sheet(56, 56) == [255, 255, 255]


def test_grey_pictures_sixteen_bits_and_alpha_come_along():
    grey = plain(20, 20, 128)
    deep = (tt.Image.black(20, 20) + 30000).cast("ushort").copy(interpretation="grey16")
    clear = plain(20, 20, 255, 0, 0).bandjoin(0)
    sheet = tt.Image.sheet.contact([grey, deep, clear], across=3, size=16, gap=0, shade=0)
    assert sheet(8, 8) == [128, 128, 128]
    assert 100 < sheet(24, 8)[0] < 130
    assert sheet(40, 8) == [0, 0, 0]


def test_files_have_their_names_below(tmp_path):
    import contact_sheet

    names = []
    for name in ("one & two.png", "<three>.png"):
        plain(50, 50, 10, 20, 30).write_to_file(str(tmp_path / name))
        names.append(tmp_path / name)
    sheet = contact_sheet.make(names, across=2, size=64, gap=2)
    bare = contact_sheet.make(names, across=2, size=64, gap=2, captions=False)
    assert sheet.height > bare.height
    assert sheet.crop(2, 66, 64, sheet.height - 68).min() < 100
    assert sheet.crop(68, 66, 64, sheet.height - 68).min() < 100


def test_no_pictures_are_refused():
    import contact_sheet

    with pytest.raises(tt.ParameterError, match="at least one"):
        contact_sheet.make([])
