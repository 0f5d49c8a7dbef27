# What a batch does to each picture: a recipe, or a function of the person's.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Works travel to other processes, and say by a fingerprint whether a resumed batch is still the same one."""
import hashlib
import importlib.util
import inspect
import os
import sys

from .. import _table
from .._tintype import Error, FileError, Image, ParameterError, Recipe, RecipeError
from . import checks, fingerprints, recipes


class RecipeWork:
    """The steps of a recipe whose one input is the file."""

    executor = "threads"
    name = "the recipe"

    def __init__(self, recipe):
        self._recipe = recipe
        self._numbers = {}

    def what_travels(self):
        """What a worker in another process must be sent."""
        return self

    def fingerprint(self):
        """None for pixels in memory, of which nothing says later whether they are still the same."""
        try:
            text = self._recipe.to_json()
        except RecipeError:
            return None
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def process(self, image, make_info):
        """The picture made of the image with all its planes, the tables, and what goes to the report."""
        return self._recipe.apply(**{recipes.PLACE: image}), [], []

    def numbers_of(self, source, picture):
        """Format and bands of the picture, which the same steps make alike of sources that are alike; to look at the picture
        itself takes as long as many a step."""
        kind = (source.format, source.bands, source.interpretation)
        if kind not in self._numbers:
            self._numbers[kind] = picture.format, picture.bands
        return self._numbers[kind]


class FunctionWork:
    """A function that gets each plane."""

    executor = "processes"

    def __init__(self, function):
        self._function = function
        self._takes_info = _takes_info(function)
        self.name = f"the function {getattr(function, '__qualname__', type(function).__name__)}"

    def what_travels(self):
        return self._function

    def fingerprint(self):
        """None where it uses what has no content that could be compared later."""
        return fingerprints.of(self._function)

    def process(self, image, make_info):
        pictures, tables, infos = [], [], []
        for plane in range(image.planes):
            info = make_info(plane)
            one = image.plane(plane) if image.planes > 1 else image
            given = self._function(one, info) if self._takes_info else self._function(one)
            picture, found = _sorted_out(given, self.name)
            found += [info.pop(key) for key in [key for key, value in info.items() if isinstance(value, _table.Table)]]
            pictures += [picture] if picture is not None else []
            tables += [(plane, table) for table in found]
            infos.append(dict(info))
        if pictures and len(pictures) != image.planes:
            raise ParameterError(f"{self.name} gave a picture for {len(pictures)} of {image.planes} planes; give one for each or none")
        return pictures or None, tables, infos

    def numbers_of(self, source, picture):
        return picture.format, picture.bands


class FileWork(FunctionWork):
    """The function `process` of a Python file, which every process reads for itself."""

    def __init__(self, path):
        self._path = os.path.abspath(path)
        self._digest = hashlib.sha256(_content(path)).hexdigest()
        self._load()

    def _load(self):
        # A module per path and content, so that what the file keeps for all pictures is there once, and one that was edited is new.
        name = "tintype_batch_" + hashlib.sha256(os.fsencode(self._path) + self._digest.encode()).hexdigest()[:12]
        module = sys.modules.get(name)
        if module is None or module.__file__ != self._path:
            module = _import(name, self._path)
        self._module = module.__name__
        function = getattr(module, "process", None)
        if not callable(function):
            raise ParameterError(f"{self._path}: there is no function process(image, info) in this file")
        super().__init__(function)
        self.name = f"process of {os.path.basename(self._path)}"

    def what_travels(self):
        return self

    def fingerprint(self):
        return fingerprints.of([self._digest, sys.modules[self._module]])

    def __getstate__(self):
        return {"_path": self._path, "_digest": self._digest}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._load()


def work_of(settings):
    """The work that tt.batch was given. Raises ParameterError, FileError or RecipeError."""
    given = settings.work
    if isinstance(given, Image):
        given = given.recipe
    if isinstance(given, Recipe):
        return _recipe_work(given, settings, None)
    if callable(given):
        _refuse_pictures(settings)
        return FunctionWork(given)
    if not isinstance(given, (str, bytes, os.PathLike)):
        raise ParameterError(
            f"batch: work must be a recipe, an image, a function, or the path of a recipe, a project or a Python file, not "
            f"{type(given).__name__}"
        )
    path = os.fsdecode(given)
    if path.endswith(".py"):
        _refuse_pictures(settings)
        return FileWork(path)
    return _recipe_work(recipes.load(path), settings, path)


def _recipe_work(recipe, settings, path):
    folder = None if path is None else os.path.dirname(os.path.abspath(path.partition(".tint#")[0]))
    try:
        made = recipes.for_each_file(recipe, settings.input, settings.pictures, folder)
        checks.reading(made)
        return RecipeWork(made)
    except Error as error:
        raise type(error)(f"{path or 'batch'}: {error}") from None


def _refuse_pictures(settings):
    if settings.input is not None or settings.pictures:
        raise ParameterError("batch: input and pictures are for recipes; a function gets the image alone")


def _content(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from None


def _import(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    folder = os.path.dirname(path)
    # As for a script: modules beside the file can be imported.
    if folder not in sys.path:
        sys.path.insert(0, folder)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        reason = "it ends the program" if isinstance(error, SystemExit) else "it cannot be imported"
        raise ParameterError(f"{path}: {reason}: {type(error).__name__}: {error}") from error
    return module


def _takes_info(function):
    try:
        inspect.signature(function).bind(None, None)
        return True
    except TypeError:
        pass
    except ValueError:
        return True
    try:
        inspect.signature(function).bind(None)
        return False
    except TypeError:
        raise ParameterError(f"batch: {function!r} must take an image and its info, as process(image, info)") from None


def _sorted_out(given, name):
    """The picture or None, and the tables, that a function gave."""
    picture, tables = None, []
    for part in given if isinstance(given, tuple) else (given,):
        if isinstance(part, _table.Table):
            tables.append(part)
        elif isinstance(part, Image) or hasattr(part, "__array_interface__"):
            if picture is not None:
                raise ParameterError(f"{name} gave two pictures for one plane")
            picture = part if isinstance(part, Image) else Image.new_from_array(part)
        elif part is not None:
            raise ParameterError(
                f"{name} must give an Image, an array, a Table, both as a tuple, or None, not {type(part).__name__}"
            )
    return picture, tables

