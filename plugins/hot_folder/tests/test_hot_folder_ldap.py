# Tests of the add-on Hot folder's example route_by_ldap.py, against a real slapd.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import threading

import pytest

import slapd

EXAMPLE = pathlib.Path(__file__).parents[1] / "examples" / "route_by_ldap.py"
PEOPLE = {"rkoch": ["bacteria"], "mcurie": ["physics", "chemistry"], "a*b(c)": ["brackets"]}


@pytest.fixture
def server(tmp_path):
    server = slapd.Server(tmp_path / "slapd")
    server.start()
    server.fill(PEOPLE)
    yield server
    server.stop()


@pytest.fixture
def route(place, server):
    """The example, with this server's address."""
    text = EXAMPLE.read_text()
    assert "ldap://127.0.0.1:389" in text
    return place.write("routes/route_by_ldap.py", text.replace("ldap://127.0.0.1:389", server.address))


def test_results_go_where_the_owners_entry_says(place, route):
    for name in ("rkoch_1", "mcurie_1", "nobody_1", "*_1", "rkoch)(uid=*_1", "a*b(c)_1"):
        place.put(f"{name}.png", 1)
    place.run(routes=route)
    assert set(place.results()) == {
        "bacteria/rkoch_1.png", "physics/mcurie_1.png", "chemistry/mcurie_1.png", "unknown/nobody_1.png", "unknown/*_1.png",
        "unknown/rkoch)(uid=*_1.png", "brackets/a*b(c)_1.png",
    }  # fmt: skip


def test_the_recipe_may_find_the_owner(place, route):
    script = place.write("read.py", "def process(image, info):\n    info['owner'] = 'mcurie'\n    return image\n")
    place.put("scan.png", 1)
    place.run(recipe=script, routes=route)
    assert set(place.results()) == {"physics/scan.png", "chemistry/scan.png"}


def test_nothing_is_lost_while_the_server_is_away(place, server, route):
    from hot_folder import Watcher, open_journal

    done, waits, all_done = threading.Event(), threading.Event(), threading.Event()

    def say(line):
        place.said.append(line)
        if ": done" in line:
            done.set()
        if "Can't contact LDAP server" in line or "SERVER_DOWN" in line:
            waits.set()
        if sum(": done" in one for one in place.said) == 40:
            all_done.set()

    def stop_and_start():
        """The server goes when the first files are done, and comes back when some have missed it."""
        try:
            assert done.wait(60)
            server.stop()
            for number in range(20, 40):
                place.put(f"rkoch_{number}.png", number)
            assert waits.wait(60)
            server.start()
            assert all_done.wait(120)
        finally:
            watcher.stop()

    for number in range(20):
        place.put(f"rkoch_{number}.png", number)
    settings = place.settings(routes=route, retries=100, pause=0.05)
    with open_journal(settings) as journal:
        watcher = Watcher(settings, journal, say)
        helper = threading.Thread(target=stop_and_start)
        helper.start()
        watcher.run()
        helper.join()
    assert place.results() == {f"bacteria/rkoch_{number}.png": number + 1 for number in range(40)}
    assert set(place.states().values()) == {"done"} and waits.is_set()
