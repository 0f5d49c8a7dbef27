# What an add-on may say of itself, and what is said about one that says it wrongly.
# SPDX-License-Identifier: GPL-3.0-or-later
import pytest
from making import FIELDS, table, write_addon

import tintype as tt


def error_of(path):
    with pytest.raises(tt.AddonError) as caught:
        with tt.addons.trial(path):
            pass
    return str(caught.value)


def test_all_that_it_says_is_there_to_read(addon):
    addon("full", requires=["numpy>=1"], touches=["files: none"], description="Does\neverything.")
    found = tt.addons.get("full")
    assert (found.name, found.version, found.authors, found.licence) == ("Full", "1.0.0", ("Somebody",), "MIT")
    assert (found.requires, found.touches, found.description) == (("numpy>=1",), ("files: none",), "Does\neverything.")
    assert (found.state, found.error) == ("off", "")


@pytest.mark.parametrize("field", ["id", "name", *FIELDS])
def test_a_missing_field_is_named(tmp_path, field):
    made = write_addon(tmp_path, "lacking", **{field: None}) if field != "id" else write_addon(tmp_path, "lacking")
    if field == "id":
        (made / "addon.toml").write_text(table("lacking").replace('id = "lacking"\n', ""))
    assert error_of(made) == f"{made}/addon.toml: {field} is missing"


def test_several_missing_fields_are_named_at_once(tmp_path):
    made = write_addon(tmp_path, "lacking", version=None, licence=None, authors=None)
    assert error_of(made) == f"{made}/addon.toml: version, authors and licence are missing"


@pytest.mark.parametrize(
    "field, value, allowed",
    [
        ("name", 7, "one line of text"),
        ("name", "", "one line of text"),
        ("name", "two\nlines", "one line of text"),
        ("version", 1.5, 'a version such as "1.0.2"'),
        ("version", "new", 'a version such as "1.0.2"'),
        ("authors", "Somebody", "a list of texts"),
        ("authors", [], "a list with one text or more"),
        ("authors", [1], "a list of texts, each one line"),
        ("licence", ["MIT"], "one line of text"),
        ("tintype", "0.5", "a range of versions"),
        ("tintype", 1, "a range of versions"),
        ("description", False, "a text of"),
        ("requires", "numpy", "a list of texts"),
        ("requires", ["num py"], "which 'num py' is not"),
        ("requires", [1], "a list of texts"),
        ("touches", "files", "a list of texts"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(tmp_path, field, value, allowed):
    made = write_addon(tmp_path, "wrong", **{field: value})
    text = error_of(made)
    assert text.startswith(f"{made}/addon.toml: {field} must be ")
    assert allowed in text and text.endswith(f"it is {value!r}")


@pytest.mark.parametrize("id", ["Count", "1st", "a", "count-cells", "x" * 51, "json", "tintype_more", "lambda", "../up"])
def test_an_id_that_is_no_name_of_a_package_is_named(tmp_path, id):
    made = write_addon(tmp_path, "package")
    (made / "addon.toml").write_text(table(id))
    assert "addon.toml: id must be " in error_of(made) and repr(id) in error_of(made)


def test_an_id_that_is_not_that_of_its_package_is_a_lie(tmp_path):
    made = write_addon(tmp_path, "truth")
    (made / "addon.toml").write_text(table("other"))
    assert error_of(made) == (
        f"{made}/addon.toml: id must be the name of the Python package beside it; it is 'other', and there is truth"
    )


def test_a_version_that_is_not_that_of_its_package_is_a_lie(addon):
    addon("liar", "__version__ = '2.0'")
    with pytest.raises(tt.AddonError, match="version is '1.0.0', but the package says __version__ = '2.0'"):
        tt.addons.enable("liar")


def test_an_unknown_field_is_named(tmp_path):
    made = write_addon(tmp_path, "more", license="MIT")
    assert error_of(made).startswith(f"{made}/addon.toml: there is no field 'license' (= 'MIT'); the fields are id, name")


def test_what_is_no_toml_is_named_with_its_line(tmp_path):
    made = write_addon(tmp_path, "broken")
    (made / "addon.toml").write_text("id = \n")
    assert f"{made}/addon.toml: the table is not TOML: Invalid value (at line 1" in error_of(made)


@pytest.mark.parametrize("content, said", [(b"id = '\xff'", "is not UTF-8: byte 0xff at 6"), (b"#" * 2_000_000, "too long")], ids=["bytes", "length"])
def test_what_cannot_be_a_table_is_refused(tmp_path, content, said):
    made = write_addon(tmp_path, "bytes")
    (made / "addon.toml").write_bytes(content)
    assert said in error_of(made)


def test_a_tintype_that_is_too_old_is_named(tmp_path):
    made = write_addon(tmp_path, "later", tintype=">=99")
    assert error_of(made) == f"{made}/addon.toml: tintype: it needs Tintype >=99, and this is {tt.__version__}"


ONE_FILE = '"""Says hello.\n\n```addon.toml\n{table}```\n"""\n{code}'


def test_a_single_file_has_the_table_in_its_docstring(user_folder):
    user_folder.mkdir(parents=True)
    code = "import tintype as tt\ntt.timers.call_every(3600, print)\n"
    (user_folder / "single.py").write_text(ONE_FILE.format(table=table("single"), code=code))
    with tt.addons.trial(user_folder / "single.py") as addon:
        assert addon.registered == [("timer", "The timer print")]
    assert tt.addons.get("single").path == user_folder / "single.py"


def test_a_single_file_is_not_run_to_be_read(user_folder):
    user_folder.mkdir(parents=True)
    (user_folder / "single.py").write_text(ONE_FILE.format(table=table("single"), code="raise SystemExit(3)"))
    assert tt.addons.get("single").version == "1.0.0"


@pytest.mark.parametrize(
    "text, said",
    [
        ("print('hello')", "its docstring needs a line ```addon.toml"),
        ('"""\n```addon.toml\nid = 1\n"""', "then a line ```"),
        ("def broken(:", "is not Python"),
        (ONE_FILE.format(table=table("other"), code=""), "id must be the name of the file, 'single'; it is 'other'"),
    ],
)
def test_a_single_file_without_a_right_table_is_named(user_folder, text, said):
    user_folder.mkdir(parents=True)
    (user_folder / "single.py").write_text(text)
    found = tt.addons.get("single")
    assert found.state == "broken"
    assert found.error.startswith(str(user_folder / "single.py")) and said in found.error


def test_a_version_too_long_for_python_harms_no_other(addon):
    addon("good")
    made = addon("endless", version="1" * 5000)
    by_id = {each.id: each for each in tt.addons.list()}
    assert by_id["good"].state == "off"
    assert by_id["endless"].state == "broken"
    assert str(made / "addon.toml") in by_id["endless"].error


def test_a_condition_that_cannot_be_decided_is_named(tmp_path):
    made = write_addon(tmp_path, "odd", requires=['numpy; os_name ~= "x"'])
    assert "os_name" in error_of(made) and "cannot be decided" in error_of(made)
