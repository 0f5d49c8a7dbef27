# Tests of the add-on Hot folder: routing scripts say where results go, and what is wrong with them is told.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import shutil
import sqlite3

import pytest
import tintype as tt

EXAMPLES = pathlib.Path(__file__).parents[1] / "examples"


def test_results_go_where_the_script_says(place, invert):
    place.write("routes/by_light.py", """
def route(path, metadata):
    assert path.name == metadata["name"] and metadata["width"] == 40 and metadata["bands"] == 1
    assert metadata["format"] == "uchar" and metadata["size"] > 0 and metadata["xres"] and metadata["height"] == 30
    return ["dark"] if metadata["mean"] < 100 else ["light/one", "light/two"]
""")
    place.put("a.png", 1)
    place.put("b.png", 200)
    place.run(recipe=invert, routes=place.root / "routes")
    assert place.results() == {"dark/a.png": 253, "light/one/b.png": 54, "light/two/b.png": 54}


def test_several_scripts_are_asked_in_the_order_of_their_names(place, invert):
    place.write("routes/2.py", "def route(path, metadata): return ['b', 'c']")
    place.write("routes/1.py", "import helper\ndef route(path, metadata): return helper.FOLDERS")
    place.write("routes/3.py", "def route(path, metadata): pass")
    place.write("routes/_unused.py", "1 / 0")
    place.write("routes/helper.py", "FOLDERS = ('a', 'b')\ndef route(path, metadata): return None")
    place.put("p.png", 1)
    place.run(recipe=invert, routes=place.root / "routes")
    assert [line.partition("done, ")[2] for line in place.said] == [", ".join(str(place.out / one / "p.png") for one in "abc")]


def test_none_means_the_results_folder_and_an_empty_list_nowhere(place, invert):
    route = place.write("route.py", "def route(path, metadata): return None if path.stem == 'a' else []")
    place.put("a.png", 1)
    place.put("b.png", 2)
    place.run(recipe=invert, routes=route)
    assert place.results() == {"a.png": 253} and place.states() == {"a.png": "done", "b.png": "done"}
    assert "b.png: done, kept nowhere" in place.said


def test_connections_are_opened_once_in_each_worker(place, invert):
    route = place.write("route.py", f"""
import os

def on_load():
    open({str(place.root / "loads")!r}, "a").write(f"{{os.getpid()}}\\n")

def route(path, metadata):
    return [str(os.getpid())]
""")
    for number in range(12):
        place.put(f"{number}.png", number)
    place.run(recipe=invert, routes=route)
    loads = (place.root / "loads").read_text().split()
    asked = {name.partition("/")[0] for name in place.results()}
    assert len(loads) == len(set(loads)) and set(loads) == asked and len(place.results()) == 12


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("'folder'", "route must return a list of folders or None, not 'folder'"),
        ("7", "route must return a list of folders or None, not 7"),
        ("[7]", "route must return folders as texts or paths, not 7"),
        ("['']", "route must return folders as texts or paths, not ''"),
        ("[metadata['watch']]", "KeyError: 'watch'"),
        ("[path.parent]", "is the watched folder, or lies in it"),
        ("['/proc/no/such']", "/proc/no"),
        ("exit()", "SystemExit"),
    ],
)
def test_what_is_wrong_with_an_answer_is_told_after_the_retries(place, invert, answer, said):
    route = place.write("route.py", f"def route(path, metadata):\n    return {answer}\n")
    place.put("a.png", 1)
    place.run(recipe=invert, routes=route, retries=1)
    entry = place.entry("a.png")
    assert (entry.state, entry.tries) == ("failed", 2) and said in entry.error
    assert place.results() == {}


def test_the_traceback_shows_the_script_and_nothing_of_ours(place):
    route = place.write("route.py", "def route(path, metadata):\n    return 1 / 0\n")
    place.put("a.png", 1)
    place.run(routes=route, retries=0)
    assert place.entry("a.png").error == (
        f'Traceback (most recent call last):\n  File "{route}", line 2, in route\n    return 1 / 0\n           ~~^~~\n'
        "ZeroDivisionError: division by zero\n"
    )


def test_the_picture_is_not_processed_again_when_only_the_route_fails(place):
    script = place.write("count.py", f"""
def process(image, info):
    open({str(place.root / "calls")!r}, "a").write("x")
    return image
""")
    route = place.write("route.py", f"""
import pathlib

def route(path, metadata):
    mark = pathlib.Path({str(place.root / "tried")!r})
    tries = len(mark.read_text()) if mark.exists() else 0
    mark.write_text("x" * (tries + 1))
    if tries < 2:
        raise ConnectionError("not there yet")
    return ["there"]
""")
    place.put("a.png", 1)
    place.run(recipe=script, routes=route)
    assert (place.root / "calls").read_text() == "x" and place.results() == {"there/a.png": 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def rote(path, metadata): pass", "there is no function route"),
        ("import no_such_package", "cannot be imported: ModuleNotFoundError: No module named 'no_such_package'"),
        ("on_load = 3\ndef route(path, metadata): pass", "on_load must be a function, not 3"),
        ("def route(", "cannot be imported: SyntaxError"),
    ],
)
def test_a_script_that_cannot_be_loaded_is_told_before_anything_is_done(place, invert, text, said):
    place.write("routes/bad.py", text)
    place.put("a.png", 1)
    with pytest.raises(tt.ParameterError, match="bad.py.*" + said):
        place.run(recipe=invert, routes=place.root / "routes")
    assert place.journal().counts() == {"busy": 0}


def test_a_recipe_that_cannot_be_used_is_told_before_anything_is_done(place):
    place.put("a.png", 1)
    with pytest.raises(tt.FileError, match="none.json"):
        place.run(recipe=place.root / "none.json")
    with pytest.raises(tt.ParameterError, match="there is no function process"):
        place.run(recipe=place.write("empty.py", ""))
    with pytest.raises(tt.FileError, match="no_such_routes"):
        place.run(routes=place.root / "no_such_routes")


def test_the_example_that_asks_a_database(place):
    (place.root / "routes").mkdir()
    shutil.copy(EXAMPLES / "route_by_sqlite.py", place.root / "routes")
    with sqlite3.connect(place.root / "routes" / "destinations.sqlite") as database:
        database.execute("CREATE TABLE destination (barcode TEXT, folder TEXT)")
        database.executemany("INSERT INTO destination VALUES (?, ?)", [("4711", "north"), ("4711", "copies"), ("O'Hara", "south")])
    script = place.write("read.py", """
def process(image, info):
    if image.avg() > 100:
        info["barcode"] = "4711"
    return image
""")
    for name, number in (("4711", 1), ("O'Hara", 2), ("scan17", 120), ("x' OR 'x' = 'x", 3)):
        place.put(f"{name}.png", number)
    place.run(recipe=script, routes=place.root / "routes")
    assert place.results() == {
        "north/4711.png": 2, "copies/4711.png": 2, "south/O'Hara.png": 3, "north/scan17.png": 121, "copies/scan17.png": 121,
        "unknown/x' OR 'x' = 'x.png": 4,
    }  # fmt: skip
