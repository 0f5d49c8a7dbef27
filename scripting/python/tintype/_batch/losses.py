# What an output no longer says of what its input said: metadata, depth, bands.
# SPDX-License-Identifier: GPL-3.0-or-later

# What describes the file or the way it was read, not the picture, as texts such as png-comment-0-Title do.
TECHNICAL = (
    "vips-", "jpeg-", "tiff-", "heif-", "jp2k-", "jxl-", "webp-", "gif-", "pdf-n_pages", "magick-", "svg-",
    "openslide.level", "openslide.associated", "openslide.region",
)  # fmt: skip
OWN = {
    "width", "height", "bands", "format", "coding", "interpretation", "xoffset", "yoffset", "xres", "yres", "filename", "n-pages",
    "page-height", "n-subifds", "subifd-count", "bits-per-sample", "palette", "palette-bit-depth", "interlaced", "resolution-unit",
    "concurrency", "history", "gif-loop", "background", "dispose", "hide-progress", "orientation",
    "thumbnail-width", "thumbnail-height", "exif-thumbnail-data", "jpeg-thumbnail-data",
}  # fmt: skip
# These mean something where there are several pictures; GIFs of one have them as well.
OF_ANIMATIONS = ("delay", "loop")
# Formats that can be written but not be read; the picture is in them, and nothing else.
NOT_READ_BACK = ("raw", "szi")
# What libvips says of the resolution of a file that says nothing.
NO_RESOLUTION = (0.0, 1.0)


def between(source, saved, pages, format, bands):
    """The names of the fields of the source that the saved image lacks, and what saving did to so many pages, to numbers of that
    format and to so many bands."""
    there = set(saved.get_fields())
    lost = _lacking(source, there)
    if source.xres not in NO_RESOLUTION and saved.xres in NO_RESOLUTION:
        lost.append("resolution")
    # Savers of animations leave out what does not change.
    pages_there = saved.get("n-pages") if "n-pages" in there else 1
    if pages_there < pages:
        lost.append(f"pages: {pages} became {pages_there}")
    if saved.format != format:
        lost.append(f"format: {format} became {saved.format}")
    if saved.bands != bands:
        lost.append(f"bands: {bands} became {saved.bands}")
    return sorted(lost)


def in_unreadable(source, ending):
    """The same for a file of a format that cannot be read back."""
    lost = _lacking(source, ())
    if source.xres not in NO_RESOLUTION:
        lost.append("resolution")
    if ending == "raw":
        # Nothing but numbers, one after the other.
        lost += ["width", "height", "bands", "format"]
    return sorted(lost)


def _lacking(source, there):
    lost = [name for name in source.get_fields() if name not in there and not _is_technical(name, source)]
    # The block says that all its fields are gone.
    return [name for name in lost if not name.startswith("exif-ifd")] if "exif-data" in lost else lost


def _is_technical(name, source):
    if name in OF_ANIMATIONS:
        return "n-pages" not in source.get_fields() or source.get("n-pages") < 2
    return name in OWN or name.startswith(TECHNICAL)
