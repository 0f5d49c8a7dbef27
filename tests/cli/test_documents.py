# Runs the Python texts of the README and the documentation, so that they promise only what runs.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re

import pytest

SOURCE = pathlib.Path(os.environ["TINTYPE_SOURCE"])
DOCUMENTS = [SOURCE / "README.md", *sorted((SOURCE / "docs").glob("*.md"))]
TEXTS = [
    pytest.param(text, id=f"{path.name}:{number}")
    for path in DOCUMENTS
    for number, text in enumerate(re.findall(r"^```python\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE), 1)
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_runs(tintype, script, tmp_path, text):
    done = tintype("run", "--quiet", str(script(text)), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    # A comment behind a print may say what it prints.
    for said in re.findall(r"^print\(.*\)\s+# prints (.+)$", text, re.MULTILINE):
        assert said in done.stdout


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_map_names_the_rooms_that_are_there():
    readme = (SOURCE / "README.md").read_text(encoding="utf-8")
    for folder in ("app", "core", "scripting", "ui", "tests", "tools", "docs", "examples"):
        assert f"\n{folder}/ " in readme and (SOURCE / folder).is_dir()
    for folder in (path.name for path in (SOURCE / "core").iterdir() if path.is_dir()):
        assert f"\n  {folder}/ " in readme
