# The rules of the house: each looks at the sources of a checkout and says, as lines of text, where they break it.
# SPDX-License-Identifier: GPL-3.0-or-later
import re
from pathlib import Path

from sources import ROOMS

MAY_INCLUDE = {
    "core": ("core",),
    "scripting": ("core", "scripting"),
    "ui": ("core", "scripting", "ui"),
    "app": ROOMS,
}
PYTHON = re.compile(r"^(Python\.h|pybind11/|structmember\.h)")
ENGINES = re.compile(r"^(vips/|opencv2/|glib)")
RAW_GIL = re.compile(r"\b(PyEval_(?:Save|Restore|Acquire|Release)\w*|PyGILState_\w+|PyThreadState_\w+)\b")
MAY_TOUCH_GIL = re.compile(r"^scripting/(Gil|Interpreter|PythonThread|PyCallable)\.(h|cpp)$")
MAY_NOT_LINK = {
    "core": re.compile(r"tintype_(scripting|ui|window)|Python3::|pybind11|Qt6::(Widgets|Gui)|QScintilla"),
    "scripting": re.compile(r"tintype_(ui|window)|Python3::Python|PkgConfig::VIPS|OpenCV|Qt6::Widgets"),
    "ui": re.compile(r"tintype_window|Python3::|pybind11|PkgConfig::VIPS|OpenCV"),
}
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"


def _rooms(files):
    return [source for source in files if source.is_cpp and source.room in ROOMS]


def rooms_link_one_way(root, files):
    """A room includes only itself and the rooms below it: app, ui, scripting, core."""
    for source in _rooms(files):
        for name, quoted in source.includes:
            room = name.split("/", 1)[0]
            if quoted and room in ROOMS and room not in MAY_INCLUDE[source.room]:
                yield f"{source.path}: {source.room} may not include {name}"


def targets_link_one_way(root, files):
    for source in files:
        forbidden = MAY_NOT_LINK.get(source.room)
        if forbidden and source.path == f"{source.room}/CMakeLists.txt":
            for call in re.findall(r"target_link_libraries\([^)]*\)", source.text):
                for match in forbidden.finditer(call):
                    yield f"{source.path}: {source.room} may not link {match[0]}"


def includes_read_from_the_root(root, files):
    """Includes in quotes name a file from the root of the checkout; none climbs with `..`."""
    for source in files:
        for name, quoted in source.includes:
            if ".." in name:
                yield f"{source.path}: {name} climbs; write it from the root"
            elif quoted and not name.endswith(".moc") and not (Path(root) / name).is_file():
                yield f"{source.path}: there is no file {name}, seen from the root"


def core_knows_neither_python_nor_widgets(root, files):
    widgets = {p.name for p in Path("/usr/include").glob("*/qt6/QtWidgets/*")} | {"QWidget", "QApplication"}
    for source in _rooms(files):
        for name, _ in source.includes if source.room == "core" else ():
            if PYTHON.match(name) or name.startswith("QtWidgets/") or name in widgets:
                yield f"{source.path}: core may not include {name}"


def engines_stay_inside_core(root, files):
    """libvips and OpenCV: in core only, and there in .cpp files and private headers."""
    for source in _rooms(files):
        private = source.path.startswith("core/pixels/vips/") or source.path.endswith("Private.h")
        if source.room == "core" and (private or not source.is_header):
            continue
        for name, _ in source.includes:
            if ENGINES.match(name):
                yield f"{source.path}: {name} may be included only by core's .cpp files and private headers"


def python_stays_inside_scripting(root, files):
    """Python.h and pybind11: in scripting, and in the program's launcher."""
    for source in _rooms(files):
        if source.room in ("ui", "app") and source.path != "app/PythonLauncher.cpp":
            for name, _ in source.includes:
                if PYTHON.match(name):
                    yield f"{source.path}: {name} may be included only in scripting and app/PythonLauncher.cpp"


def public_headers_stay_clean(root, files):
    """What another room includes leads, through however many headers, neither to Python nor to libvips nor to OpenCV."""
    by_path = {source.path: source for source in files if source.is_cpp}
    for source in _rooms(files):
        for name, quoted in source.includes:
            if not quoted or name.split("/", 1)[0] == source.room:
                continue
            for header in _reachable(name, by_path):
                for inner, _ in header.includes:
                    if PYTHON.match(inner) or ENGINES.match(inner):
                        yield f"{source.path}: {name} leads to {inner} in {header.path}"


def _reachable(name, by_path):
    seen, waiting = set(), [name]
    while waiting:
        header = by_path.get(waiting.pop())
        if header and header.path not in seen:
            seen.add(header.path)
            waiting += [inner for inner, quoted in header.includes if quoted]
            yield header


def raw_gil_calls_stay_in_four_files(root, files):
    for source in _rooms(files):
        for call in RAW_GIL.findall(source.code) if not MAY_TOUCH_GIL.match(source.path) else ():
            yield f"{source.path}: {call} belongs into scripting's Gil, Interpreter, PythonThread or PyCallable"


def nobody_processes_events(root, files):
    for source in _rooms(files):
        if re.search(r"\bprocessEvents\b", source.code):
            yield f"{source.path}: processEvents runs somebody else's code in the middle of ours"


def nothing_is_a_singleton(root, files):
    singleton = re.compile(r"\bstatic\s+[\w:<>]+\s*[&*]\s*(instance|self|get\w*Instance)\s*\(|\bQ_GLOBAL_STATIC\b")
    for source in _rooms(files):
        for match in singleton.finditer(source.code):
            yield f"{source.path}: a singleton: {match[0]}"


def files_open_with_what_they_keep(root, files):
    """The first line is a sentence about the file, and its comment ends with the licence."""
    for source in files:
        mark = "//" if source.is_cpp else "#"
        lines = source.text.splitlines()
        if lines and lines[0].startswith("#!"):
            lines = lines[1:]
        opening = []
        for line in lines:
            if not line.startswith(mark + " "):
                break
            opening.append(line[len(mark) + 1 :])
        if SPDX not in opening[1:] or not opening[opening.index(SPDX) - 1].rstrip().endswith("."):
            yield f"{source.path}: must open with a sentence about what it keeps, and then the line '{mark} {SPDX}'"


def nothing_is_left_to_do(root, files):
    """No notes about unfinished work, no paths of somebody's machine."""
    note = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b|\.\./sha" r"red|/wo" r"rk/|/ho" r"me/\w+|/ro" r"ot/")
    for source in files:
        for number, line in enumerate(source.text.splitlines(), 1):
            if note.search(line):
                yield f"{source.path}:{number}: {line.strip()}"


_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_POLICY = re.compile(r"// GIL: (?:(keeps|releases) it|(?:these|the first) (two|three|four|five|six)|(these|all of these|the rest))\b")
_BINDING = re.compile(r"[.>]def(?:_\w+)?\(")


def bindings_name_their_gil_policy(root, files):
    """Above each binding, or each counted group of them, stands `// GIL: keeps it` or `// GIL: releases it`."""
    for source in files:
        covered = 0.0
        if not source.path.startswith("scripting/api/") or not source.path.endswith(".cpp"):
            continue
        for number, line in enumerate(source.text.splitlines(), 1):
            policy = _POLICY.search(line)
            if policy:
                covered = 1 if policy[1] else _COUNTS[policy[2]] if policy[2] else float("inf")
            elif line.startswith("}"):
                covered = 0
            elif _BINDING.search(line):
                if covered < 1:
                    yield f"{source.path}:{number}: say above the binding what it does with the GIL: {line.strip()}"
                covered -= 1
