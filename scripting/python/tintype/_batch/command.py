# The command `tintype batch`.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import os
import signal
import sys

import tintype_headless
from tintype_headless import json_lines

from .. import _files, _tintype
from .._tintype import Cancelled, Error, ParameterError
from . import inputs, naming, operations, result
from .run import Batch
from .settings import PAGES, Settings

FAILED = 1
WRONG_USAGE = 2
MOST_SHOWN = 20

USAGE = """tintype batch RECIPE INPUT... -o OUT [OPTION...]
       tintype batch --op OPERATION[:NAME=VALUE,...] ... INPUT... -o OUT [OPTION...]"""
EPILOG = f"""RECIPE is a recipe's JSON file, an image of a project (cells.tint#mask), or a Python file with a function
process(image, info). INPUT is a file, a folder, a pattern such as 'in/**/*.tif', or - for a list on the standard input.
OUT is a folder, or a template with {", ".join("{" + field + "}" for field in naming.FIELDS)}.

Exit codes: 0 all done, 1 files failed, 2 wrong usage (nothing was begun), 130 interrupted; --resume goes on."""


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise ParameterError(f"{message}\nSee tintype batch --help.")


def parser():
    made = _Parser(
        prog="tintype batch", usage=USAGE, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="The same recipe, function or operations on many files", allow_abbrev=False,
    )  # fmt: skip
    add = made.add_argument
    add("words", nargs="*", help=argparse.SUPPRESS)
    add("-o", "--out", metavar="OUT", help="where outputs go: a folder or a template")
    add("--op", action="append", metavar="OPERATION", help="an operation, such as gaussblur:sigma=2; again for the next one")
    add("--image", metavar="NAME", help="the image of the project whose recipe is used")
    add("--input", metavar="NAME", help="the recipe's input that each file takes the place of")
    add("--picture", action="append", default=[], metavar="NAME=FILE", help="a picture for another input of the recipe")
    add("--format", metavar="ENDING", help="the format of outputs in a folder, such as png; as the input's otherwise")
    add("--save", action="append", default=[], metavar="NAME=VALUE", help="an option of the saver, such as Q=90 or lossless")
    add("--pages", choices=PAGES, default="all", help="all pages (the default), or the first")
    add("-r", "--recursive", action="store_true", help="folders with all folders below")
    add("--root", metavar="DIR", help="what {folder} is counted from")
    add("--report", metavar="FILE", help="a record for each file, as JSON lines")
    add("--table", metavar="FILE", help="the measurements of all files, as CSV")
    add("--journal", metavar="FILE", help="where the journal stands; beside the outputs otherwise")
    add("--resume", action="store_true", help="go on with a batch that was ended; what is done stays")
    add("--overwrite", action="store_true", help="write over outputs that exist")
    add("--verify", action="store_true", help="read lossless outputs back and compare the pixels")
    add("-n", "--dry-run", action="store_true", help="only show what would be done")
    add("-j", "--jobs", type=int, metavar="N", help="files at once; as many as there are cores otherwise")
    add("--executor", metavar="NAME", help="threads or processes")
    add("--timeout", type=float, metavar="SECONDS", help="the most that a file may take")
    add("--no-addons", action="store_true", help="without any add-on, also in the workers")
    add("--version", action="version", version=f"Tintype {_tintype.version}", help="show the version")
    add("-q", "--quiet", action="store_true", help="say nothing but errors")
    add("--json", action="store_true", help="progress and errors as lines of JSON on the standard error")
    return made


def settings_of(words, stdin):
    """The words as (Settings, quiet). Raises tt.Error."""
    given = parser().parse_intermixed_args(words)
    if given.no_addons:
        os.environ["TINTYPE_NO_ADDONS"] = "1"
    paths = list(given.words)
    if given.op:
        if given.image is not None:
            raise ParameterError("--image goes with a project, not with --op")
        work = operations.recipe_of(given.op)
    elif not paths:
        raise ParameterError("give a recipe, a Python file or --op OPERATION, and then the files")
    else:
        work = paths.pop(0)
        if given.image is not None and not work.endswith(".tint"):
            raise ParameterError(f"--image goes with a project (.tint), not with {work}")
        work = work if given.image is None else f"{work}#{given.image}"
    if not paths:
        raise ParameterError("give files, folders or patterns to go through, or - for a list on the standard input")
    if "-" in paths:
        place = paths.index("-")
        paths[place : place + 1] = inputs.read_list(stdin)
    return Settings(
        work, paths, given.out, save=_pairs("--save", given.save, _files._option), format=given.format, table=given.table,
        report=given.report, journal=given.journal, resume=given.resume, overwrite=given.overwrite, verify=given.verify,
        jobs=given.jobs, executor=given.executor, timeout=given.timeout, recursive=given.recursive, root=given.root,
        input=given.input, pictures=_pairs("--picture", given.picture, str), pages=given.pages, dry_run=given.dry_run,
    ), given.quiet  # fmt: skip


def _pairs(option, texts, convert):
    pairs = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not name or (not equals and option != "--save"):
            raise ParameterError(f"{option} {text}: write NAME=VALUE")
        pairs[name] = convert(value) if equals else True
    return pairs


def main(words=None):
    """Runs the command; returns the exit code."""
    ended_by = []

    def end(number, frame):
        ended_by.append(number)
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    batch = None
    words = sys.argv[1:] if words is None else words
    # Also for what is wrong with the words.
    if "--json" in words:
        tintype_headless.speak_json()
    try:
        settings, quiet = settings_of(words, sys.stdin.buffer)
        tintype_headless.quiet |= quiet
        batch = Batch(settings)
        batch.run()
    except Error as error:
        _say_error(error)
        return FAILED if batch is not None and batch.has_begun else WRONG_USAGE
    except (KeyboardInterrupt, Cancelled):
        done = "" if batch is None else f" after {batch.result.done} of {batch.result.total - batch.result.done_before} files"
        _say(f"stopped{done}; --resume goes on")
        return 128 + (ended_by[0] if ended_by else signal.SIGINT)
    _tell(batch.result, settings, quiet)
    return FAILED if batch.result.failed else 0


def _tell(done, settings, quiet):
    if settings.dry_run:
        for path, output in done.planned:
            print(f"{path} -> {output}" if output else path)
        return
    for record in done.failures[:MOST_SHOWN]:
        _say_failure(record)
    if done.failed > MOST_SHOWN:
        _say(f"… and {done.failed - MOST_SHOWN} more" + (f", see {settings.report}" if settings.report else ""))
    if not quiet:
        before = f", {done.done_before} were done before" if done.done_before else ""
        print(f"{done.done} done, {done.failed} failed{before}, in {done.seconds:.1f} s")


def _say_failure(record):
    if tintype_headless.json:
        json_lines.tell("failed", input=record["input"], message=record["error"], traceback=record.get("traceback", ""))
    else:
        _say(result.told(record))


def _say_error(error):
    if tintype_headless.json:
        json_lines.tell_error(error)
    else:
        _say(error)


def _say(what):
    text = str(what).removeprefix("batch: ")
    if tintype_headless.json:
        json_lines.tell("message", text=text)
    else:
        print(f"tintype: batch: {text}", file=sys.stderr)
