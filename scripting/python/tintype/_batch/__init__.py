# The function tt.batch: one recipe or function on many files. The engine behind it is imported when it is first used.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from .._types import FilePath
    from .._tintype import Image, Recipe
    from .result import BatchResult


def batch(
    work: Callable[..., Any] | Recipe | Image | FilePath,
    inputs: FilePath | Iterable[FilePath],
    out: FilePath | None = None,
    *,
    save: Mapping[str, Any] | None = None,
    format: str | None = None,
    table: FilePath | None = None,
    report: FilePath | None = None,
    journal: FilePath | None = None,
    resume: bool = False,
    overwrite: bool = False,
    verify: bool = False,
    jobs: int | None = None,
    executor: str | None = None,
    timeout: float | None = None,
    recursive: bool = False,
    root: FilePath | None = None,
    input: str | None = None,
    pictures: Mapping[str, FilePath] | None = None,
    pages: str = "all",
    dry_run: bool = False,
) -> BatchResult:
    """Do the same to many files; `tintype batch` is this function on the command line.

    `work` is one of

    - a recipe: a tt.Recipe, an image (its recipe), a recipe's JSON file, or an image of a project: `"cells.tint#mask"`
    - a function `process(image, info)`, or the path of a Python file that defines one. It is called for each plane, and
      gives an Image or an array, a Table, both as a tuple, or None. `info` is a dict whose values go to the report; its
      attributes `path`, `index`, `plane`, `planes` and `output` say what is worked on. A Table in it goes to the table.

    `inputs` is a file, a folder, a pattern such as `"in/**/*.tif"`, or several. Files go in natural order, scan2 before scan10.
    A recipe with several inputs has each file in the place of the one that `input` names; `pictures` gives others by name.

    `out` names the outputs: a folder, or a template with {stem}, {name}, {ext}, {folder} (below the folder that was given),
    {parent}, {index}. `format`, such as "png", stands for the ending where `out` is a folder. `save` holds options of the
    saver. Several pages come out as several, `pages="first"` takes the first only.

    Outputs are written whole or not at all, never over an input, and over other files with `overwrite` only. A file that fails
    is reported and the rest goes on. A journal beside the outputs (or `journal`) lets `resume` go on after any end, so that
    each file is done once; what changed since is done anew. `report` gets one JSON record a line for each file; `table` the
    rows of all Tables, with the file's name, as CSV. `verify` reads lossless outputs back and compares the pixels.

    `executor` is "threads" or "processes" (threads for recipes, processes for functions when there are several `jobs`), `jobs`
    how many files are worked on at once, as many as there are cores otherwise; `timeout` is in seconds for a file.

    Raises ParameterError, FileError or RecipeError before anything is written; failures of single files are in the result.

        tt.batch("clean.json", "in/**/*.tif", out="out/{folder}/{stem}.jp2", save={"lossless": True}, report="r.jsonl")

    >>> import tintype as tt, tempfile, os
    >>> folder = tempfile.mkdtemp()
    >>> tt.Image.black(4, 4).write_to_file(os.path.join(folder, "a.png"))
    >>> done = tt.batch(lambda image, info: image + 3, folder, os.path.join(folder, "out"), jobs=1, executor="threads")
    >>> done
    <batch: 1 done, 0 failed, of 1>
    >>> tt.Image.new_from_file(os.path.join(folder, "out", "a.png")).avg()
    3.0
    """
    given = dict(locals())
    from . import run, settings

    return run.run(settings.Settings(**given))
