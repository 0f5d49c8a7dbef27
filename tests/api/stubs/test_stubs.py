# The type stub: it says what is there, type checkers accept the examples with it, and refuse mistakes.
# SPDX-License-Identifier: GPL-3.0-or-later
import ast
import inspect
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

import tintype as tt

SOURCE = pathlib.Path(os.environ["TINTYPE_SOURCE"])
PACKAGE = pathlib.Path(tt.__file__).parent
STUB = PACKAGE / "__init__.pyi"
ALLOWED = pathlib.Path(__file__).parent / "stubtest.allow"

CATCHES = '''
import tintype as tt

im = tt.Image.black(8, 8)
im.gausblur(2)
im.gaussblur("2")
im.resize(2.0, kernel="lanczos9")
tt.ops.gaussblur()
tt.ui.mesage("Done")
text: str = im.width
labels, found = im.label(count=True)
found["cuont"]
'''


@pytest.fixture(scope="module")
def stubs(tmp_path_factory):
    """The stub without the Python files that lie beside it, so that nothing is read from those."""
    folder = tmp_path_factory.mktemp("stubs")
    (folder / "tintype").mkdir()
    for name in ("__init__.pyi", "_types.py", "py.typed"):
        shutil.copy(PACKAGE / name, folder / "tintype")
    for stub in PACKAGE.glob("*/__init__.pyi"):
        (folder / "tintype" / stub.parent.name).mkdir()
        shutil.copy(stub, folder / "tintype" / stub.parent.name)
    return folder


def run(*arguments, types):
    environment = os.environ | {"MYPYPATH": str(types)}
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)], cwd=types, env=environment, capture_output=True, text=True, timeout=250
    )


def mypy(stubs, *arguments):
    return run("mypy", "--cache-dir", stubs / "cache", *arguments, types=stubs)


def stubtest(folder):
    return run("mypy.stubtest", "tintype", "--concise", "--allowlist", ALLOWED, types=folder)


def test_the_stub_is_made_from_the_catalogue_and_the_bindings(tmp_path):
    catalogue, made = tmp_path / "catalogue.json", tmp_path / "made.pyi"
    with catalogue.open("w") as file:
        subprocess.run([os.environ["TINTYPE_PROGRAM"], "ops", "--json"], check=True, stdout=file, timeout=60)
    subprocess.run([sys.executable, SOURCE / "scripting/stubs", catalogue, made], check=True, timeout=60)
    for stub in [STUB, *PACKAGE.glob("*/__init__.pyi")]:
        written = made.parent / stub.parent.name / stub.name if stub != STUB else made
        assert written.read_text() == stub.read_text(), "the API has changed: run tools/stubs and commit what it writes"


def test_stub_and_running_package_agree(stubs):
    done = stubtest(stubs)
    assert done.returncode == 0, done.stdout + done.stderr


DIFFERENCES = [
    ("    def bandsplit(", "    def bandsplitt(", ["tintype.Image.bandsplit ", "tintype.Image.bandsplitt "]),
    ("    def median(self, size: int = 3,", "    def median(self, size: int,", ["tintype.Image.median "]),
    ("class FileError(Error, OSError)", "class FileErrors(Error, OSError)", ["tintype.FileError ", "tintype.FileErrors "]),
    ("def sleep(seconds: float)", "def sleep(time: float)", ["tintype.sleep "]),
]


def test_differences_are_found(stubs, tmp_path):
    shutil.copytree(stubs / "tintype", tmp_path / "tintype")
    text = STUB.read_text()
    for old, new, found in DIFFERENCES:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (tmp_path / "tintype/__init__.pyi").write_text(text)
    done = stubtest(tmp_path)
    assert done.returncode == 1
    for old, new, found in DIFFERENCES:
        for name in found:
            assert name in done.stdout


def members(declared):
    """What a class of the stub declares: name -> its arguments, or None for attributes and properties."""
    found = {}
    for node in declared.body:
        if isinstance(node, ast.FunctionDef):
            plain = not any(isinstance(mark, ast.Name) and mark.id == "property" for mark in node.decorator_list)
            found.setdefault(node.name, []).append(node.args if plain else None)
        elif isinstance(node, ast.AnnAssign):
            found[node.target.id] = [None]
    return found


def names_of(arguments):
    stars = [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
    every = arguments.posonlyargs + arguments.args + stars[:1] * bool(arguments.vararg) + arguments.kwonlyargs
    every += stars[-1:] * bool(arguments.kwarg)
    return [argument.arg.removeprefix("__") for argument in every if argument.arg != "self"]


OBJECTS = {
    f"_{type(thing).__name__}": thing
    for thing in [getattr(tt, name) for name in tt.__all__] + [tt.data.images, tt.data.scripts]
    if type(thing).__module__.startswith("tintype.") and not isinstance(thing, type(tt.ops.invert))
}


@pytest.mark.parametrize("name", OBJECTS)
def test_objects_have_what_the_stub_says_and_nothing_more(name):
    """stubtest looks at names of the package only, not into the objects that they stand for."""
    [declared] = [node for node in ast.parse(STUB.read_text()).body if isinstance(node, ast.ClassDef) and node.name == name]
    said = members(declared)
    thing = OBJECTS[name]
    own = {key for key in vars(type(thing)) | vars(thing) if not key.startswith("_")} if thing is not tt.ops else set(dir(thing))
    assert {key for key in said if not key.startswith("_")} == own
    for key in own:
        if said[key] != [None]:
            expected = list(inspect.signature(getattr(thing, key)).parameters)
            for arguments in said[key]:
                assert names_of(arguments) == expected, key


def test_mypy_accepts_the_stub_and_the_examples(stubs):
    done = mypy(stubs, "--strict", stubs / "tintype/__init__.pyi", *sorted(SOURCE.glob("examples/*.py")))
    assert done.returncode == 0, done.stdout + done.stderr


def with_its_own_operations(text, page):
    """The stub cannot know the operations that a page defines: the lines that use them are marked."""
    for first in set(re.findall(r'^@tt.operation\("(\w+)\.', page, re.MULTILINE)):
        text = re.sub(rf"^(.*\.{first}\..*?)( +#.*)?$", r"\1  # type: ignore[attr-defined]", text, flags=re.MULTILINE)
    return text


def test_mypy_accepts_what_the_pages_show(stubs, tmp_path):
    pages = [page.read_text() for page in [SOURCE / "README.md", *sorted(SOURCE.glob("docs/*.md"))]]
    blocks = [
        with_its_own_operations(text, page)
        for page in pages
        for text in re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        if "import tintype" in text
    ]
    assert len(blocks) >= 2
    for index, text in enumerate(blocks):
        (tmp_path / f"block{index}.py").write_text(text)
    done = mypy(stubs, "--check-untyped-defs", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_finds_what_would_fail(stubs, tmp_path):
    script = tmp_path / "catches.py"
    script.write_text(CATCHES)
    done = mypy(stubs, "--strict", script)
    lines = [int(number) for number in re.findall(r":(\d+): error:", done.stdout)]
    assert sorted(set(lines)) == [5, 6, 7, 8, 9, 10, 12], done.stdout
