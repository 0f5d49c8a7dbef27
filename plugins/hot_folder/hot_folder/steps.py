# What workers do: the steps of one file, each in whichever process it is, and each fit to be done again.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import pathlib
import shutil
import tempfile
import traceback

import tintype as tt

from . import delivery, routing

NO_FIELDS = ("filename", "vips-loader", "vips-sequential")


class Gone(Exception):
    """The file is not there any more as it was."""


def check(settings):
    """Raises what is wrong with recipe, routes and names, before anything is done."""
    if settings.routes is not None:
        routing.Routes(settings.routes)
    if settings.recipe is None:
        return
    with tempfile.TemporaryDirectory(prefix="tintype-hot-folder-") as folder:
        sample = os.path.join(folder, "sample.png")
        tt.Image.black(8, 8).write_to_file(sample)
        _batch(settings, sample, folder, os.path.join(folder, "out"), dry_run=True)


def _batch(settings, source, root, stage, **options):
    template = os.path.join(stage.replace("{", "{{").replace("}", "}}"), settings.output)
    if settings.recipe.endswith(".py"):
        options["table"] = os.path.join(stage, "rows.csv")
    return tt.batch(
        settings.recipe, source, out=template, root=root, save=settings.save, report=os.path.join(stage, "report.jsonl"),
        executor="threads", jobs=1, **options,
    )


def process(settings, path, expected, stage):
    """(outputs, metadata): outputs are (name, where it waits, SHA-256), in the folder `stage`. Raises Gone."""
    source = os.path.join(settings.watch, path)
    _require(source, expected)
    shutil.rmtree(stage, ignore_errors=True)
    os.makedirs(stage)
    try:
        metadata = _metadata(source, settings.recipe is not None)
        if settings.recipe is None:
            outputs = [_whole_file(source, path, stage)]
        else:
            outputs, found = _done(settings, source, stage)
            metadata = found | metadata
        for _, staged, _ in outputs:
            delivery.sync(os.path.dirname(staged))
        _require(source, expected)
    except BaseException:
        _require(source, expected)
        raise
    return outputs, metadata


def _require(source, expected):
    found = delivery.version(source)
    if found is None:
        raise Gone("it is not there any more")
    if found != expected:
        raise Gone("another file has taken its place")


def _whole_file(source, path, stage):
    copy = os.path.join(stage, "file" + os.path.splitext(source)[1])
    with open(source, "rb") as file, open(copy, "wb") as out:
        shutil.copyfileobj(file, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
    return path, copy, delivery.digest(copy)


def _done(settings, source, stage):
    done = _batch(settings, source, settings.watch, stage)
    if done.failures:
        failure = done.failures[0]
        raise tt.Error(failure.get("traceback") or failure["error"])
    record = json.loads(pathlib.Path(stage, "report.jsonl").read_text(encoding="utf-8"))
    outputs = []
    if record["output"]:
        name = os.path.relpath(record["output"], stage)
        outputs.append((name, record["output"], delivery.digest(record["output"])))
    if done.rows:
        rows = os.path.join(stage, "rows.csv")
        inside = os.path.relpath(os.path.dirname(source), settings.watch)
        name = os.path.splitext(outputs[0][0] if outputs else os.path.join(inside, os.path.basename(source)))[0]
        outputs.append((os.path.normpath(name) + ".csv", rows, delivery.digest(rows)))
    return outputs, _found(record["info"])


def _found(info):
    """What the recipe's script left in `info`; of several planes, a list of it."""
    return info if isinstance(info, dict) else {"planes_found": info}


def _metadata(source, is_picture):
    """What routes are told of the file that arrived."""
    found = os.stat(source)
    about = {"name": os.path.basename(source), "size": found.st_size, "time": found.st_mtime}
    try:
        image = tt.open(source)
    except tt.Error:
        # Without a recipe any file may be routed.
        if is_picture:
            raise
        return about
    about |= {name: getattr(image, name) for name in ("width", "height", "bands", "format", "planes")}
    return _fields(image) | about


def _fields(image):
    """The fields of the image that are texts or numbers."""
    fields = {}
    for name in image.get_fields():
        value = image.get(name) if name not in NO_FIELDS else None
        if isinstance(value, (str, int, float)) or isinstance(value, (list, tuple)) and all(isinstance(one, (int, float)) for one in value):
            fields[name] = value
    return fields


def route(settings, path, metadata):
    """The folders that the results go to."""
    source = pathlib.Path(settings.watch, path)
    try:
        folders = routing.destinations(settings.routes, settings.results, source, metadata)
    except tt.Cancelled:
        raise
    except BaseException as error:
        # Whatever a script raises is a failure of the file, also what would end a program.
        raise tt.Error(_traceback_from_script(error)) from None
    for folder in folders:
        if settings.is_watched(folder):
            raise tt.Error(f"the destination {folder} is the watched folder, or lies in it: what goes there would come again")
    return folders


def _traceback_from_script(error):
    """The traceback without our own lines; the error alone where it is one of ours."""
    if isinstance(error, tt.Error) and not isinstance(error.__cause__, BaseException):
        return str(error)
    lines = error.__traceback__
    own = os.path.dirname(__file__) + os.sep
    while lines is not None and lines.tb_next is not None and lines.tb_frame.f_code.co_filename.startswith(own):
        lines = lines.tb_next
    return "".join(traceback.format_exception(type(error), error, lines))


def deliver(settings, deliveries):
    """`deliveries` are (id, where it waits, target, part, SHA-256); a list of (id, what became of it, why): "done", "taken" when
    another file has come to stand there, "lost" when what waited is not there as it was, "failed"."""
    said = []
    for id, staged, target, part, sha256 in deliveries:
        if settings.is_watched(os.path.dirname(target)):
            said.append((id, "failed", f"{target} would lie in the watched folder: what goes there would come again"))
            continue
        try:
            said.append((id, "done" if delivery.deliver(staged, target, part, sha256) else "taken", ""))
        except delivery.Lost:
            said.append((id, "lost", f"what waited to be delivered is not there any more as it was: {staged}"))
        except OSError as error:
            said.append((id, "failed", f"{error.filename or target}: cannot be written: {error.strerror or error}"))
    return said


def move(settings, path, expected, target):
    """Moves a file that is done. False when something else has come to stand there."""
    return delivery.move(os.path.join(settings.watch, path), expected, target)
