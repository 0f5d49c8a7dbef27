# Installing add-ons from folders, zip files and single files: whole, or not at all.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import pathlib
import shutil
import stat
import struct
import sys
import zipfile
import zlib

import pytest
from making import table, write_addon, write_wheel

import tintype as tt
from tintype._addons import archives, describing, installing

TICKS = "import tintype as tt\ntt.timers.call_every(3600, print)\n"


@pytest.fixture
def made(tmp_path):
    return write_addon(tmp_path / "made", "parcel", TICKS)


def zipped(folder, path, inside=""):
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, inside + str(file.relative_to(folder)))
    return path


def zip_of(path, *entries):
    """A zip with a whole add-on and these entries besides: (name, content, mode)."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("addon.toml", table("parcel"))
        archive.writestr("parcel/__init__.py", "")
        for name, content, mode in entries:
            info = zipfile.ZipInfo("placeholder")
            info.filename = name
            info.external_attr = mode << 16
            archive.writestr(info, content)
    return path


def left_in(folder):
    """All that is there, hidden files too."""
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def test_a_folder_is_copied_and_stays_off(made, user_folder, settings):
    (made / "parcel" / "__pycache__").mkdir()
    addon = tt.addons.install(made)
    assert (addon.id, addon.state, addon.path) == ("parcel", "off", user_folder / "parcel")
    assert left_in(user_folder / "parcel" / "parcel") == ["__init__.py"]
    assert left_in(user_folder) == ["parcel"] and not settings.exists()
    assert tt.addons.enable("parcel").state == "on"


@pytest.mark.parametrize("inside", ["", "parcel/", "parcel-1.0/"])
def test_a_zip_is_unpacked_with_or_without_a_folder_in_it(made, tmp_path, user_folder, inside):
    assert tt.addons.install(zipped(made, tmp_path / "any name.zip", inside)).path == user_folder / "parcel"
    assert left_in(user_folder) == ["parcel"]
    assert tt.addons.enable("parcel").registered


def test_a_single_file_is_copied(tmp_path, user_folder):
    file = tmp_path / "single.py"
    file.write_text(f'"""\n```addon.toml\n{table("single")}```\n"""\n{TICKS}')
    assert tt.addons.install(file).path == user_folder / "single.py"
    assert tt.addons.enable("single").registered
    tt.addons.remove("single")
    assert left_in(user_folder) == []


def test_what_is_there_stays_unless_it_is_to_be_replaced(made, user_folder):
    tt.addons.install(made)
    tt.addons.enable("parcel")
    (made / "addon.toml").write_text(table("parcel", version="2.0"))
    with pytest.raises(tt.AddonError, match=r"Parcel is not|installed already, version 1\.0\.0, and stays as it is; to replace it by version 2\.0"):
        tt.addons.install(made)
    assert tt.addons.get("parcel").version == "1.0.0"
    addon = tt.addons.install(made, upgrade=True)
    assert (addon.version, addon.state, len(addon.registered)) == ("2.0", "on", 1)
    assert left_in(user_folder) == ["parcel"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_what_is_replaced_is_never_gone(made, user_folder, monkeypatch, can_exchange):
    tt.addons.install(made)
    (made / "addon.toml").write_text(table("parcel", version="2.0"))
    real = os.rename

    def rename(old, new):
        if pathlib.Path(new) == user_folder / "parcel" and pathlib.Path(old).name == "parcel":
            raise OSError(5, "Input/output error", str(new))
        real(old, new)

    monkeypatch.setattr(os, "rename", rename)
    if can_exchange:
        assert tt.addons.install(made, upgrade=True).version == "2.0"
    else:
        monkeypatch.setattr(installing, "_exchange", lambda one, other: False)
        with pytest.raises(tt.AddonError, match="Input/output error"):
            tt.addons.install(made, upgrade=True)
        assert tt.addons.get("parcel").version == "1.0.0"
    assert left_in(user_folder) == ["parcel"]


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize(
    "code, fields, said",
    [
        (TICKS + "1 / 0\n", {}, "ZeroDivisionError"),
        (TICKS + "def register():\n    raise OSError('torn')\n", {}, "OSError: torn"),
        (TICKS + "def f(:\n", {}, "SyntaxError"),
        (TICKS, {"requires": ["unheard-of"]}, "needs Python packages that are not there: unheard-of"),
    ],
)
def test_a_new_version_that_cannot_be_on_leaves_the_old_one_on(made, user_folder, monkeypatch, code, fields, said, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(installing, "_exchange", lambda one, other: False)
    tt.addons.install(made)
    tt.addons.enable("parcel")
    (made / "addon.toml").write_text(table("parcel", version="2.0", **fields))
    (made / "parcel" / "__init__.py").write_text(code)
    with pytest.raises(tt.AddonError, match=said):
        tt.addons.install(made, upgrade=True)
    found = tt.addons.get("parcel")
    assert (found.state, found.version, len(found.registered)) == ("on", "1.0.0", 1)
    assert (user_folder / "parcel" / "parcel" / "__init__.py").read_text() == TICKS
    assert left_in(user_folder) == ["parcel"]


def test_a_new_version_may_bring_another_wheel_of_the_package_that_the_old_one_has_brought(made):
    for version in ("1.0", "2.0"):
        shutil.rmtree(made / "wheels", ignore_errors=True)
        write_wheel(made / "wheels", "blot", version)
        (made / "addon.toml").write_text(table("parcel", version=version, requires=[f"blot=={version}"]))
        (made / "parcel" / "__init__.py").write_text("import blot\nVERSION = blot.VERSION\n")
        tt.addons.install(made, upgrade=True)
        tt.addons.enable("parcel")
        assert sys.modules["parcel"].VERSION == version


def test_a_folder_takes_the_place_of_a_single_file(made, tmp_path, user_folder):
    file = tmp_path / "parcel.py"
    file.write_text(f'"""\n```addon.toml\n{table("parcel", version="0.1")}```\n"""\n')
    tt.addons.install(file)
    assert tt.addons.install(made, upgrade=True).version == "1.0.0"
    assert left_in(user_folder) == ["parcel"]


def test_one_that_lies_elsewhere_is_not_replaced(made, tmp_path, monkeypatch, user_folder):
    monkeypatch.setenv("TINTYPE_ADDONS", str(made))
    with pytest.raises(tt.AddonError, match=f"Parcel is not installed: there is one with the id 'parcel' in {made}"):
        tt.addons.install(made, upgrade=True)
    assert left_in(user_folder) == []


@pytest.mark.parametrize("name", ["../evil.py", "parcel/../../evil.py", "/tmp/evil.py", "..\\evil.py", "C:evil.py", "parcel/.."])
def test_a_zip_that_leads_outside_is_refused(tmp_path, user_folder, name):
    archive = zip_of(tmp_path / "evil.zip", (name, "bad", 0))
    with pytest.raises(tt.AddonError, match="would lie outside the add-on's folder") as caught:
        tt.addons.install(archive)
    assert str(archive) in str(caught.value) and repr(name) in str(caught.value)
    assert left_in(user_folder) == [] and not list(tmp_path.rglob("evil.py"))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_zip_with_links_or_devices_is_refused(tmp_path, user_folder, kind):
    archive = zip_of(tmp_path / "link.zip", ("parcel/link", "/etc/passwd", kind | 0o777))
    with pytest.raises(tt.AddonError, match="the entry 'parcel/link' is a link or a device"):
        tt.addons.install(archive)
    assert left_in(user_folder) == []


def test_a_folder_with_links_is_refused(made, user_folder):
    (made / "parcel" / "link").symlink_to("/etc/passwd")
    with pytest.raises(tt.AddonError, match="parcel/link is a link"):
        tt.addons.install(made)
    assert left_in(user_folder) == []


def zeros(path, said_gigabytes, real_gigabytes):
    """A zip whose entry is made of zeros, so many of them by its header and so many really."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(bytes(1 << 15))
    packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    count = real_gigabytes << 6
    size, packed = said_gigabytes << 30, len(piece) * count
    name = b"parcel/zeros"
    common = struct.pack("<HHHHHIIIHH", 45, 0, 8, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), 20)
    extra = struct.pack("<HHQQ", 1, 16, size, packed)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("addon.toml", table("parcel"))
        archive.writestr("parcel/__init__.py", "")
    data = path.read_bytes()
    end = data.rindex(b"PK\5\6")
    directory = struct.unpack("<I", data[end + 16 : end + 20])[0]
    local = data[:directory] + b"PK\3\4" + common + name + extra
    central = data[directory:end] + b"PK\1\2" + struct.pack("<H", 45) + common + struct.pack("<HHHII", 0, 0, 0, 0, directory) + name + extra
    with path.open("wb") as file:
        file.write(local)
        for _ in range(count):
            file.write(piece)
        start = file.tell()
        file.write(central + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 3, 3, len(central), start, 0))
    return path


@pytest.mark.parametrize("said", [10, 3])
def test_ten_gigabytes_of_zeros_do_not_fill_the_disk(tmp_path, user_folder, monkeypatch, said):
    archive = zeros(tmp_path / "zeros.zip", said, 10)
    assert archive.stat().st_size < 1 << 25
    monkeypatch.setattr(archives.unpack, "__defaults__", (1 << 28,))
    with pytest.raises(tt.AddonError, match="with the entry 'parcel/zeros' it is larger than an add-on may be: more than 268435456"):
        tt.addons.install(archive)
    assert left_in(user_folder) == []


def test_a_zip_with_too_many_entries_is_refused(tmp_path, monkeypatch, user_folder):
    monkeypatch.setattr(archives, "MOST_ENTRIES", 100)
    archive = zip_of(tmp_path / "many.zip", *[(f"parcel/{number}", "", 0) for number in range(99)])
    with pytest.raises(tt.AddonError, match="101 entries are too many for an add-on; 100 are allowed"):
        tt.addons.install(archive)
    assert left_in(user_folder) == []


def test_an_entry_that_is_there_twice_is_refused(tmp_path, user_folder):
    with pytest.warns(UserWarning):
        archive = zip_of(tmp_path / "twice.zip", ("parcel/a.py", "1", 0), ("parcel/a.py", "2", 0))
    with pytest.raises(tt.AddonError, match="'parcel/a.py' is there twice"):
        tt.addons.install(archive)
    assert left_in(user_folder) == []


@pytest.mark.parametrize("damage", ["cut", "bits", "text"])
def test_a_zip_that_is_damaged_is_refused(made, tmp_path, user_folder, damage):
    archive = zipped(made, tmp_path / "damaged.zip")
    data = bytearray(archive.read_bytes())
    if damage == "bits":
        place = data.index(b"call_every")
        data[place : place + 4] = b"CALL"
    archive.write_bytes({"cut": data[: len(data) // 2], "bits": data, "text": b"no zip"}[damage])
    with pytest.raises(tt.AddonError, match=str(archive)):
        tt.addons.install(archive)
    assert left_in(user_folder) == []


def test_a_zip_whose_table_is_wrong_names_the_field_and_the_zip(tmp_path, user_folder):
    folder = write_addon(tmp_path / "made", "wrong", version="new")
    archive = zipped(folder, tmp_path / "wrong.zip")
    with pytest.raises(tt.AddonError) as caught:
        tt.addons.install(archive)
    assert str(caught.value).startswith(f"{archive}/addon.toml: version must be")
    assert left_in(user_folder) == []


@pytest.mark.parametrize("what, said", [("nothing.zip", "there is no .* to install"), ("empty", "there is no addon.toml"), ("notes.txt", "give a folder, a zip file")])
def test_what_is_no_addon_is_refused(tmp_path, user_folder, what, said):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(tt.AddonError, match=said):
        tt.addons.install(tmp_path / what)
    assert left_in(user_folder) == []


def test_a_zip_without_a_table_is_refused(tmp_path, user_folder):
    archive = tmp_path / "bare.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("one/a.py", "")
        opened.writestr("two/b.py", "")
    with pytest.raises(tt.AddonError, match="neither at its top nor in its only folder"):
        tt.addons.install(archive)
    assert left_in(user_folder) == []


def test_a_disk_that_is_full_leaves_nothing_behind(made, user_folder, monkeypatch):
    import shutil

    def refuse(*arguments, **how):
        raise OSError(28, "No space left on device", "parcel")

    monkeypatch.setattr(shutil, "copytree", refuse)
    with pytest.raises(tt.AddonError, match="No space left on device"):
        tt.addons.install(made)
    assert left_in(user_folder) == []


def test_removing_switches_off_and_deletes(made, user_folder, settings):
    tt.addons.install(made)
    tt.addons.enable("parcel")
    tt.addons.remove("parcel")
    assert left_in(user_folder) == []
    assert json.loads(settings.read_text())["enabled"] == {}
    with pytest.raises(tt.NotFoundError):
        tt.addons.get("parcel")


def test_what_was_not_installed_is_not_removed(made, monkeypatch):
    monkeypatch.setenv("TINTYPE_ADDONS", str(made))
    with pytest.raises(tt.AddonError, match=f"'parcel' was not installed, it lies in {made}; nothing was removed"):
        tt.addons.remove("parcel")
    assert (pathlib.Path(made) / "addon.toml").is_file()


@pytest.mark.parametrize("form", ["folder", "zip", "zip with a folder in it", "file"])
def test_what_an_installation_would_replace_is_known_before(made, tmp_path, form):
    file = tmp_path / "parcel.py"
    file.write_text(f'"""\n```addon.toml\n{table("parcel")}```\n"""\n')
    source = {
        "folder": made, "zip": zipped(made, tmp_path / "a.zip"), "zip with a folder in it": zipped(made, tmp_path / "b.zip", "x/"), "file": file,
    }[form]  # fmt: skip
    assert describing.replaced_by(str(source)) == "{}"
    tt.addons.install(source)
    said = {"id": "parcel", "name": "Parcel", "version": "1.0.0", "installed": "1.0.0"}
    assert json.loads(describing.replaced_by(str(source))) == said


@pytest.mark.parametrize("content", [b"no zip", b""])
def test_what_does_not_say_what_it_is_replaces_nothing(tmp_path, content):
    (tmp_path / "letter.zip").write_bytes(content)
    assert describing.replaced_by(str(tmp_path / "letter.zip")) == "{}"
    assert describing.replaced_by(str(tmp_path / "nothing")) == "{}"
