# Tests of the add-on Hot folder: what fails is tried again, listed, moved away, put back.
# SPDX-License-Identifier: GPL-3.0-or-later
import os

import tintype as tt


def test_what_fails_is_tried_again_and_then_listed(place):
    script = place.write("fail.py", "def process(image, info):\n    raise ValueError(f'no good: {int(image.avg())}')\n")
    place.put("a.png", 1)
    assert place.run(recipe=script, retries=2).is_unclean
    entry = place.entry("a.png")
    assert (entry.state, entry.tries) == ("failed", 3) and "fail.py\", line 2" in entry.error and "no good: 2" in entry.error
    assert [line for line in place.said if line.endswith("tried again in 0 s")] == place.said[:2]
    place.write("fail.py", "def process(image, info):\n    return image + 1\n")
    assert place.journal().retry() == 1
    place.run(recipe=script)
    assert place.states() == {"a.png": "done"} and place.results() == {"a.png": 3}


def test_a_script_that_ends_its_process_costs_an_attempt(place):
    script = place.write("crash.py", f"""
import os, pathlib

def process(image, info):
    mark = pathlib.Path({str(place.root)!r}, "crashed")
    if not mark.exists():
        mark.touch()
        os.abort()
    return image
""")
    for number in range(3):
        place.put(f"p{number}.png", number)
    place.run(recipe=script)
    assert set(place.states().values()) == {"done"} and len(place.results()) == 3
    assert any("the process" in line.lower() and "SIGABRT" in line for line in place.said)


def test_one_that_takes_too_long_is_ended(place):
    script = place.write("slow.py", "import time\n\ndef process(image, info):\n    time.sleep(1000)\n")
    place.put("a.png")
    place.run(recipe=script, timeout=0.5, retries=0)
    assert place.entry("a.png").error.startswith("It was given up after its time limit of 0.5 s")


def test_a_file_that_is_no_picture_fails_alone(place, invert):
    place.write("in/a.png", "no picture")
    place.put("b.png", 1)
    place.run(recipe=invert, retries=0)
    assert place.states() == {"a.png": "failed", "b.png": "done"}


def test_a_file_that_goes_while_it_waits_is_no_failure(place):
    script = place.write("gone.py", "import os\n\ndef process(image, info):\n    os.remove(info.path)\n    return image\n")
    place.put("a.png", 1)
    assert not place.run(recipe=script).is_unclean
    assert place.states() == {"a.png": "gone"} and place.results() == {}


def test_what_cannot_be_read_is_said_once_and_the_others_go_on(place, invert):
    os.symlink("circle", place.watch / "circle")
    place.put("open/b.png", 2)
    assert place.run(recipe=invert, recursive=True).is_unclean
    assert place.results() == {"open/b.png": 252}
    assert [line for line in place.said if "circle" in line] == ["circle: cannot be read: Too many levels of symbolic links; waiting for it"]


def test_what_has_failed_may_be_moved_away_and_goes_on_where_it_failed(place, invert):
    from hot_folder import holding

    route = place.write("route.py", "def route(path, metadata):\n    return ['here', '/proc/no']\n")
    path = place.put("deep/a.png", 1)
    how = {"recipe": invert, "routes": route, "retries": 0, "recursive": True, "failed": place.root / "failed"}
    place.run(**how)
    away = place.root / "failed" / "deep" / "a.png"
    assert not path.exists() and place.entry("deep/a.png").moved_to == str(away) and tt.Image.new_from_file(away).avg() == 2
    assert place.entry("deep/a.png").state == "failed" and place.results() == {"here/deep/a.png": 253}
    assert holding.retry(place.settings(**how)) == 1 and path.exists() and not away.exists()
    # The destinations are decided once; the one that has its result does not get another one.
    place.run(**how)
    assert away.exists() and place.results() == {"here/deep/a.png": 253}
    away.rename(path)
    place.put("deep/a.png", 7)
    place.run(**how)
    assert set(place.results()) == {"here/deep/a.png", "here/deep/a-2.png"}


def test_what_cannot_be_moved_away_stays_and_is_listed(place):
    place.write("in/a.png", "no picture")
    script = place.write("same.py", "def process(image, info):\n    return image\n")
    place.run(recipe=script, retries=0, failed="/proc/no")
    entry = place.entry("a.png")
    assert (entry.state, entry.moved_to, entry.error) == ("failed", None, "this is not an image, or of a kind that cannot be opened")
    assert any(line.startswith("a.png: stays where it is: ") for line in place.said)
