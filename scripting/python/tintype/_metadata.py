# What an image says about itself besides its pixels, by pyvips' conventions.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images never change: a field that is set makes another image, and `set`, `set_type` and `remove` let this one Image object
stand for it from then on, as scripts for pyvips expect. Whatever else was made of the image keeps what it had."""

from __future__ import annotations

from . import _signals
from ._tintype import Image, NotFoundError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from ._types import Metadata

# What an image has besides its fields, and how `copy` calls it.
HEADER = ("width", "height", "bands", "format", "coding", "interpretation", "xoffset", "yoffset", "xres", "yres")

# GLib's names of types, by numbers that stand for them. The first ones are GLib's own.
_TYPES = {
    "gboolean": 20, "gint": 24, "guint64": 44, "genum": 48, "gflags": 52, "gdouble": 60, "gchararray": 64, "GObject": 80,
    "VipsImage": 1001, "VipsArrayInt": 1002, "VipsArrayDouble": 1003, "VipsArrayImage": 1004, "VipsRefString": 1005,
    "VipsBlob": 1006, "VipsBandFormat": 1007, "VipsBlendMode": 1008, "VipsSource": 1009, "VipsTarget": 1010,
    "VipsCoding": 1011, "VipsInterpretation": 1012,
}  # fmt: skip


class GValue:
    """pyvips' numbers for the types of metadata fields, as get_typeof gives and set_type takes them.

    >>> import tintype as tt
    >>> tt.Image.black(2, 2).get_typeof("width") == tt.GValue.gint_type
    True
    """

    gbool_type = _TYPES["gboolean"]
    gint_type = _TYPES["gint"]
    guint64_type = _TYPES["guint64"]
    gdouble_type = _TYPES["gdouble"]
    gstr_type = _TYPES["gchararray"]
    genum_type = _TYPES["genum"]
    gflags_type = _TYPES["gflags"]
    gobject_type = _TYPES["GObject"]
    image_type = _TYPES["VipsImage"]
    array_int_type = _TYPES["VipsArrayInt"]
    array_double_type = _TYPES["VipsArrayDouble"]
    array_image_type = _TYPES["VipsArrayImage"]
    refstr_type = _TYPES["VipsRefString"]
    blob_type = _TYPES["VipsBlob"]
    format_type = _TYPES["VipsBandFormat"]
    blend_mode_type = _TYPES["VipsBlendMode"]
    source_type = _TYPES["VipsSource"]
    target_type = _TYPES["VipsTarget"]


def type_name(gtype: int) -> str:
    """GLib's name of a type: "gint", "VipsBlob", … Raises NotFoundError for a number that stands for none."""
    for name, number in _TYPES.items():
        if number == gtype:
            return name
    raise NotFoundError(f"type_name: {gtype!r} is the number of no type; tt.GValue has them")


def type_from_name(name: str) -> int:
    """The number of the type that GLib calls so; 0 for one that no field has."""
    return _TYPES.get(name, 0)


def _value(gtype_name, name, value):
    """The options of the operation that sets a field of this type."""
    try:
        if gtype_name in ("VipsRefString", "gchararray"):
            return {"text": value if isinstance(value, str) else str(value)}
        if gtype_name == "VipsBlob":
            return {"data": value.encode() if isinstance(value, str) else bytes(value)}
        return {"numbers": [float(item) for item in (value if hasattr(value, "__iter__") else [value])]}
    except (TypeError, ValueError):
        raise ParameterError(f"set_type: {name} is of the type {gtype_name}, which {value!r} does not fit") from None


def _with_field(image, type_name, name, value):
    if name in HEADER:
        return image.copy(**{name: value})
    return image.set_field(name, type_name, **_value(type_name, name, value))


def move(image, other):
    """Let the Image object stand for the other image."""
    image._become(other)
    _signals.moved(image)


def get_typeof(self, name: str) -> int:
    """The type of a metadata field, a number of tt.GValue; 0 when there is no such field."""
    found = self._type_of(name)
    return _TYPES.setdefault(found, 2000 + len(_TYPES)) if found else 0


def set_type(self, gtype: int, name: str, value: Any) -> None:
    """Set a metadata field of this Image object, which stands for another image afterwards, with `gtype` out of tt.GValue.

    Raises ParameterError for a value that does not fit the type.

    >>> import tintype as tt
    >>> im = tt.Image.black(2, 2)
    >>> im.set_type(tt.GValue.gint_type, "answer", 42)
    >>> im.get("answer")
    42
    """
    move(self, _with_field(self, type_name(gtype), name, value))


def set(self, name: str, value: Any) -> Image:
    """Set a metadata field that exists, or one of the header such as "xres", and return this Image object.

    It stands for another image afterwards. Raises NotFoundError when there is no such field; `set_type` makes new ones.
    """
    found = self._type_of(name)
    if not found:
        raise NotFoundError(f"set: there is no field '{name}'; set_type makes one, and there are {', '.join(self.get_fields())}")
    move(self, _with_field(self, found, name, value))
    return self


def remove(self, name: str) -> bool:
    """Remove a metadata field of this Image object, which stands for another image afterwards; False when there is none."""
    if not self._type_of(name) or name in HEADER:
        return False
    move(self, self.remove_field(name))
    return True


def get_value(self, name: str) -> Metadata:
    """The same as `get`."""
    return self.get(name)


def get_page_height(self) -> int:
    """The height of a page in an image of several pages, one below the other; else the height."""
    height = self.get("page-height") if self._type_of("page-height") else 0
    return height if 0 < height < self.height and self.height % height == 0 else self.height


def get_n_pages(self) -> int:
    """The number of pages that the file of the image has; 1 when it does not say."""
    return self.get("n-pages") if self._type_of("n-pages") else 1


def get_scale(self) -> float:
    """What a convolution with this matrix divides by; 1 where it does not say."""
    return self.get("scale") if self._type_of("scale") else 1.0


def get_offset(self) -> float:
    """What a convolution with this matrix adds; 0 where it does not say."""
    return self.get("offset") if self._type_of("offset") else 0.0


def pagesplit(self) -> list[Image]:
    """The pages of an image that has them one below the other.

    >>> import tintype as tt
    >>> pages = tt.Image.black(4, 3).pagejoin(tt.Image.black(4, 3) + 7).pagesplit()
    >>> [(page.height, page.avg()) for page in pages]
    [(3, 0.0), (3, 7.0)]
    """
    height = self.get_page_height()
    return [self.extract_area(0, top, self.width, height) for top in range(0, self.height, height)]


def pagejoin(self, other: Image | Sequence[Image]) -> Image:
    """This image and others as pages one below the other, each as large as the largest."""
    pages = [self, *(other if isinstance(other, (list, tuple)) else [other])]
    joined = Image.arrayjoin(pages, across=1)
    return joined.set_field("page-height", "gint", numbers=[joined.height // len(pages)])


def keep_fields(source, image):
    """The image with all that the other says about itself."""
    image = image.copy(**{name: getattr(source, name) for name in ("interpretation", "xres", "yres", "xoffset", "yoffset")})
    for name in source.get_fields():
        found = source._type_of(name)
        if name not in HEADER and name != "filename" and found in _SETTABLE:
            image = image.set_field(name, found, **_value(found, name, source.get(name)))
    return image


_SETTABLE = {"gboolean", "gint", "gdouble", "gchararray", "VipsRefString", "VipsBlob", "VipsArrayInt", "VipsArrayDouble"}


def coding(self) -> str:
    """How the pixels are packed: "none" for almost all images, "labq", "rad"."""
    return self.get("coding")


def filename(self) -> str | None:
    """The path of the file that the image was opened from; None for others."""
    name = self.get("filename") if self._type_of("filename") else "temp-"
    # So libvips calls what has no file.
    return None if name.startswith("temp-") else name


def xoffset(self) -> int:
    """Where the image lies in a larger one: what the last operation says about its origin."""
    return self.get("xoffset")


def yoffset(self) -> int:
    """Where the image lies in a larger one: what the last operation says about its origin."""
    return self.get("yoffset")


class MutableImage:
    """An image that is changed step by step: what `Image.mutate` gives. Drawing and metadata change it in place.

    >>> import tintype as tt
    >>> page = tt.Image.black(9, 9)
    >>> with page.mutate() as mutable:
    ...     mutable.draw_rect(255, 0, 0, 3, 3, fill=True)
    ...     mutable.set_type(tt.GValue.gstr_type, "note", "checked")
    >>> mutable.image.get("note"), mutable.image.max(), page.max()
    ('checked', 255.0, 0.0)
    """

    def __init__(self, image: Image) -> None:
        self.image = image.copy()

    def __enter__(self) -> MutableImage:
        return self

    def __exit__(self, *error: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name == "image":
            raise AttributeError(name)
        found = getattr(self.image, name)
        if not name.startswith("draw_"):
            return found

        def draw(*values, **options):
            drawn = getattr(self.image, name)(*values, **options)
            self.image, *found = drawn if isinstance(drawn, tuple) else [drawn]
            return found[0] if found else None

        return draw

    def __repr__(self) -> str:
        return f"<tintype.MutableImage of {self.image!r}>"


def mutate(self, change: Callable[[MutableImage], Any] | None = None) -> Any:
    """A MutableImage, for a `with` block, whose `image` is the result; or the result of calling `change` with one.

    This image and what was made of it stay as they are.
    """
    mutable = MutableImage(self)
    if change is None:
        return mutable
    change(mutable)
    return mutable.image
