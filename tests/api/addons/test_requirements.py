# The Python packages that add-ons need: what is missing, wheels of their own, needs that contradict each other.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import sys
import sysconfig
import zipfile

import pytest
from making import write_wheel

import tintype as tt

USES = "import blot\nVERSION = blot.VERSION\nPLACE = blot.__file__\n"


def test_what_is_there_is_enough(addon):
    addon("content", "import numpy", requires=["numpy>=1.20", "NumPy", "unheard-of; python_version < '3'"])
    assert tt.addons.enable("content").state == "on"


def test_what_is_missing_is_named_with_what_to_install(addon):
    addon("needy", "raise AssertionError('begun')", requires=["blot>=1.5,<2", "numpy>=99", "other-thing"])
    with pytest.raises(tt.AddonError) as caught:
        tt.addons.enable("needy")
    import numpy

    assert str(caught.value) == (
        f"Needy (needy) needs Python packages that are not there: blot<2,>=1.5, numpy>=99 ({numpy.__version__} is installed), "
        "other-thing. Install them: tintype pip install 'blot<2,>=1.5' 'numpy>=99' other-thing"
    )
    assert tt.addons.get("needy").state == "off"


def test_wheels_in_its_own_folder_are_used_and_go_with_it(addon):
    path = addon("own", USES, requires=["blot>=1"])
    wheel = write_wheel(path / "wheels", "blot", "1.5")
    write_wheel(path / "wheels", "blot", "1.2")
    write_wheel(path / "wheels", "blot", "9.0", tag="cp27-none-any")
    before = list(sys.path)
    tt.addons.enable("own")
    assert (sys.modules["own"].VERSION, sys.modules["own"].PLACE) == ("1.5", f"{wheel}/blot.py")
    assert sys.path == [*before, str(wheel)]
    tt.addons.disable("own")
    assert sys.path == before and "blot" not in sys.modules


def test_a_wheel_with_compiled_code_is_unpacked_into_the_cache(addon, home):
    path = addon("native", USES, requires=["blot"])
    tag = f"cp{sys.version_info.major}{sys.version_info.minor}-cp{sys.version_info.major}{sys.version_info.minor}-linux_" + os.uname().machine
    write_wheel(path / "wheels", "blot", "1.0", tag=tag, files={"_blot" + sysconfig.get_config_var("EXT_SUFFIX"): "compiled"})
    tt.addons.enable("native")
    place = sys.modules["native"].PLACE
    assert place.startswith(str(home / "cache" / "tintype" / "addons" / "native" / "blot-1.0-")) and os.path.isfile(place)
    # The second time it is there.
    stamp = os.stat(place).st_mtime_ns
    tt.addons.reload("native")
    assert os.stat(place).st_mtime_ns == stamp


def test_what_a_wheel_needs_itself_is_looked_for_too(addon):
    path = addon("deep", USES, requires=["blot"])
    write_wheel(path / "wheels", "blot", "1.0", requires=["dab>=2", "never; extra == 'all'"])
    with pytest.raises(tt.AddonError, match="are not there: dab>=2. Install"):
        tt.addons.enable("deep")
    write_wheel(path / "wheels", "dab", "2.1")
    assert tt.addons.enable("deep").state == "on"


@pytest.mark.parametrize("name", ["blot.whl", "blot-1.0-py3-none-any.whl"])
def test_what_is_no_wheel_is_named(addon, name):
    path = addon("own", USES, requires=["blot"])
    (path / "wheels").mkdir()
    (path / "wheels" / name).write_text("no zip")
    with pytest.raises(tt.AddonError, match=f"Own [(]own[)]: .*wheels/{name} is no wheel that can be used: "):
        tt.addons.enable("own")


def test_the_wheel_of_one_that_is_on_serves_another(addon):
    first, second = addon("first", USES, requires=["blot"]), addon("second", USES, requires=["blot"])
    write_wheel(first / "wheels", "blot", "1.0")
    tt.addons.enable("first")
    # The wheel of the first is there for the second as well.
    tt.addons.enable("second")
    assert sys.modules["second"].PLACE.startswith(str(first))
    assert second.is_dir()
    tt.addons.disable("second")
    tt.addons.disable("first")


@pytest.mark.parametrize(
    "mine, theirs, fit",
    [
        ("blot>=2", "blot<2", False),
        ("blot==1.5", "blot==1.6", False),
        ("blot~=1.4", "blot>=2", False),
        ("Blot>=2.0", "blot<1.9.5", False),
        ("blot>=1,<2", "blot>=1.5", True),
        ("blot<2", "blot>1.99", True),
        ("blot!=1.0", "blot", True),
        ("blot==1.*", "blot>=1.2", True),
        ("blot==1.*", "blot==2.*", False),
    ],
)
def test_needs_that_contradict_those_of_another_are_told_before_anything_is_changed(addon, mine, theirs, fit):
    for id, needs in (("one", theirs), ("two", mine)):
        path = addon(id, "", requires=[needs])
        for version in ("1.4", "1.5", "1.6", "1.9.9", "2.0"):
            if id == "one":
                write_wheel(path / "wheels", "blot", version)
    tt.addons.enable("one")
    before = list(sys.path), set(sys.modules)
    try:
        tt.addons.enable("two")
    except tt.AddonError as error:
        if fit:
            assert "no version is right for both" not in str(error)
        else:
            assert str(error).startswith("Two (two) needs ") and "One (one), which is on, needs blot" in str(error)
            assert "no version is right for both. Switch the other one off first" in str(error)
        assert (list(sys.path), set(sys.modules)) == before
    else:
        assert fit


def with_byte(data, place, value):
    """A zip file in which this byte of each entry's central header, and that of its local one, has this value."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\1\2", place), (b"PK\3\4", place - 2)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            changed[at + offset] = value
    return bytes(changed)


BREAKAGES = {
    "bits": lambda data: data.replace(b"Metadata-Version", b"Metadata-Vorsien"),
    "encrypted": lambda data: with_byte(data, 8, 1),
    "compression": lambda data: with_byte(data, 10, 97),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_wheel_that_is_damaged_is_named_with_its_addon(addon, breakage):
    path = addon("own", USES, requires=["blot"])
    wheel = write_wheel(path / "wheels", "blot", "1.0")
    wheel.write_bytes(BREAKAGES[breakage](wheel.read_bytes()))
    with pytest.raises(tt.AddonError) as caught:
        tt.addons.enable("own")
    assert str(caught.value).startswith(f"Own (own): {wheel} is no wheel that can be used: ")
    assert tt.addons.get("own").state == "off"


def test_a_wheel_with_a_bad_stream_of_compressed_metadata_is_named(addon):
    path = addon("own", USES, requires=["blot"])
    wheel = write_wheel(path / "wheels", "blot", "1.0")
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("blot-1.0.dist-info/METADATA", "Name: blot\n" * 100)
    data = bytearray(wheel.read_bytes())
    start = data.index(b"METADATA") + len(b"METADATA")
    data[start : start + 8] = b"\xff" * 8
    wheel.write_bytes(data)
    with pytest.raises(tt.AddonError, match="Own [(]own[)]: .*blot-1.0-py3-none-any.whl is no wheel that can be used: Error -3"):
        tt.addons.enable("own")


def test_metadata_without_end_is_not_read(addon):
    path = addon("own", USES, requires=["blot"])
    wheel = write_wheel(path / "wheels", "blot", "1.0")
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("blot-1.0.dist-info/METADATA", "w") as file:
        for _ in range(64):
            file.write(bytes(1 << 20))
    with pytest.raises(tt.AddonError, match="is no wheel that can be used: its METADATA is longer than 1048576 bytes"):
        tt.addons.enable("own")


def test_a_wheel_without_metadata_is_named(addon):
    path = addon("own", USES, requires=["blot"])
    wheel = write_wheel(path / "wheels", "blot", "1.0")
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("blot.py", "")
    with pytest.raises(tt.AddonError, match="it must have one METADATA, and has 0"):
        tt.addons.enable("own")
