# The command `tintype addon`.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import json
import os
import sys
import textwrap
import time

from .. import _tintype
from .._tintype import Cancelled, Error, ParameterError
from . import describing, manager, records, template
from .errors import AddonError

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130

DESCRIPTION = "Add-ons: packages that extend Tintype. Nothing is on that you have not switched on."


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise ParameterError(f"{message}\nSee {self.prog} --help.")


def parser():
    made = _Parser(prog="tintype addon", description=DESCRIPTION, allow_abbrev=False)
    made.add_argument("--version", action="version", version=f"Tintype {_tintype.version}", help="show the version")
    commands = made.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name, help, *arguments, **flags):
        added = commands.add_parser(name, help=help, description=help, allow_abbrev=False)
        for argument, text in arguments:
            added.add_argument(argument, metavar=argument.upper(), help=text)
        for flag, text in flags.items():
            added.add_argument(f"--{flag}", action="store_true", help=text)

    id = ("id", "the add-on's id, as `list` shows it")
    for_programs = "for programs to read"
    command("list", "all add-ons, and which are on", json=for_programs)
    command("search", "the add-ons with this word in their id, name or description", ("word", "a word"), json=for_programs)
    command("info", "all about one add-on: what it needs and touches, and how it went when it was last on", id, json=for_programs)
    command("enable", "switch it on, from now on in every run", id)
    command("disable", "switch it off", id)
    command("install", "copy an add-on into your own folder; it stays off", ("source", "a folder, a zip file or a .py file"),
            upgrade="replace the one that is there", enable="switch it on as well")  # fmt: skip
    command("remove", "switch off an installed add-on and delete its files", id)
    command("new", "make an add-on that works, with a test, to begin with", ("name", 'its name, such as "Count cells"'))
    command("dev", "work on the add-on in a folder: it is found there, switched on, and reloaded in the window when it changes",
            ("folder", "its folder"), off="no longer")  # fmt: skip
    return made


def main(words=None):
    """Runs the command; returns the exit code."""
    try:
        given = parser().parse_args(sys.argv[1:] if words is None else words)
        return globals()[f"_{given.command}"](given) or 0
    except ParameterError as error:
        _say(error)
        return WRONG_USAGE
    except Error as error:
        _say(error)
        return FAILED
    except (KeyboardInterrupt, Cancelled):
        _say("stopped")
        return INTERRUPTED


def _say(what):
    print(f"tintype: addon: {what}", file=sys.stderr)


class _Listing:
    """What there is, without any code of add-ons having run."""

    def __init__(self):
        self._manager = manager.Manager()
        search = self._manager.look()
        self.problems = search.faults
        try:
            self.on = self._manager.wanted()
        except AddonError as error:
            self.on = {}
            if str(error) not in self.problems:
                self.problems.append(str(error))
        self.addons = self._manager.all()

    def state(self, addon):
        return "on" if addon.state == "off" and addon.id in self.on else addon.state

    def gone(self):
        return sorted(self.on.keys() - {addon.id for addon in self.addons})

    def entry(self, addon):
        return describing.entry(addon) | {"state": self.state(addon)}


def _list(given, suits=lambda addon: True):
    listing = _Listing()
    addons = [addon for addon in listing.addons if suits(addon)]
    if given.json:
        said = {"addons": [listing.entry(addon) for addon in addons], "problems": listing.problems}
        print(json.dumps(said, ensure_ascii=False))
        return
    rows = [(addon.id, addon.version, listing.state(addon), addon.name) for addon in addons]
    rows += [(id, "", "gone", f"was in {listing.on[id]}") for id in listing.gone() if given.command == "list"]
    widths = [max(len(row[column]) for row in [*rows, ("ID", "VERSION", "STATE")]) for column in range(3)] if rows else []
    for row in [("ID", "VERSION", "STATE", "NAME"), *rows] if rows else []:
        print("  ".join(text.ljust(width) for text, width in zip(row, [*widths, 0])).rstrip())
    if not rows:
        none = "" if given.command == "list" else f" with {given.word!r} in their id, name or description"
        print(f"There are no add-ons{none}.")
    for addon in addons:
        if addon.error:
            _say(addon.error)
    for problem in listing.problems:
        _say(problem)


def _search(given):
    word = given.word.casefold()
    return _list(given, lambda addon: any(word in text.casefold() for text in (addon.id, addon.name, addon.description)))


def _info(given):
    listing = _Listing()
    for addon in listing.addons:
        if addon.id == given.id:
            break
    else:
        manager.Manager().get(given.id)  # says which there are
    entry, last = listing.entry(addon), records.read(given.id)
    if given.json:
        print(json.dumps(entry | {"last_on": last}, ensure_ascii=False))
        return
    for name, value in entry.items():
        if value:
            _row(name, "; ".join(value) if isinstance(value, list) else value)
    if last is not None:
        _last_on(last)
    elif listing.state(addon) == "on":
        _row("last on", "not yet: no program has started it")


def _row(name, text):
    print(textwrap.fill(text, 100, initial_indent=f"{name + ':':<13}", subsequent_indent=" " * 13))


def _last_on(last):
    """How it went; nothing of it is run for that."""
    if last["time"]:
        is_running = not last["is_over"] and os.path.exists(f"/proc/{last['process']}")
        end = f"which is open, process {last['process']}" if is_running else "which has ended" if last["is_over"] else "which was killed or has crashed"
        _row("last on", f"version {last['version']}, {_clock(last['time'])}, in {last['program']}, {end}")
        if last["registered"]:
            # "The handler note of image-opened" says it itself.
            titles = [title if title.startswith(f"The {kind}") else f"{kind} {title}" for kind, title in last["registered"]]
            _row("registered", "; ".join(titles))
        calls, total, longest = last["times"]
        if calls:
            _row("callbacks", f"{calls} calls, {total:.3g} s in all, the longest {longest:.3g} s")
    for at, title, text in last["failures"]:
        _row("failed", f"{_clock(at)}: {title}")
        print(textwrap.indent(text.rstrip(), " " * 13))


def _clock(seconds):
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))


def _addons():
    from . import Addons

    return Addons()


def _enable(given):
    addon = _addons().enable(given.id)
    print(f"{addon.name} {addon.version} is on.")
    for text in addon.touches:
        print(f"It says that it touches {text}")


def _disable(given):
    # Nobody wants its code to run for that, nor that of the others.
    os.environ[manager.OFF] = "1"
    _addons().disable(given.id)
    print(f"{given.id} is off.")


def _install(given):
    addon = _addons().install(given.source, given.upgrade)
    print(f"{addon.name} {addon.version} is installed in {addon.path}.")
    if given.enable:
        given.id = addon.id
        _enable(given)
    elif addon.state == "on":
        print("It is on.")
    else:
        print(f"Switch it on: tintype addon enable {addon.id}")


def _remove(given):
    os.environ[manager.OFF] = "1"
    _addons().remove(given.id)
    print(f"{given.id} is removed.")


def _new(given):
    folder = template.make(given.name, os.getcwd())
    print(f"{folder} is a new add-on. Work on it: tintype addon dev {folder.name}")
    print(f"Its test: cd {folder.name} && tintype python -m pytest")


def _dev(given):
    from .. import _addons
    from . import manifest

    id = manifest.read(os.path.abspath(given.folder)).id
    addons = _addons.Addons()
    if given.off:
        os.environ[manager.OFF] = "1"
        addons.watch(id, False)
        addons.disable(id)
        addons.remove_folder(given.folder)
        print(f"{id} is off and no longer watched.")
        return
    addons.add_folder(given.folder)
    addon = addons.enable(id)
    addons.watch(id)
    print(f"{addon.name} {addon.version} is on, and every window reloads it when its files change.")
