# Makes one sharp picture of several that are in focus at different depths.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Focus stack: at each place the picture that is sharpest there.

>>> import tintype as tt
>>> import focus_stack
>>> sharp = tt.Image.micrograph(width=64, height=64, count=3, seed=1)
>>> both = focus_stack.stack([sharp, sharp.gaussblur(3)])
>>> both.width, both.height
(64, 64)
"""
from typing import Annotated

import numpy as np
import tintype as tt
from scipy import ndimage


@tt.operation("focus.stack", title="Focus stack", category="Combine", tilewise=True, keywords=["depth of field", "extended focus", "z stack", "macro"])
def stack(
    images: list[tt.Image],
    radius: Annotated[int, tt.Range(1, 100, unit="px"), "How far around a pixel its sharpness is looked at."] = 6,
) -> tt.Image:
    """Take each pixel from the picture that is sharpest there. All must have one size and one number of bands."""
    first, *others = images
    for other in others:
        if (other.width, other.height, other.bands) != (first.width, first.height, first.bands):
            raise tt.ParameterError(
                f"images must have one size and one number of bands: {first.width} x {first.height} x {first.bands}, "
                f"not {other.width} x {other.height} x {other.bands}"
            )

    def sharpest(*tiles):
        levels = np.stack([tile if tile.ndim == 3 else tile[..., None] for tile in tiles])
        best = np.argmax([_sharpness(level, radius) for level in levels], axis=0)
        return np.take_along_axis(levels, best[None, ..., None], axis=0)[0]

    return first.map_tiles(sharpest, *others, overlap=radius + 1, edge="mirror", format=first.format, bands=first.bands)


def _sharpness(level, radius):
    """The mean square of the Laplacian around each pixel: Subbarao, Choi and Nikzad (1993), "Focusing techniques", Optical
    Engineering 32(11), 2824-2836, call it the energy of the Laplacian."""
    slope = ndimage.laplace(level.mean(-1, dtype=np.float32))
    return ndimage.uniform_filter(slope * slope, 2 * radius + 1)
