# What the tests of the add-on Hot folder share: the add-on switched on, a folder to watch, and one that does what is there.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib

import pytest
import tintype as tt

FOLDER = pathlib.Path(__file__).parents[1]
# Workers load the add-on too, and know it as the bundled one where it is among those.
BUNDLED = pathlib.Path(tt.__file__).parents[2] / "plugins" / FOLDER.name

INVERT = """
def process(image, info):
    info["mean"] = image.avg()
    return image.invert()
"""


@pytest.fixture(autouse=True)
def addon():
    with tt.addons.trial(BUNDLED if BUNDLED.exists() else FOLDER):
        yield


def picture(number=0):
    """A picture that no other number gives."""
    return (tt.Image.black(40, 30) + number % 251 + 1).cast("uchar")


class Place:
    """A folder `in` that is watched, `out` for the results, and what was said."""

    def __init__(self, root):
        self.root = root
        self.watch = root / "in"
        self.out = root / "out"
        self.watch.mkdir()
        self.said = []

    def put(self, name, number=0):
        """A picture arrives."""
        path = self.watch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        picture(number).write_to_file(path)
        return path

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def settings(self, **given):
        from hot_folder import Settings

        usual = {"watch": self.watch, "results": self.out, "settle": 0, "interval": 0.02, "pause": 0, "workers": 2}
        return Settings(**usual | given)

    def run(self, **given):
        """Does what is there; the Watcher."""
        from hot_folder import Watcher, open_journal

        settings = self.settings(**given)
        with open_journal(settings) as journal:
            watcher = Watcher(settings, journal, self.said.append)
            watcher.run(once=True)
        return watcher

    def journal(self):
        from hot_folder import holding

        return holding.look(self.settings())

    def states(self):
        """The state of each file, by its path."""
        return {entry.path: entry.state for entry in reversed(self.journal().last(10_000))}

    def entry(self, path):
        """The newest in the journal."""
        return next(entry for entry in self.journal().last(10_000) if entry.path == path)

    def results(self):
        """All files below `out` and what their pixels are, without those of the journal."""
        found = {}
        for path in self.out.rglob("*"):
            inside = path.relative_to(self.out)
            if path.is_file() and inside.parts[0] != ".hotfolder":
                found[str(inside)] = int(tt.Image.new_from_file(path).avg()) if path.suffix == ".png" else path.read_text()
        return found


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


@pytest.fixture
def invert(place):
    """The path of a script that inverts."""
    return place.write("invert.py", INVERT)
