# Reads lossless outputs back and compares their pixels.
# SPDX-License-Identifier: GPL-3.0-or-later
import math

from .._tintype import FileError, Image
from . import naming

# Lossy ways to save in formats that are lossless otherwise.
LOSSY_COMPRESSION = ("jpeg", "webp", "jp2k", "ccittfax4")
LOSSLESS = ("ppm", "pgm", "pbm", "pfm", "pnm", "v", "vips", "fit", "fits", "fts", "csv", "mat", "bmp")


def is_lossless(output, save):
    """Whether what is saved like this must read back the same, whatever the picture."""
    ending = naming.ending_of(output)
    if ending == "png":
        return not save.get("palette") and not save.get("bitdepth")
    if ending in ("tif", "tiff"):
        return (save.get("compression", "none") not in LOSSY_COMPRESSION or bool(save.get("lossless"))) and not save.get("bitdepth")
    if ending in ("jp2", "j2k", "jpc", "j2c", "jpt", "webp", "jxl"):
        return bool(save.get("lossless"))
    return ending in LOSSLESS


def compare(picture, path, pages, output):
    """Raises FileError, which says how much the pixels of the file at `path` differ from the picture."""
    options = {"n": -1} if pages > 1 and naming.ending_of(output) not in naming.OWN_FORMAT else {}
    saved = Image.new_from_file(path, **options)
    here, there = ((image.width, image.height, image.bands) for image in (picture, saved))
    # WebP knows no grey; then all three must be the one that there was.
    grey_as_colour = here[2] == 1 and there[2] == 3
    if here[:2] != there[:2] or here[2] != there[2] and not grey_as_colour:
        raise FileError(f"{output}: reads back with {_shape(there)} instead of {_shape(here)}")
    if (picture != saved).max() == 0 or _differs(picture, saved).max() == 0:
        return
    difference = float((picture.cast("double") - saved.cast("double")).abs().max())
    # Neither zero nor a number: one of the two has no number there, or an endless one.
    how = f"differ by up to {difference:g}" if 0 < difference < math.inf else "are not finite in one of the two"
    raise FileError(f"{output}: reads back with other pixels, which {how}")


def _differs(picture, saved):
    """Where the two do; what is not a number is not equal to itself."""
    return (picture != saved) & ((picture == picture) | (saved == saved))


def _shape(shape):
    return f"{shape[0]} x {shape[1]} pixels and {shape[2]} bands"
