# Leads one hot folder: looks, gives steps to workers, keeps the journal.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each turn of the loop notes in one transaction what the workers have done, what has arrived and what begins; only then the next
steps begin. So a kill at any moment costs the steps that were under way, which are done again.
"""
import concurrent.futures
import contextlib
import os
import queue
import re
import time
import traceback

import tintype as tt

from . import steps
from .beginnings import Beginnings
from .journal import LONGEST_PAUSE
from .records import readable
from .settings import LEAVE
from .watching import Folder

# How much is noted in one turn.
MOST_RESULTS = 1000


class Watcher:
    """One hot folder, with its journal open. `run` belongs to one thread; `stop` may be called from any."""

    def __init__(self, settings, journal, say=print, after_turn=None):
        """`say` is called with each line for people, `after_turn()` now and then, when the journal may have changed."""
        self.settings = settings
        self.is_unclean = False  # whether anything could not be done in this run
        self._journal = journal
        self._beginnings = Beginnings(settings, journal)
        self._tells = say
        self._lines = []  # what is said when the journal has it
        self._after_turn = after_turn or (lambda: None)
        self._results = queue.SimpleQueue()
        self._under_way = {}  # by the id of the file: its Entry and the step's future
        self._folder = None
        self._stops = False
        self._looks_at = 0.0
        self._last_problem = ""
        self._unreadable = {}  # what was said of it

    def stop(self):
        """It ends soon: what is under way may come to its end, for `settings.finish` seconds."""
        self._stops = True
        self._results.put(None)

    @property
    def left_over(self):
        """How many steps are still under way; after `run`, those that have not come to their end in time."""
        return len(self._under_way)

    def prepare(self):
        """Raises what is wrong with recipe and routes, and tidies up after runs that were killed."""
        self._submit(steps.check, self.settings).result()
        self._journal.sweep()
        self._folder = Folder(self.settings, self._journal.known())

    def run(self, once=False):
        """Until `stop`; with `once` until all that is there now is done."""
        if self._folder is None:
            self.prepare()
        while not self._stops:
            self._turn()
            self._after_turn()
            if once and self._is_over():
                return
            self._wait(self._looks_at - time.monotonic())
        self._come_to_end()

    def _is_over(self):
        return not self._under_way and not self._folder.is_waiting and not self._is_folder_gone() and self._journal.is_over()

    def _is_folder_gone(self):
        if self._folder.problem:
            raise tt.FileError(f"{self.settings.watch}: cannot be looked into: {self._folder.problem}")
        return False

    def _come_to_end(self):
        until = time.monotonic() + self.settings.finish
        while self._under_way and time.monotonic() < until:
            self._wait(until - time.monotonic())
            with self._journal.together():
                done = self._note_results()
            self._clear(done)
            self._tell()

    def _wait(self, seconds):
        """Until a step has ended, or so long; leaves what has come in the queue."""
        with contextlib.suppress(queue.Empty):
            self._results.put(self._results.get(timeout=max(0.001, seconds)))

    # One turn.

    def _turn(self):
        # Not inside, where it would hold up others: a share may take its time, to be looked into and to say which names are free.
        arrived = self._look() if time.monotonic() >= self._looks_at else []
        with self._journal.together():
            done = self._note_results()
            for file in arrived:
                self._journal.arrived(*file)
        self._clear(done)
        self._tell()
        room = self.settings.workers - len(self._under_way)
        begun = self._beginnings.choose(room, self._under_way)
        if begun:
            with self._journal.together():
                for entry, _, notes in begun:
                    self._journal.is_busy(entry.id)
                    for note, *values in notes:
                        note(entry.id, *values)
        for entry, call, _ in begun:
            if call is None:
                continue
            future = self._submit(*call)
            self._under_way[entry.id] = entry, future
            future.add_done_callback(lambda _, id=entry.id: self._results.put(id))

    def _say(self, line):
        self._lines.append(readable(line))

    def _tell(self):
        """Not inside a turn of the journal: where nobody can be told, what has been done stays done."""
        lines, self._lines = self._lines, []
        for line in lines:
            self._tells(line)

    def _clear(self, done):
        """Removes what waited of files, which must not be before the journal says so."""
        for id in done:
            self._journal.clear(id)

    def _submit(self, step, *values):
        return tt.parallel.submit(step, *values, executor="processes", timeout=self.settings.timeout)

    def _pace(self):
        """Files that wait to be whole are looked at in time."""
        settle = self.settings.settle
        return min(self.settings.interval, max(settle, 0.01)) if self._folder.is_waiting else self.settings.interval

    def _look(self):
        """What has arrived. What cannot be read is said when that is new."""
        arrived = self._folder.look()
        self._looks_at = time.monotonic() + self._pace()
        problem = self._folder.problem
        if problem != self._last_problem:
            watch = self.settings.watch
            self._say(f"{watch}: cannot be looked into: {problem}; waiting for it" if problem else f"{watch}: is there again")
        self._last_problem = problem
        for path, why in self._folder.unreadable.items():
            if self._unreadable.get(path) != why:
                self._say(f"{path}: cannot be read: {why}; waiting for it")
                self.is_unclean = True
        self._unreadable = dict(self._folder.unreadable)
        return arrived

    # What became of it.

    def _note_results(self):
        """Notes all that has come; returns the ids of files of which nothing waits any more."""
        done = []
        for _ in range(MOST_RESULTS):
            try:
                id = self._results.get_nowait()
            except queue.Empty:
                break
            if id is None:
                continue
            entry, future = self._under_way.pop(id)
            try:
                # Asked for, not raised: whatever it is, it belongs to this file.
                error = future.exception()
            except concurrent.futures.CancelledError:
                continue  # the workers were stopped; it is begun again
            if error is None:
                is_over = getattr(self, f"_end_{entry.state}")(entry, future.result())
            elif isinstance(error, steps.Gone):
                is_over = self._gone(entry, error)
            else:
                is_over = self._failed(entry, _told(error)) and entry.state == "arrived"
            if is_over:
                done.append(id)
        return done

    def _end_arrived(self, entry, result):
        if not self._journal.processed(entry.id, *result):
            return self._failed(entry, "what waited to be delivered was lost, and the recipe makes other files now")
        return False

    def _end_processed(self, entry, folders):
        self._journal.routed(entry.id, folders)
        if not self._journal.deliveries(entry.id):
            return self._delivered(entry)

    def _end_routed(self, entry, said):
        why_of = {"lost": [], "failed": []}
        for id, became, why in said:
            if became == "done":
                self._journal.was_delivered(entry.id, id)
            elif became == "taken":
                self._journal.decide(entry.id, id, None)
            else:
                why_of[became].append(why)
        if why_of["failed"]:
            self._failed(entry, "\n".join(why_of["failed"]))
        elif why_of["lost"]:
            self._say(f"{entry.path}: {why_of['lost'][0]}; it is processed again")
            self._journal.move_on(entry.id, "arrived")
        elif not self._journal.deliveries(entry.id):
            return self._delivered(entry)

    def _delivered(self, entry):
        if self.settings.after != LEAVE:
            self._journal.move_on(entry.id, "delivered")
            return False
        return self._done(entry)

    def _end_delivered(self, entry, is_moved):
        if not is_moved:
            self._journal.will_move(entry.id, None)
            return False
        # Should the same file come back, it is one that arrives.
        self._folder.forget(entry.path)
        return self._done(entry)

    def _end_failing(self, entry, is_moved):
        if is_moved:
            self._folder.forget(entry.path)
            self._journal.failed(entry.id)
        else:
            self._journal.will_move(entry.id, None)

    def _done(self, entry):
        self._journal.move_on(entry.id, "done")
        targets = self._journal.targets(entry.id)
        self._say(f"{entry.path}: done, {', '.join(targets) if targets else 'kept nowhere'}")
        return True

    def _gone(self, entry, error):
        self._journal.move_on(entry.id, "gone")
        self._folder.forget(entry.path)
        self._say(f"{entry.path}: {error}")
        return True

    def _failed(self, entry, error):
        """Whether that was the last try."""
        # Whoever reads it knows of which file it is.
        error = readable(error).removeprefix(f"{os.path.join(self.settings.watch, entry.path)}: ")
        line = error.strip().splitlines()[-1] if error.strip() else "it failed"
        if entry.state == "failing":
            self._say(f"{entry.path}: stays where it is: {line}")
            self._journal.will_move(entry.id, None)
            self._journal.failed(entry.id)
            return True
        if entry.tries < self.settings.retries:
            seconds = min(LONGEST_PAUSE, self.settings.pause * 2**entry.tries)
            self._journal.try_again(entry.id, error, seconds)
            self._say(f"{entry.path}: {line}; tried again in {seconds:g} s")
            return False
        self._journal.fails(entry.id, error)
        if self.settings.failed == LEAVE:
            self._journal.failed(entry.id)
        self.is_unclean = True
        self._say(f"{entry.path}: failed: {line}")
        return True


def _told(error):
    """What the journal keeps of an error: ours say everything, others come with where they came from."""
    if isinstance(error, (tt.parallel.CrashedError, tt.parallel.TimedOutError)):
        said = re.sub(r"^(The process that worked on )item \d+ \(.*\) (?=was|ended|vanished)", r"\1it ", str(error), flags=re.S)
        return re.sub(r"^Item \d+ \(.*\) was given up", "It was given up", said, flags=re.S)
    if isinstance(error, tt.Error):
        return str(error)
    # Of whatever kind, also what would end a program.
    return "".join(traceback.format_exception(error))
