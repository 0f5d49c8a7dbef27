# The command line: tintype run -m hot_folder SETTINGS.toml.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import json
import os
import signal
import sys
import threading
import time

import tintype as tt

from . import holding, settings
from .records import readable
from .watcher import Watcher

NO_LONGER = 0.2  # seconds between two looks at what has ended


def main(words=None):
    """The exit code: 0, or 1 when something has failed."""
    given = _parser().parse_args(words)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that has not all letters must not end it.
        stream.reconfigure(errors="backslashreplace")
    try:
        folders = settings.read(given.settings)
        if given.status:
            return _show(folders, given)
        if given.retry:
            return _retry(folders)
        return _run(folders, given.once)
    except tt.Error as error:
        print(f"hot_folder: {error}", file=sys.stderr)
        return 1


def _parser():
    parser = argparse.ArgumentParser(
        prog="tintype run -m hot_folder",
        description="Works on what is put into folders, until Ctrl+C or SIGTERM, which let what is under way come to its end.",
    )
    parser.add_argument("settings", metavar="SETTINGS.toml", help="what to watch and what to do")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--once", action="store_true", help="do what is there now, and end: with 0, or with 1 when something failed")
    what.add_argument("--status", action="store_true", help="show what the journal says, and end")
    what.add_argument("--retry", action="store_true", help="put what has failed back to where it failed, and end")
    parser.add_argument("--json", action="store_true", help="with --status: as JSON")
    parser.add_argument("--last", type=int, default=20, metavar="N", help="with --status: how many files are listed, 20 if not said")
    return parser


# Running.


class _Runner(threading.Thread):
    """One hot folder on a thread of its own."""

    def __init__(self, one, once, say):
        # A daemon: what does not come to its end in time keeps nobody.
        super().__init__(name=f"hot folder {one.name}", daemon=True)
        self.watcher = None
        self.error = None
        self.settings = one
        self._once = once
        self._say = say
        self._is_ready = threading.Event()
        self._goes = threading.Event()
        self._stops = False

    def run(self):
        try:
            with holding.open_journal(self.settings) as journal:
                self.watcher = Watcher(self.settings, journal, self._say)
                self.watcher.prepare()
                self._is_ready.set()
                self._goes.wait()
                if not self._stops:
                    self.watcher.run(self._once)
        except BaseException as error:
            self.error = error
        finally:
            self._is_ready.set()

    def is_ready(self):
        """Whether it has been prepared. Raises what is wrong with it."""
        is_ready = self._is_ready.wait(NO_LONGER)
        if self.error is not None:
            raise self.error
        return is_ready

    def go(self):
        self._goes.set()

    def stop(self):
        self._stops = True
        self._goes.set()
        if self.watcher is not None:
            self.watcher.stop()


def _run(folders, once):
    several = len(folders) > 1
    runners = [_Runner(one, once, _speaker(one.name if several else "")) for one in folders]
    is_stopped, restore = _stop_on_signals(runners)
    try:
        for runner in runners:
            runner.start()
        # What is wrong with one is said before any of them begins.
        for runner in runners:
            while not runner.is_ready() and not is_stopped():
                pass
        if not is_stopped():
            for one in folders:
                print(f"{one.name}: watching {one.watch}", file=sys.stderr, flush=True)
        for runner in runners:
            runner.go()
        while any(runner.is_alive() for runner in runners) and not is_stopped():
            time.sleep(NO_LONGER)
            # What is there once is done beside one that fails; somebody who waits for what comes must learn of it.
            if not once and any(runner.error for runner in runners):
                break
    finally:
        restore()
        for runner in runners:
            runner.stop()
    return _end(runners)


def _end(runners):
    until = time.monotonic() + max(runner.settings.finish for runner in runners)
    for runner in runners:
        runner.join(max(0.0, until - time.monotonic()))
    failed = [runner.error for runner in runners if runner.error]
    for error in failed:
        print(f"hot_folder: {error}", file=sys.stderr)
    watchers = [runner.watcher for runner in runners if runner.watcher]
    code = 1 if failed or any(watcher.is_unclean for watcher in watchers) else 0
    left = sum(watcher.left_over for watcher in watchers)
    if left or any(runner.is_alive() for runner in runners):
        what = f"{left} steps have not come to their end and are left" if left else "a folder does not answer and is left"
        print(f"hot_folder: {what}; the next start goes on there", file=sys.stderr)
        sys.stdout.flush()
        sys.stderr.flush()
        # Python would wait for them. The workers end with this process.
        os._exit(code)
    return code


def _speaker(name):
    def say(line):
        print(f"{time.strftime('%H:%M:%S')} {name + ': ' if name else ''}{line}", flush=True)

    return say


def _stop_on_signals(runners):
    """The first signal ends it well, the second as ever. Returns what says whether there was one, and what takes that back."""
    before = {}
    stopped = threading.Event()

    def restore():
        for number, handler in before.items():
            signal.signal(number, handler)

    def stop(number, frame):
        restore()
        stopped.set()
        print("\nhot_folder: what is under way comes to its end…", file=sys.stderr, flush=True)
        for runner in runners:
            runner.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, stop)
    return stopped.is_set, restore


# Looking.


def _show(folders, given):
    shown = [_status(one, given.last) for one in folders]
    if given.json:
        print(json.dumps(shown if len(shown) > 1 else shown[0], indent=1))
    else:
        print(readable("\n\n".join(map(_as_text, shown))))
    return 0


def _status(one, last):
    status = {"name": one.name, "watch": one.watch, "journal": one.journal, "pid": holding.pid_of(one.journal), "counts": {}, "files": []}
    journal = holding.look(one)
    if journal is not None:
        status["counts"] = journal.counts()
        for entry in journal.last(last):
            status["files"].append({
                "path": entry.path, "state": entry.state, "busy": bool(entry.busy and status["pid"]), "tries": entry.tries,
                "changed": entry.changed, "error": entry.error, "targets": journal.targets(entry.id), "moved_to": entry.moved_to,
            })  # fmt: skip
        journal.close()
    return status


def _as_text(status):
    runs = f"process {status['pid']}" if status["pid"] else "nobody works on it"
    counts = ", ".join(f"{count} {state}" for state, count in status["counts"].items() if count) or "nothing has arrived yet"
    lines = [f"{status['name']}: {status['watch']} ({runs})", counts]
    for file in status["files"]:
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(file["changed"]))
        lines.append(f"{when}  {'processing' if file['busy'] else file['state']:<10}  {file['path']}  {_what(file)}".rstrip())
    return "\n".join(lines)


def _what(file):
    if file["error"]:
        lines = file["error"].strip().splitlines()
        return f"({file['tries']} tries) {lines[-1] if lines else ''}"
    return ", ".join(file["targets"])


def _retry(folders):
    code = 0
    for one in folders:
        try:
            print(f"{one.name}: {holding.retry(one)} put back")
        except tt.Error as error:
            print(f"hot_folder: {one.name}: {error}", file=sys.stderr)
            code = 1
    return code
