# A history of 100,000 edits: shown, saved, undone and opened again, without recursion.
# SPDX-License-Identifier: GPL-3.0-or-later
import tintype as tt


def test_a_hundred_thousand_edits(tmp_path):
    tt.data.images["one"] = (tt.Image.black(6, 4) + 100).cast("uchar")
    for _ in range(100_000):
        tt.ops.invert()
    tt.active.write_to_file(tmp_path / "one.png")
    assert tt.Image.new_from_file(tmp_path / "one.png").max() == 100
    tt.project.save(tmp_path / "work.tint")
    assert tt.undo() == "Invert"
    assert tt.data.images["one"].max() == 155
    for _ in range(99_999):
        tt.undo()
    assert tt.data.images["one"].max() == 100
    tt.project.open(tmp_path / "work.tint")
    assert tt.data.images["one"].recipe.to_script().count("invert") == 100_000
