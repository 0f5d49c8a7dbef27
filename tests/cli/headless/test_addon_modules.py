# Tests of `tintype run -m` with the name of an add-on.
# SPDX-License-Identifier: GPL-3.0-or-later
import pytest


@pytest.fixture
def addon(tintype, tmp_path):
    """An add-on with a command, and the person's folders for it."""
    home = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    home |= {"TINTYPE_ADDONS": str(tmp_path)}
    assert tintype("addon", "new", "Speaks", cwd=tmp_path, env=home).returncode == 0
    (tmp_path / "speaks" / "speaks" / "__main__.py").write_text("import sys\nprint('spoken', *sys.argv[1:])\nsys.exit(3)\n")
    return home


def test_an_add_on_that_is_on_runs_by_its_name(tintype, addon, tmp_path):
    assert tintype("addon", "enable", "speaks", env=addon).returncode == 0
    done = tintype("run", "-m", "speaks", "one", "--two", cwd=tmp_path / "config", env=addon)
    assert (done.stdout, done.returncode) == ("spoken one --two\n", 3)


def test_one_that_is_off_is_named_with_what_to_do(tintype, addon, tmp_path):
    done = tintype("run", "-m", "speaks", cwd=tmp_path / "speaks" / "tests", env=addon)
    assert done.returncode == 1 and done.stderr.endswith("switch it on with: tintype addon enable speaks\n")
    done = tintype("run", "-m", "no_such_module", env=addon)
    assert done.returncode == 1 and "No module named no_such_module" in done.stderr


def test_one_that_fails_says_why(tintype, addon, tmp_path):
    assert tintype("addon", "enable", "speaks", env=addon).returncode == 0
    (tmp_path / "speaks" / "speaks" / "__init__.py").write_text("import no_such_thing\n")
    done = tintype("run", "-m", "speaks", cwd=tmp_path / "config", env=addon)
    assert done.returncode == 1 and "no_such_thing" in done.stderr and "AttributeError" not in done.stderr


def test_a_module_of_the_current_folder_goes_first(tintype, addon, tmp_path):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "speaks.py").write_text("print('the one here')")
    assert tintype("addon", "enable", "speaks", env=addon).returncode == 0
    done = tintype("run", "-m", "speaks", cwd=tmp_path / "here", env=addon)
    assert done.stdout == "the one here\n"


def test_a_part_of_an_add_on_may_be_what_is_imported_first(tintype, addon, tmp_path):
    package = tmp_path / "speaks" / "speaks"
    (package / "part.py").write_text("WORD = 'heard'")
    (package / "__init__.py").write_text("from . import part\n" + (package / "__init__.py").read_text())
    assert tintype("addon", "enable", "speaks", env=addon).returncode == 0
    code = "import tintype; from speaks.part import WORD; print(WORD, tintype.addons.get('speaks').state)"
    assert tintype("run", "-c", code, env=addon).stdout == "heard on\n"
    shout = "import tintype as tt\nfrom speaks.part import WORD\nprint(tt.parallel.map(str.upper, [WORD], executor='processes'))"
    assert tintype("run", "-c", shout, env=addon).stdout == "['HEARD']\n"
