# The source files of a checkout, as the rules of the house read them.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import re

ROOMS = ("core", "scripting", "ui", "app")
CODE_FOLDERS = ROOMS + ("tests", "plugins")
OTHER_FOLDERS = ("cmake", "tools", "examples", ".ci")

_COMMENT = re.compile(r'//[^\n]*|/\*.*?\*/|("(?:\\.|[^"\\\n])*")', re.DOTALL)
_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


class Source:
    """One file: its path inside the checkout and its text."""

    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.room = self.path.split("/", 1)[0]
        self.is_header = self.path.endswith(".h")
        self.is_cpp = self.path.endswith((".cpp", ".h"))
        # Without comments; line numbers stay.
        self.code = _COMMENT.sub(lambda m: m.group(1) or "\n" * m.group(0).count("\n"), self.text) if self.is_cpp else ""
        # Pairs: the name, and whether it stands in quotes.
        self.includes = [(name, bracket == '"') for bracket, name in _INCLUDE.findall(self.code)]


def _is_source(path):
    if path.suffix in (".cpp", ".h", ".py", ".pyi", ".cmake", ".conf") or path.name == "CMakeLists.txt":
        return True
    return path.suffix == "" and path.read_bytes()[:2] == b"#!"


def sources(root):
    root = pathlib.Path(root)
    files = [root / "CMakeLists.txt"]
    for folder in CODE_FOLDERS + OTHER_FOLDERS:
        files += sorted(p for p in (root / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return [Source(root, path) for path in files if _is_source(path)]
