# What is open: tt.data.images, tt.data.scripts, tt.project, undo groups.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager

from . import _namespaces, _tintype
from ._tintype import Image, NotFoundError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._types import Array, FilePath


def _checked_name(name):
    if not isinstance(name, str) or not name:
        raise ParameterError(f"A name must be a text with at least one letter, not {name!r}")
    return name


def _missing(kind, name, names):
    return NotFoundError(f"there is no {kind} '{name}'; " + (f"there are {', '.join(names)}" if names else "there are none"))


class Images(MutableMapping[str, Image]):
    """The open images by name, in the order of the list in the window. A new name is appended and becomes active.

    >>> import tintype as tt
    >>> tt.data.images["example"] = tt.Image.black(2, 2)
    >>> "example" in tt.data.images, tt.data.images["example"].width
    (True, 2)
    >>> tt.data.images.rename("example", "sample")
    >>> del tt.data.images["sample"]
    """

    def __getitem__(self, name: str) -> Image:
        image = _tintype.document_image(name) if isinstance(name, str) else None
        if image is None:
            raise _missing("image", name, list(self))
        return image

    def __setitem__(self, name: str, image: Image | Array) -> None:
        if not isinstance(image, Image):
            if not hasattr(image, "__array__"):
                raise ParameterError(f"tt.data.images[{name!r}]: an Image or an array is needed, not {type(image).__name__}")
            image = Image.new_from_array(image)
        _tintype.set_image(_checked_name(name), image)

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise _missing("image", name, list(self))
        _tintype.remove_image(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_tintype.image_names())

    def __len__(self) -> int:
        return len(_tintype.image_names())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _tintype.document_image(name) is not None

    def rename(self, name: str, new_name: str) -> None:
        """Give an image another name; it keeps its place. Raises NotFoundError, or ParameterError when the name is taken."""
        if name not in self:
            raise _missing("image", name, list(self))
        if new_name != name and _checked_name(new_name) in self:
            raise ParameterError(f"tt.data.images.rename: there is an image '{new_name}' already")
        _tintype.rename_image(name, new_name)

    def __repr__(self) -> str:
        return f"<images: {', '.join(self)}>" if len(self) else "<images: none>"


class Scripts(MutableMapping[str, str]):
    """The scripts that are saved with the project: text by name.

    >>> import tintype as tt
    >>> tt.data.scripts["hello"] = "print('hello')"
    >>> list(tt.data.scripts)
    ['hello']
    >>> del tt.data.scripts["hello"]
    """

    def __getitem__(self, name: str) -> str:
        scripts = dict(_tintype.scripts())
        if name not in scripts:
            raise _missing("script", name, list(scripts))
        return scripts[name]

    def __setitem__(self, name: str, text: str) -> None:
        if not isinstance(text, str):
            raise ParameterError(f"tt.data.scripts[{name!r}]: a text is needed, not {type(text).__name__}")
        _tintype.set_script(_checked_name(name), text)

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise _missing("script", name, list(self))
        _tintype.remove_script(name)

    def __iter__(self) -> Iterator[str]:
        return iter([name for name, text in _tintype.scripts()])

    def __len__(self) -> int:
        return len(_tintype.scripts())

    def __repr__(self) -> str:
        return f"<scripts: {', '.join(self)}>" if len(self) else "<scripts: none>"


class Data:
    """What the document holds."""

    images: Images
    scripts: Scripts

    def __init__(self) -> None:
        self.images = Images()
        self.scripts = Scripts()

    def __repr__(self) -> str:
        return f"<data: {len(self.images)} images, {len(self.scripts)} scripts>"


class Project:
    """The document as a file: `.tint`, with recipes, names and scripts.

        tt.project.save("cells.tint")
        tt.project.open("cells.tint")
    """

    def open(self, path: FilePath) -> None:
        """Open a project in the place of what is open. Raises FileError or RecipeError, and then nothing changes.

        Steps whose operation is not there, because the add-on that brings it is off, stay as they are."""
        # Its steps may be theirs.
        _namespaces.load_addons()
        _tintype.open_project(path)

    def save(self, path: FilePath | None = None) -> None:
        """Write the project whole or not at all, to the file it came from when no path is given."""
        path = path if path is not None else self.path
        if path is None:
            raise ParameterError("tt.project.save: the project has no file yet; give a path")
        _tintype.save_project(path)

    @property
    def path(self) -> str | None:
        """The file that it was opened from or saved to last, or None."""
        return _tintype.project_path() or None

    @property
    def is_modified(self) -> bool:
        """Whether something has changed since then."""
        return _tintype.project_is_modified()

    def __repr__(self) -> str:
        return f"<project: {self.path or 'without a file'}>"


@contextmanager
def undo_group(title: str) -> Iterator[None]:
    """What is done inside is one undo step with this title. A group inside another is part of it.

    >>> import tintype as tt
    >>> tt.data.images["group example"] = tt.Image.black(2, 2)
    >>> with tt.undo_group("Brighten"):
    ...     x = tt.ops.linear(1, 5)
    ...     x = tt.ops.linear(2, 0)
    >>> tt.undo()
    'Brighten'
    >>> tt.data.images["group example"].max()
    0.0
    >>> del tt.data.images["group example"]
    """
    if _tintype.undo_group_id():
        yield
        return
    group = _tintype.new_group(title)
    _tintype.set_undo_group_id(group)
    try:
        yield
    finally:
        _tintype.set_undo_group_id(0)
        _tintype.end_group(group)


def active():
    """The current image of this script or console line, or None."""
    return _tintype.document_image(_tintype.current_image())


def set_active(name):
    """Make the image of this name the current one."""
    if not isinstance(name, str):
        raise ParameterError(f"tt.active must be set to the name of an image, not to {name!r}")
    if name not in Images():
        raise _missing("image", name, _tintype.image_names())
    _tintype.set_current_image(name)
