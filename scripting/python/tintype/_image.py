# The methods of tt.Image that are written in Python, by pyvips' conventions.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from . import _arrays, _bands, _connections, _files, _formats, _measure, _metadata, _namespaces, _operators
from . import _short_names, _signals, _storage, _tiles, _tintype
from ._tintype import Error, Image, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ._types import ImageLike, Matrix, Numeric
    from ._values import Integer, Number, Numbers


class Methods:
    """What every image has, whatever the catalogue holds."""

    new_from_file = staticmethod(_files.new_from_file)
    new_from_array = staticmethod(_arrays.new_from_array)
    new_from_list = staticmethod(_arrays.new_from_list)
    new_from_memory = staticmethod(_arrays.new_from_memory)
    new_from_buffer = staticmethod(_connections.new_from_buffer)
    new_from_source = staticmethod(_connections.new_from_source)
    write_to_file = _files.write_to_file
    write_to_buffer = _connections.write_to_buffer
    write_to_target = _connections.write_to_target
    numpy = _arrays.numpy
    __array__ = _arrays.__array__
    tolist = _arrays.tolist
    pil = _arrays.pil
    bandsplit = _bands.bandsplit
    __getitem__ = _bands.get_item
    addalpha = _bands.addalpha
    hasalpha = _bands.hasalpha
    map_tiles = _tiles.map_tiles
    profile_line = _measure.profile_line
    get_typeof = _metadata.get_typeof
    set = _metadata.set
    set_type = _metadata.set_type
    remove = _metadata.remove
    get_value = _metadata.get_value
    set_value = _metadata.set
    get_scale = _metadata.get_scale
    get_offset = _metadata.get_offset
    offset = property(_metadata.get_offset)
    get_page_height = _metadata.get_page_height
    get_n_pages = _metadata.get_n_pages
    pagesplit = _metadata.pagesplit
    pagejoin = _metadata.pagejoin
    mutate = _metadata.mutate
    coding = property(_metadata.coding)
    filename = property(_metadata.filename)
    xoffset = property(_metadata.xoffset)
    yoffset = property(_metadata.yoffset)
    copy_memory = _storage.copy_memory
    new_temp_file = staticmethod(_storage.new_temp_file)
    write = _storage.write
    invalidate = _storage.invalidate
    set_progress = _signals.set_progress
    signal_connect = _signals.signal_connect

    def new_from_image(self, value: Numeric) -> Image:
        """An image of the same size, format and resolution, every pixel of which is `value` (one number, or one a band).

        >>> import tintype as tt
        >>> tt.Image.black(2, 1).new_from_image([1, 2])(0, 0)
        [1.0, 2.0]
        """
        pixel = (Image.black(1, 1) + value).cast(self.format)
        spread = pixel.embed(0, 0, self.width, self.height, extend="copy")
        return spread.copy(**{name: getattr(self, name) for name in ("interpretation", "xres", "yres", "xoffset", "yoffset")})

    def plane(self, index: int | None = None, **axes: int | str) -> Image:
        """One plane of an image with several: by its index, or by a position or a name for each of `axes`.

        >>> import tintype as tt
        >>> im = tt.Image.black(4, 4)
        >>> im.plane(0).width, im.axes
        (4, {})
        """
        if index is None:
            index = _plane_index(self.axes, axes)
        elif axes:
            raise ParameterError("plane: give an index or the names of axes, not both")
        return self._plane(index)

    def bandjoin(self, other: ImageLike | Sequence[ImageLike] | None = None) -> Image:
        """The bands of this image and those of others, or constants, in one image.

        >>> import tintype as tt
        >>> tt.Image.black(1, 1).bandjoin([3, 4])(0, 0)
        [0.0, 3.0, 4.0]
        """
        images = list(self) if isinstance(self, (list, tuple)) else [self]
        images += _as_list(other)
        if all(not isinstance(image, Image) for image in images[1:]) and len(images) > 1 and isinstance(images[0], Image):
            return images[0].bandjoin_const(images[1:])
        return _tintype.image_operation("bandjoin")(images)

    def bandrank(self, other: ImageLike | Sequence[ImageLike] | None = None, **options: Any) -> Image:
        """For each pixel and band, the value of the given rank among the images; the middle one by default."""
        images = list(self) if isinstance(self, (list, tuple)) else [self]
        return _tintype.image_operation("bandrank")(images + _as_list(other), **options)

    def composite(
        self, other: ImageLike | Sequence[ImageLike], mode: str | Sequence[str] | None = None, **options: Any
    ) -> Image:
        """Lay images over this one, each with its blend mode: "over", "multiply", …

            page.composite(stamp, "multiply", x=100, y=50)
        """
        if isinstance(self, (list, tuple)):
            images, mode = list(self), other if mode is None else mode
        else:
            images = [self] + _as_list(other)
        modes = mode if isinstance(mode, (list, tuple)) else [mode]
        return _tintype.image_operation("composite")(images, list(modes), **options)

    def median(self, size: int = 3, **options: Any) -> Image:
        """The middle value of a square of `size` pixels; `tt.ops.median` on the document.

        >>> import tintype as tt
        >>> tt.Image.black(9, 9).draw_rect(255, 4, 4, 1, 1).median(3).max()
        0.0
        """
        return _tintype.image_operation("median")(self, size=size, **options)

    def erode(self, mask: Image | Matrix | None = None, **options: Any) -> Image:
        """The smallest value around each pixel: with the catalogue's options, or with a mask of 255, 0 and 128, as pyvips."""
        return _tintype.image_operation("erode")(self, **options) if mask is None else self.morph(mask, "erode")

    def dilate(self, mask: Image | Matrix | None = None, **options: Any) -> Image:
        """The largest value around each pixel: with the catalogue's options, or with a mask of 255, 0 and 128, as pyvips."""
        return _tintype.image_operation("dilate")(self, **options) if mask is None else self.morph(mask, "dilate")

    def maxpos(self) -> tuple[Number, Integer, Integer]:
        """The largest number, and where it is: value, x, y."""
        value, where = self.max(x=True, y=True)
        return value, where["x"], where["y"]

    def minpos(self) -> tuple[Number, Integer, Integer]:
        """The smallest number, and where it is: value, x, y."""
        value, where = self.min(x=True, y=True)
        return value, where["x"], where["y"]

    def __call__(self, x: float, y: float) -> Numbers:
        """The numbers of the pixel at column x and row y, a list with one for each band; digits after the point are dropped."""
        return self.getpoint(_whole(x), _whole(y))

    def __enter__(self) -> Image:
        return self

    def __exit__(self, *error: Any) -> None:
        pass

    def __len__(self) -> int:
        return self.bands

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"'Image' object has no attribute '{name}'")
        # libvips takes capital letters for small ones.
        id = _namespaces.spelled(name)
        if id or _namespaces.load_addons():
            return getattr(self, id or name)
        return _namespaces.unknown(name)

    def __dir__(self) -> list[str]:
        _namespaces.install(Image)
        return list(object.__dir__(self))

    def __copy__(self) -> Image:
        return self

    def __deepcopy__(self, memo: Any) -> Image:
        return self

    def __reduce_ex__(self, protocol: int) -> tuple[Any, ...]:
        from . import _travel

        return _travel.reduce_image(self, protocol)

    def __repr__(self) -> str:
        try:
            bands = f"{self.bands} band" + ("s" if self.bands != 1 else "")
            planes = f", {self.planes} planes" if self.planes > 1 else ""
            return f"<tintype.Image {self.width}x{self.height} {self.format}, {bands}, {self.interpretation}{planes}>"
        except _tintype.Error as error:
            return f"<tintype.Image of {self._operation} without pixels: {error}>"


def _whole(place):
    """As pyvips takes half of an odd width for a column; what is whole goes on as it is, with its link."""
    return int(place) if isinstance(place, float) and place % 1 > 0 else place


def _as_list(value):
    return [] if value is None else list(value) if isinstance(value, (list, tuple)) else [value]


def _plane_index(axes, wanted):
    index = 0
    for name in wanted:
        if name not in axes:
            known = f"axes are {', '.join(axes)}" if axes else "the image has one plane only"
            raise ParameterError(f"plane: there is no axis '{name}'; {known}")
    for name, size in axes.items():
        labels = [] if isinstance(size, int) else size
        count = size if isinstance(size, int) else len(size)
        if name not in wanted and count > 1:
            raise ParameterError(f"plane: say which '{name}' is meant, 0 to {count - 1}")
        position = wanted.get(name, 0)
        if isinstance(position, str):
            if position not in labels:
                raise ParameterError(f"plane: {name} must be one of {', '.join(labels)}, not '{position}'")
            position = labels.index(position)
        if not 0 <= position < count:
            raise ParameterError(f"plane: {name} must be 0 to {count - 1}, not {position}")
        index = index * count + position
    return index


def _message(self) -> str:
    """What was wrong, with which value, and what is allowed."""
    return str(self)


def _detail(self) -> str:
    """The same as `message`, which says everything."""
    return str(self)


def _extend(source, over):
    for name, value in vars(source).items():
        if name in ("__module__", "__doc__", "__dict__", "__weakref__", "__qualname__"):
            continue
        if over or not hasattr(Image, name):
            setattr(Image, name, value)


def install():
    """Complete the classes that the extension module made."""
    Error.message = property(_message)
    Error.detail = property(_detail)
    _extend(Methods, over=True)
    _extend(_short_names.Conveniences, over=False)
    _operators.install(Image)
    _formats.install(Image)
    _namespaces.install(Image)
