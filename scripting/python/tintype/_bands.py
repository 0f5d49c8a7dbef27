# The bands of an image: chosen by numbers and masks, one by one, and the one that is transparency.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from ._tintype import Image

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# How many bands the colours of an interpretation have; the others may have any number.
_COLOURS = {"b-w": 1, "grey16": 1, "cmyk": 4} | dict.fromkeys(
    ("rgb", "cmc", "lch", "labs", "srgb", "yxy", "xyz", "lab", "rgb16", "scrgb", "hsv"), 3
)


def bandsplit(self) -> list[Image]:
    """The bands as a list of images.

    >>> import tintype as tt
    >>> [band(0, 0) for band in (tt.Image.black(1, 1) + [1, 2]).bandsplit()]
    [[1.0], [2.0]]
    """
    return [self.extract_band(index) for index in range(self.bands)]


def get_item(self, key: int | slice | Sequence[int] | Sequence[bool]) -> Image:
    """Bands: `im[0]`, `im[-1]`, `im[0:2]`, `im[[2, 1, 0]]`, `im[[True, False, True]]`."""
    chosen = range(self.bands)[key] if isinstance(key, slice) else _chosen_bands(key, self.bands)
    if not chosen:
        raise IndexError(f"{key} takes none of {self.bands} bands")
    if len(chosen) == 1:
        return self.extract_band(chosen[0])
    if isinstance(chosen, range) and chosen.step == 1:
        return self.extract_band(chosen.start, n=len(chosen))
    return Image.bandjoin([self.extract_band(index) for index in chosen])


def _chosen_bands(key, bands):
    """The numbers of the bands that a number, a list of numbers, or a mask of the bands means."""
    keys = key.tolist() if hasattr(key, "tolist") else key
    keys = keys if isinstance(keys, list) else [keys]
    if keys and all(isinstance(wanted, bool) for wanted in keys):
        if len(keys) != bands:
            raise IndexError(f"a mask of bands must have {bands} truth values, not {len(keys)}")
        return [index for index, wanted in enumerate(keys) if wanted]
    for wanted in keys:
        if isinstance(wanted, bool) or not hasattr(wanted, "__index__"):
            raise IndexError(f"bands are chosen by numbers, a slice or a mask, not by {wanted!r}")
        if not -bands <= wanted < bands:
            raise IndexError(f"band {wanted} of an image with {bands}")
    return [wanted if wanted >= 0 else wanted + bands for wanted in keys]


def addalpha(self) -> Image:
    """The image with one more band, opaque everywhere: 255, or what is opaque for its bands.

    >>> import tintype as tt
    >>> tt.Image.black(1, 1, bands=3).addalpha()(0, 0)
    [0.0, 0.0, 0.0, 255.0]
    """
    return self.bandjoin({"grey16": 65535, "rgb16": 65535, "scrgb": 1.0}.get(self.interpretation, 255))


def hasalpha(self) -> bool:
    """Whether the last band is transparency: whether there are more bands than the interpretation has colours.

    >>> import tintype as tt
    >>> tt.Image.black(1, 1, bands=4).copy(interpretation="srgb").hasalpha(), tt.Image.black(1, 1, bands=4).hasalpha()
    (True, False)
    """
    return self.bands > _COLOURS.get(self.interpretation, self.bands)
