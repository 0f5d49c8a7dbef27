# Several planes of a picture as the pages of one file.
# SPDX-License-Identifier: GPL-3.0-or-later
from .._tintype import Image, ParameterError
from . import naming


def joined(pictures, output):
    """One image to save: of one picture itself, of several one below the other, as libvips saves pages."""
    if len(pictures) == 1:
        # Other formats count what there is.
        is_told = naming.ending_of(output) in naming.OWN_FORMAT
        return pictures[0].set_field("n-pages", "gint", numbers=[1]) if is_told else pictures[0]
    check_ending(len(pictures), output)
    sizes = {(picture.width, picture.height, picture.bands, picture.format) for picture in pictures}
    if len(sizes) > 1:
        texts = [f"{width} x {height} {format} with {_bands(bands)}" for width, height, bands, format in sorted(sizes)[::-1]]
        raise ParameterError(
            f"the pages differ, and pages of one kind only can be saved together: {'; '.join(texts)}; "
            'take pages="first", which of a pyramid is the whole picture'
        )
    column = Image.arrayjoin(pictures, across=1)
    column = column.set_field("n-pages", "gint", numbers=[len(pictures)])
    return column.set_field("page-height", "gint", numbers=[pictures[0].height])


def _bands(count):
    return f"{count} band" if count == 1 else f"{count} bands"


def check_ending(count, output):
    """Refuse to lose pages."""
    ending = naming.ending_of(output)
    if count > 1 and ending not in naming.PAGED:
        allowed = ", ".join("." + suffix for suffix in naming.PAGED)
        raise ParameterError(
            f'the file has {count} pages, but a file that ends in .{ending} holds one; save {allowed}, or take pages="first"'
        )
