# Puts files into a hot folder while its program is killed and started again, and says what came out wrong.
# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import contextlib
import os
import pathlib
import signal
import sqlite3
import subprocess
import threading
import time
from typing import NamedTuple

WIDTH, HEIGHT = 96, 64
SECONDS = 900
RECIPE = """
def process(image, info):
    info["number"] = int(image(0, 0)[0]) + 256 * int(image(1, 0)[0])
    return image.invert()
"""
# Each picture goes to one of three folders, each tenth to another one besides.
ROUTE = """
def on_load():
    global folders
    folders = ["red", "green", "blue"]

def route(path, metadata):
    number = metadata["number"]
    return [folders[number % 3]] + (["copies"] if number % 10 == 0 else [])
"""
SETTINGS = """
watch = "in"
results = "out"
recipe = "invert.py"
routes = "routes"
output = "{stem}.pgm"
recursive = true
after = "finished"
failed = "failed"
settle = 0.1
interval = 0.05
pause = 0.05
retries = 2
"""


class Killings(NamedTuple):
    count: int
    inside: int  # those that hit while files were between arrival and end
    restarts_of_steps: int  # steps that were under way when it was killed, and were done again
    differences: list


class Source(NamedTuple):
    """A picture that arrives. Each twentieth has the name of the one before it, in another folder; each fiftieth is none."""

    number: int

    @property
    def name(self):
        return f"p{self.number - (self.number % 20 == 19)}"

    @property
    def path(self):
        return pathlib.Path("twins" if self.number % 20 == 19 else "", f"{self.name}.pgm")

    @property
    def is_broken(self):
        return self.number % 50 == 33

    @property
    def content(self):
        return b"no picture" + bytes(self.number) if self.is_broken else f"P5\n{WIDTH} {HEIGHT}\n255\n".encode() + self.pixels

    @property
    def pixels(self):
        """Its number, and then what no other picture has."""
        start = bytes([self.number % 256, self.number // 256])
        return (start + bytes((self.number * 7 + place * (1 + self.number % 11)) % 256 for place in range(WIDTH * HEIGHT)))[: WIDTH * HEIGHT]

    @property
    def folders(self):
        return [("red", "green", "blue")[self.number % 3]] + (["copies"] if self.number % 10 == 0 else [])


def prepare(folder):
    (folder / "in" / "twins").mkdir(parents=True)
    (folder / "routes").mkdir()
    (folder / "invert.py").write_text(RECIPE)
    (folder / "routes" / "route.py").write_text(ROUTE)
    (folder / "hot.toml").write_text(SETTINGS)


def _put(folder, source, chance):
    """Half of them appear whole; the others are written in their place, slowly."""
    path = folder / "in" / source.path
    content = source.content
    if chance.random() < 0.5:
        part = path.with_name(path.name + ".part")
        part.write_bytes(content)
        part.rename(path)
        return
    with open(path, "wb") as file:
        file.write(content[:14])
        file.flush()
        time.sleep(chance.uniform(0, 0.02))
        file.write(content[14:])


def run(program, folder, files, kills, chance, environment):
    """`chance` is a random.Random. The folder must be prepared, and the add-on be on in this environment."""
    sources = [Source(number) for number in range(files)]
    command = [program, "run", "-m", "hot_folder", "hot.toml"]
    inside = again = 0
    sessions = []
    for kill in range(kills):
        batch = sources[kill * files // kills : (kill + 1) * files // kills]
        with _started(command, folder, environment) as running:
            sessions.append(running.pid)
            _feed_and_kill(folder, running, batch, kill, chance)
        busy, still_open = _under_way(folder)
        inside += still_open > 0
        again += busy
    with open(folder / "said.log", "ab") as log:
        last = subprocess.run([*command, "--once"], cwd=folder, env=environment, stdout=log, stderr=log, timeout=SECONDS)
    # 1 where one of those that are no pictures has failed then.
    wrong = [] if last.returncode in (0, 1) else [f"the last run ended with {last.returncode}"]
    return Killings(kills, inside, again, wrong + differences(folder, sources) + _still_running(sessions))


@contextlib.contextmanager
def _started(command, folder, environment):
    with open(folder / "said.log", "ab") as log:
        running = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def _feed_and_kill(folder, running, batch, kill, chance):
    """Pictures arrive before, while and after it starts. Some kills hit the start, the others somewhere in the work."""
    before = _noted(folder)
    feeding = threading.Thread(target=lambda: [_put(folder, source, chance) for source in batch])
    feeding.start()
    if kill % 5 != 4:
        until = time.monotonic() + SECONDS
        # It is at work when the journal grows.
        while _noted(folder) == before and running.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
    time.sleep(chance.uniform(0, 1.5))
    if running.poll() is not None:
        raise RuntimeError(f"the hot folder ended with {running.returncode} before it was killed: {(folder / 'said.log').read_text()[-2000:]}")
    # In turns: the program alone, its process group, and all that it has started as well.
    if kill % 3 == 0:
        running.kill()
    elif kill % 3 == 1:
        os.killpg(running.pid, signal.SIGKILL)
    else:
        _kill_session(running.pid)
    running.wait()
    feeding.join()


def _members(session):
    """The processes of a session."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            after_name = path.read_text().rpartition(")")[2].split()
            if int(after_name[3]) == session and after_name[0] != "Z":
                found.append(int(path.parent.name))
    return found


def _kill_session(session):
    for pid in _members(session):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _still_running(sessions):
    """Workers end by themselves when their program was killed."""
    until = time.monotonic() + 30
    while (left := [pid for session in sessions for pid in _members(session)]) and time.monotonic() < until:
        time.sleep(0.05)
    return [f"process {pid} still runs" for pid in left]


# What the journal says.


def _journal(folder):
    return sqlite3.connect(folder / "out" / ".hotfolder" / "in" / "journal.sqlite", timeout=60)


def _asked(folder, question):
    with contextlib.closing(_journal(folder)) as database:
        return database.execute(question).fetchall()


def _noted(folder):
    try:
        return _asked(folder, "SELECT count(*) FROM history")[0][0]
    except sqlite3.Error:
        return -1


def _under_way(folder):
    """(steps that workers were at, files that are not done)"""
    try:
        return _asked(folder, "SELECT coalesce(sum(busy != 0), 0), coalesce(sum(state != 'done'), 0) FROM file")[0]
    except sqlite3.Error:
        return 0, 0


# What came out.


def differences(folder, sources):
    """What is missing, wrong, there twice, or was left behind."""
    found = _wrong_results(folder, sources) + _wrong_sources(folder, sources)
    found += [f"left behind: {path}" for path in (folder / "out" / ".hotfolder" / "in" / "work").glob("*")]
    for path, state in _asked(folder, "SELECT path, state FROM file WHERE state NOT IN ('done', 'failed', 'gone')"):
        found.append(f"{os.fsdecode(path)} is {state} in the journal")
    ended = "SELECT path, history.state, count(*) FROM history JOIN file ON file = id WHERE history.state IN ('done', 'failed') GROUP BY 1, 2"
    counts = {(os.fsdecode(path), state): count for path, state, count in _asked(folder, ended)}
    for source in sources:
        state = "failed" if source.is_broken else "done"
        count = counts.pop((str(source.path), state), 0)
        found += [f"{source.path} was {state} {count} times"] if count != 1 else []
    found += [f"{path} was {state}, and never put there so" for path, state in counts]
    found += [f"delivery {id} is not done" for (id,) in _asked(folder, "SELECT id FROM delivery WHERE NOT is_done")]
    return found


def _wrong_results(folder, sources):
    wanted = collections.defaultdict(list)
    for source in sources:
        for name in source.folders if not source.is_broken else ():
            wanted[name, source.name].append(bytes(255 - value for value in source.pixels))
    found = []
    there = {str(path.relative_to(folder / "out")) for path in (folder / "out").rglob("*") if path.is_file()}
    for (name, stem), pixels in wanted.items():
        names = [f"{name}/{stem}.pgm"] + [f"{name}/{stem}-{number}.pgm" for number in range(2, len(pixels) + 1)]
        missing = [one for one in names if one not in there]
        found += [f"{one} is missing" for one in missing]
        there.difference_update(names)
        if not missing and sorted(_pixels(folder / "out" / one) for one in names) != sorted(pixels):
            found.append(f"{names} have wrong pixels")
    return found + [f"nobody asked for {one}" for one in sorted(there) if not one.startswith(".hotfolder/in/")]


def _pixels(path):
    return path.read_bytes()[-WIDTH * HEIGHT :]


def _wrong_sources(folder, sources):
    left = [path for path in (folder / "in").rglob("*") if path.is_file()]
    found = [f"not moved away: {path}" for path in left]
    for name in ("finished", "failed"):
        there = {path.relative_to(folder / name): path for path in (folder / name).rglob("*") if path.is_file()}
        for source in sources:
            if source.is_broken == (name == "failed"):
                path = there.pop(source.path, None)
                is_same = path is not None and path.read_bytes() == source.content
                found += [] if is_same else [f"{source.path} is not in {name} as it was"]
        found += [f"nobody wanted {path} in {name}" for path in there]
    return found
