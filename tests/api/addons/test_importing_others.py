# Add-ons that import other add-ons: these are started first, and what cannot be is named.
# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys

import pytest

import tintype as tt

TICKS = "import tintype as tt\ntt.timers.call_every(3600, print)\n"


def states(*ids):
    return [tt.addons.get(id).state for id in ids]


@pytest.mark.parametrize("importer, imported", [("alpha", "omega"), ("omega", "alpha")])
def test_one_that_another_imports_is_started_first_whatever_they_are_called(addon, restart, capsys, importer, imported):
    addon(imported, TICKS + "VALUE = 42\n")
    addon(importer, f"from {imported} import VALUE\n" + TICKS)
    tt.addons.enable(imported)
    tt.addons.enable(importer)
    restart()
    assert states("alpha", "omega") == ["on", "on"]
    assert sys.modules[importer].VALUE == 42
    assert [len(tt.addons.get(id).registered) for id in ("alpha", "omega")] == [1, 1]
    assert capsys.readouterr().err == ""


def test_a_chain_of_them_is_started_from_its_end(addon, restart):
    for id, needed in (("gamma", ""), ("beta", "gamma"), ("alpha", "beta")):
        addon(id, f"import {needed}\n" if needed else "")
        tt.addons.enable(id)
    restart()
    assert states("alpha", "beta", "gamma") == ["on", "on", "on"]


def test_each_runs_once_and_owns_what_it_registers(addon, restart):
    addon("omega", "import sys\nsys.omega_runs = getattr(sys, 'omega_runs', 0) + 1\n" + TICKS)
    addon("alpha", "import omega\n")
    tt.addons.enable("omega")
    tt.addons.enable("alpha")
    del sys.omega_runs
    restart()
    assert sys.omega_runs == 1
    del sys.omega_runs
    assert [len(tt.addons.get(id).registered) for id in ("alpha", "omega")] == [0, 1]


def test_one_that_is_off_is_named(addon):
    addon("omega")
    addon("alpha", "import omega\n")
    said = "No module named 'omega': the add-on omega is off. Switch it on: tintype addon enable omega"
    with pytest.raises(tt.AddonError, match=said):
        tt.addons.enable("alpha")


def test_one_that_has_failed_is_named_with_its_error(addon, restart, capsys):
    addon("omega", "import os\nif os.environ.get('OMEGA_FAILS'): raise ValueError('today')\n")
    addon("alpha", "import omega\n")
    tt.addons.enable("omega")
    tt.addons.enable("alpha")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMEGA_FAILS", "1")
        restart()
    assert states("alpha", "omega") == ["failed", "failed"]
    assert "No module named 'omega': the add-on Omega (omega) has failed: ValueError: today" in tt.addons.get("alpha").error
    said = capsys.readouterr().err
    assert said.count("Omega has failed at the start: ValueError: today") == 1


def test_one_whose_packages_are_missing_is_named_with_them(addon, restart, user_folder):
    path = addon("omega")
    addon("alpha", "import omega\n")
    tt.addons.enable("omega")
    tt.addons.enable("alpha")
    table = path / "addon.toml"
    table.write_text(table.read_text() + 'requires = ["unheard-of"]\n')
    restart()
    assert states("alpha", "omega") == ["failed", "failed"]
    assert "the add-on Omega (omega) has failed: Omega (omega) needs Python packages" in tt.addons.get("alpha").error


def test_those_that_import_each_other_are_named_in_their_order(addon, restart, capsys):
    addon("alpha", "import os\nif os.environ.get('CYCLE'): from beta import value\n")
    addon("beta", "import os\nif os.environ.get('CYCLE'): from gamma import value\n")
    addon("gamma", "import os\nif os.environ.get('CYCLE'): from alpha import value\n")
    for id in ("alpha", "beta", "gamma"):
        tt.addons.enable(id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CYCLE", "1")
        restart()
    assert states("alpha", "beta", "gamma") == ["failed"] * 3
    cycle = "These add-ons import each other: gamma imports alpha, which imports beta, which imports gamma"
    assert cycle in tt.addons.get("gamma").error
    assert cycle in tt.addons.get("alpha").error


def test_those_that_import_each_other_and_look_inside_later_are_on(addon, restart):
    addon("alpha", "import beta\n")
    addon("beta", "import os\nif os.environ.get('CYCLE'): import alpha\n")
    tt.addons.enable("beta")
    tt.addons.enable("alpha")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CYCLE", "1")
        restart()
    assert states("alpha", "beta") == ["on", "on"]


def test_a_callback_may_import_one_that_comes_later(addon, restart):
    addon("alpha", "import tintype as tt\ntt.on('alpha.asked', lambda event: __import__('omega').VALUE)\n")
    addon("omega", "VALUE = 7\n")
    tt.addons.enable("alpha")
    tt.addons.enable("omega")
    restart()
    assert [answer.result for answer in tt.ask_handlers("alpha.asked")] == [7]


def test_in_a_program_that_imports_one_both_are_there(addon):
    addon("omega", "VALUE = 42\n")
    addon("alpha", "from omega import VALUE\n")
    tt.addons.enable("omega")
    tt.addons.enable("alpha")
    done = subprocess.run([sys.executable, "-c", "import tintype, alpha\nprint(alpha.VALUE)"], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("42\n", "")
