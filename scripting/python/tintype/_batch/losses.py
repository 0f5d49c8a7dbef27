# What an output no longer says of what its input said: metadata, depth, bands.
# SPDX-License-Identifier: GPL-3.0-or-later

# What describes the file or the way it was read, not the picture.
TECHNICAL = ("vips-", "jpeg-", "png-", "tiff-", "heif-", "jp2k-", "jxl-", "webp-", "gif-", "pdf-", "magick-", "svg-", "openslide.")
OWN = {
    "width", "height", "bands", "format", "coding", "interpretation", "xoffset", "yoffset", "xres", "yres", "filename", "n-pages",
    "page-height", "n-subifds", "subifd-count", "bits-per-sample", "palette", "palette-bit-depth", "interlaced", "resolution-unit",
    "concurrency", "history", "gif-loop", "loop", "delay", "background", "dispose", "hide-progress", "orientation",
    "thumbnail-width", "thumbnail-height", "exif-thumbnail-data", "jpeg-thumbnail-data",
}  # fmt: skip
# What libvips says of the resolution of a file that says nothing.
NO_RESOLUTION = (0.0, 1.0)


def between(source, saved, format, bands):
    """The names of the fields of the source that the saved image lacks, and what saving did to numbers of that format and to so
    many bands."""
    there = set(saved.get_fields())
    lost = [name for name in source.get_fields() if name not in there and not _is_technical(name)]
    if "exif-data" in lost:
        # The block says that all its fields are gone.
        lost = [name for name in lost if not name.startswith("exif-ifd")]
    if source.xres not in NO_RESOLUTION and saved.xres in NO_RESOLUTION:
        lost.append("resolution")
    if saved.format != format:
        lost.append(f"format: {format} became {saved.format}")
    if saved.bands != bands:
        lost.append(f"bands: {bands} became {saved.bands}")
    return sorted(lost)


def _is_technical(name):
    return name in OWN or name.startswith(TECHNICAL)
