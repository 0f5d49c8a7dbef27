# What the sources say of each binding: whether it keeps the GIL, or releases it, and why.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import re
from typing import NamedTuple

_COMMENT = re.compile(r"^\s*// (.*)$")
_BINDING = re.compile(r"(?:def|def_static|def_property_readonly)\(\s*\"(\w+)\"")
_HEADER = re.compile(r"^    \{\"(\w+)\", \[\]\(const ImageInfo&")


_REASON = re.compile(r"\b(because|since|for)\b|: ")


class Policy(NamedTuple):
    keeps: bool
    text: str
    place: str

    @property
    def reason(self):
        """Whether it says why."""
        return bool(_REASON.search(self.text))


def policies(root):
    """name -> Policy of all functions and properties that scripting/api binds."""
    found = {}
    for path in sorted(pathlib.Path(root, "scripting/api").glob("*.cpp")):
        _read(path, found)
    return found


def _read(path, found):
    said, comment = None, []
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        match = _COMMENT.match(line)
        if match:
            comment.append(match[1])
            continue
        text = " ".join(comment)
        if text.startswith("GIL: "):
            said = text[5:]
        comment = []
        # A name may stand on the line below its `def(`.
        name = _BINDING.search(line + lines[number + 1] if line.rstrip().endswith("(") and number + 1 < len(lines) else line)
        if name and said:
            found[name[1]] = Policy("keep" in said.split(",")[0], said, f"{path.name}:{number + 1}")
        header = _HEADER.match(line)
        if header:
            found[header[1]] = Policy(True, "keeps it once the header is known", f"{path.name}:{number + 1}")
