# What the sources say of each binding: whether it keeps the GIL, or releases it, and why; and whether that is right.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import re
from typing import NamedTuple

_COMMENT = re.compile(r"^\s*// (.*)$")
_BINDING = re.compile(r"(?:def|def_static|def_property_readonly)\(\s*\"(\w+)\"")
_HEADER = re.compile(r"^    \{\"(\w+)\", \[\]\(const ImageInfo&")

# Those that release the GIL although they are short, because somebody may hold the lock that they want, or because the
# pipeline of a new image is built. Their policy says "may wait", and no other one does.
MAY_WAIT = {
    "AddedOperationsBinding": {"add_operation", "remove_operation"},
    "ColourMapsBinding": {"add_colour_map", "colour_maps", "colours_of", "remove_colour_map"},
    "DocumentBinding": {
        "current_image", "document_image", "image_names", "open_image", "open_project", "project_is_modified", "project_path",
        "remove_image", "remove_script", "rename_image", "save_project", "scripts", "set_current_image", "set_image", "set_script",
    },
    "EventsBinding": {"name_of", "rest_events", "take_happenings", "watch_events"},
    "FormatsBinding": {"add_file_format", "bring_formats_by", "file_format_ids", "remove_file_format"},
    "HistoryBinding": {"end_group", "history_titles", "new_group"},
    "ImageBinding": {"_plane", "_type_of", "get", "get_fields"},
    "PanelBinding": {
        "add", "clear", "edit", "panel_ids", "press", "remove", "set_enabled", "set_value", "show_image", "show_plot", "show_progress",
        "show_table", "show_text",
    },
}  # fmt: skip


class Policy(NamedTuple):
    keeps: bool
    text: str
    place: str

    @property
    def says_may_wait(self):
        return "may wait" in self.text

    @property
    def needs_gil(self):
        """Python objects can be made with the GIL only, however many they are."""
        return self.keeps and "objects" in self.text


def may_wait(name):
    file, _, binding = name.partition(".")
    return binding in MAY_WAIT.get(file, ())


def is_right(name, policy, nanoseconds, even):
    """Keeping is right for what is shorter than the break-even, releasing for what is longer or may have to wait."""
    if policy.keeps:
        return nanoseconds <= even or policy.needs_gil
    return nanoseconds >= even or policy.says_may_wait and may_wait(name)


def policies(root):
    """{"ImageBinding.width": Policy} of all functions and properties that scripting/api binds, by file and name."""
    found = {}
    for path in sorted(pathlib.Path(root, "scripting/api").glob("*.cpp")):
        _read(path, found)
    return found


def _read(path, found):
    said, comment = None, []
    lines = path.read_text(encoding="utf-8").split("\n")

    def add(name, keeps, text, number):
        if f"{path.stem}.{name}" in found:
            raise ValueError(f"{path.name}:{number + 1}: the file binds {name!r} twice, so that one of them would not be looked at")
        found[f"{path.stem}.{name}"] = Policy(keeps, text, f"{path.name}:{number + 1}")

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
            add(name[1], "keep" in said.split(",")[0], said, number)
        header = _HEADER.match(line)
        if header:
            add(header[1], True, "keeps it once the header is known", number)
