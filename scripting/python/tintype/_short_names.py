# pyvips' short names for members of families of operations, as `sin` is one of `math`.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from . import _operators
from ._tintype import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._tintype import Image
    from ._types import ImageLike


def _function(family, name):
    """A method for one member of a family of operations, as `sin` is one of `math`."""

    def method(self) -> Image:
        return getattr(self, family)(name)

    method.__doc__ = f"The same as `{family}({name!r})`."
    return method


def _of_complex(name):
    """A method for complex images, and for those whose bands are pairs of a real and an imaginary part."""

    def method(self) -> Image:
        if "complex" in self.format:
            return self.complex(name)
        if self.bands % 2:
            raise ParameterError(
                f"{name}: a complex image, or one with an even number of bands, is needed, not {self.bands} bands of {self.format}"
            )
        pairs = self if self.format in ("float", "double") else self.cast("float")
        joined = "dpcomplex" if pairs.format == "double" else "complex"
        return pairs.copy(format=joined, bands=self.bands // 2).complex(name).copy(format=pairs.format, bands=self.bands)

    method.__doc__ = (
        f"The same as `complex({name!r})`, also for an image whose bands are pairs of a real and an imaginary part."
    )
    return method


class Conveniences:
    """pyvips' short names for what the catalogue has under a longer one; an operation of that name goes before."""

    def crop(self, left: int, top: int, width: int, height: int) -> Image:
        """The rectangle from column `left` and row `top` on."""
        return self.extract_area(left, top, width, height)

    def pow(self, other: ImageLike) -> Image:
        """The image to the power of a number, or of the other image."""
        return self**other

    def wop(self, other: ImageLike) -> Image:
        """The number, or the other image, to the power of this one."""
        return _operators.OPERATORS["__rpow__"](self, _operators.operand(other))

    def atan2(self, other: ImageLike) -> Image:
        """The angle in degrees of the point with this image as its height and the other as its width."""
        return _operators.two_images("math2", "atan2")(self, _operators.operand(other))

    def cross_phase(self, other: ImageLike) -> Image:
        """The phase by which the other complex image differs, as complex numbers of the length 1."""
        return self.complex2(other, "cross-phase")

    def scaleimage(self, **options: Any) -> Image:
        """The same as `scale`."""
        return self.scale(**options)


for _family, _names in {
    "math": ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "log", "log10", "exp", "exp10"),
    "round": ("floor", "ceil", "rint"),
    "bandbool": (),
    "complexget": ("real", "imag"),
    "complex": ("conj",),
}.items():
    for _name in _names:
        setattr(Conveniences, _name, _function(_family, _name))
for _name, _method in {
    "polar": _of_complex("polar"),
    "rect": _of_complex("rect"),
    "bandand": _function("bandbool", "and"),
    "bandor": _function("bandbool", "or"),
    "bandeor": _function("bandbool", "eor"),
    "fliphor": _function("flip", "horizontal"),
    "flipver": _function("flip", "vertical"),
    "rot90": _function("rot", "d90"),
    "rot180": _function("rot", "d180"),
    "rot270": _function("rot", "d270"),
}.items():
    setattr(Conveniences, _name, _method)
