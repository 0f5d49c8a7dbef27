# Holds the sources against the rules of the house, and proves for each rule that it can fail.
# SPDX-License-Identifier: GPL-3.0-or-later
import functools
import os
import pathlib
import shutil
import warnings

import pytest

import rules
from sources import CODE_FOLDERS, OTHER_FOLDERS, sources

ROOT = pathlib.Path(os.environ.get("TINTYPE_SOURCE") or pathlib.Path(__file__).parents[2])
OPENING = "// Planted.\n// SPDX-License-Identifier: GPL-3.0-or-later\n"

# A rule, the file that is planted (or added to, where it stands), and the text that breaks the rule.
PLANTED = [
    (rules.rooms_link_one_way, "core/Planted.cpp", '#include "ui/DocumentModel.h"\n'),
    (rules.rooms_link_one_way, "scripting/Planted.h", '#include "ui/DocumentModel.h"\n'),
    (rules.rooms_link_one_way, "ui/Planted.cpp", '#include "app/CommandLine.h"\n'),
    (rules.targets_link_one_way, "core/CMakeLists.txt", "target_link_libraries(tintype_core PRIVATE Python3::Python)\n"),
    (rules.targets_link_one_way, "ui/CMakeLists.txt", "target_link_libraries(tintype_ui PRIVATE PkgConfig::VIPS)\n"),
    (rules.includes_read_from_the_root, "core/recipe/Planted.cpp", '#include "../Error.h"\n'),
    (rules.includes_read_from_the_root, "core/recipe/Planted.cpp", '#include "Node.h"\n'),
    (rules.core_knows_neither_python_nor_widgets, "core/Planted.cpp", "#include <Python.h>\n"),
    (rules.core_knows_neither_python_nor_widgets, "core/Planted.h", "#include <pybind11/pybind11.h>\n"),
    (rules.core_knows_neither_python_nor_widgets, "core/Planted.h", "#include <QWidget>\n"),
    (rules.engines_stay_inside_core, "core/Planted.h", "#include <vips/vips.h>\n"),
    (rules.engines_stay_inside_core, "core/Planted.h", "#include <opencv2/core.hpp>\n"),
    (rules.engines_stay_inside_core, "ui/Planted.cpp", "#include <vips/vips.h>\n"),
    (rules.engines_stay_inside_core, "scripting/Planted.cpp", "#  include <opencv2/core.hpp>\n"),
    (rules.python_stays_inside_scripting, "ui/Planted.cpp", "#include <Python.h>\n"),
    (rules.python_stays_inside_scripting, "app/window/Planted.cpp", "#include <pybind11/embed.h>\n"),
    (rules.public_headers_stay_clean, "scripting/WindowBridge.h", "#include <Python.h>\n"),
    (rules.public_headers_stay_clean, "core/recipe/Value.h", "#include <vips/vips.h>\n"),
    (rules.raw_gil_calls_stay_in_four_files, "scripting/Planted.cpp", "void f() { PyGILState_Ensure(); }\n"),
    (rules.raw_gil_calls_stay_in_four_files, "ui/Planted.cpp", "void f() { PyEval_SaveThread(); }\n"),
    (rules.nobody_processes_events, "ui/Planted.cpp", "void f() { QCoreApplication::processEvents(); }\n"),
    (rules.nothing_is_a_singleton, "core/Planted.h", "class A { public: static A& instance(); };\n"),
    (rules.nothing_is_left_to_do, "core/Planted.cpp", "// TO" "DO: finish\n"),
    (rules.bindings_name_their_gil_policy, "scripting/api/Planted.cpp", 'void f() {\n    module.def("g", [] {});\n}\n'),
    (
        rules.bindings_name_their_gil_policy,
        "scripting/api/Planted.cpp",
        'void f() {\n    // GIL: keeps it.\n    module.def("g", [] {});\n    module.def("h", [] {});\n}\n',
    ),
]
OPENINGS = {
    "core/Planted.cpp": "#include <string>\n",
    "core/Planted.h": "// Planted.\n#pragma once\n",
    "tests/planted.py": '"""Planted."""\n',
    "cmake/Planted.cmake": "# SPDX-License-Identifier: GPL-3.0-or-later\n",
}
RULES = list(dict.fromkeys([rule for rule, _, _ in PLANTED] + [rules.files_open_with_what_they_keep]))


def broken(rule, root):
    return list(rule(root, sources(root)))


@functools.cache
def broken_here(rule):
    return broken(rule, ROOT)


@pytest.fixture
def copy(tmp_path):
    for folder in CODE_FOLDERS + OTHER_FOLDERS:
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "CMakeLists.txt", tmp_path)
    return tmp_path


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_sources_keep_the_rule(rule):
    assert broken_here(rule) == []


@pytest.mark.parametrize("rule, path, text", PLANTED, ids=lambda value: getattr(value, "__name__", ""))
def test_a_planted_violation_is_found(copy, rule, path, text):
    planted = copy / path
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text((planted.read_text() if planted.exists() else OPENING) + text)
    assert len(broken(rule, copy)) > len(broken_here(rule))


@pytest.mark.parametrize("path, text", OPENINGS.items())
def test_a_file_without_its_opening_is_found(copy, path, text):
    (copy / path).write_text(text)
    found = [line for line in broken(rules.files_open_with_what_they_keep, copy) if line.startswith(path)]
    assert len(found) == 1


def test_comments_are_not_code(copy):
    (copy / "ui/Planted.cpp").write_text(OPENING + "// #include <Python.h>\n/*\n#include <Python.h>\nPyEval_SaveThread\n*/\n")
    for rule in (rules.python_stays_inside_scripting, rules.raw_gil_calls_stay_in_four_files):
        assert broken(rule, copy) == broken_here(rule)


def test_every_folder_is_looked_at():
    assert {"core", "scripting", "ui", "app", "tests", "cmake", "tools"} <= {source.room for source in sources(ROOT)}


def test_long_files_are_named():
    for source in sources(ROOT):
        lines = source.text.count("\n")
        allowed = 150 if source.is_header else 300
        if source.is_cpp and lines > allowed:
            warnings.warn(f"{source.path} has {lines} lines, more than {allowed}: look for a missing name")
