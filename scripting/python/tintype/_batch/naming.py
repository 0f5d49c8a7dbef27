# The names of outputs: templates such as out/{folder}/{stem}.jp2.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import string

from .. import _addons, _tintype
from .._tintype import ParameterError

FIELDS = {
    "stem": "the file's name without its ending",
    "name": "the file's name",
    "ext": "the ending without the dot",
    "folder": "the folders below the one that was given",
    "parent": "the name of the file's folder",
    "index": "its place in the list, from 1; {index:04} fills up with zeros",
}
# Formats whose files have several pages.
PAGED = ("tif", "tiff", "gif", "webp", "heic", "heif", "avif", "v", "vips")
# libvips' own, which keeps pages as one column, and all fields as they are.
OWN_FORMAT = ("v", "vips")
# Deep zoom writes a folder of tiles, which cannot be put in its place at once.
NO_FILES = ("dz",)


def fixed_folder(out):
    """The folders of a template before its first field: all outputs lie below."""
    if "{" not in out:
        return out if _is_folder(out) else os.path.dirname(out) or os.curdir
    return os.path.dirname(out[: out.index("{")]) or os.curdir


def _is_folder(out):
    return out.endswith(os.sep) or os.path.isdir(out) or not os.path.splitext(out)[1]


class Template:
    """Makes the name of each output. Raises ParameterError for fields and endings that do not exist."""

    def __init__(self, out, format=None):
        if format is not None and not isinstance(format, str):
            raise ParameterError(f'batch: format must be an ending such as "png", not {format!r}')
        ending = None if format is None else format.lstrip(".")
        if "{" not in out and _is_folder(out):
            out = os.path.join(out, "{folder}", "{stem}." + ("{ext}" if ending is None else ending))
        elif ending is not None:
            raise ParameterError(f"batch: format goes with a folder for the outputs, but out names files already: {out}")
        self.text = out
        self._check_fields()

    def _check_fields(self):
        try:
            fields = [(name, spec) for _, name, spec, _ in string.Formatter().parse(self.text) if name is not None]
        except ValueError as error:
            raise ParameterError(f"batch: out, {self.text!r}, cannot be read: {error}") from None
        for name, spec in fields:
            if name not in FIELDS:
                allowed = ", ".join("{" + field + "}" for field in FIELDS)
                raise ParameterError(f"batch: out has no field {{{name}}}; there are {allowed}")
            # No file may have such a name, and to make it could take all memory.
            if "{" in spec or re.search("[0-9]{4}", spec):
                raise ParameterError(f"batch: in out, {{{name}:{spec}}} must have a width of up to 999, such as {{index:04}}")

    def name(self, file, index):
        """The path of the output for an Input, the index-th from 1."""
        stem, ext = os.path.splitext(os.path.basename(file.path))
        values = {
            "stem": stem,
            "name": stem + ext,
            "ext": ext.lstrip("."),
            "folder": file.folder,
            "parent": os.path.basename(os.path.dirname(file.key)),
            "index": index,
        }
        try:
            path = self.text.format(**values)
        except ValueError as error:
            raise ParameterError(f"batch: out, {self.text!r}, cannot be filled in: {error}") from None
        # An empty {folder} leaves two separators behind.
        path = os.path.normpath(path)
        self._check_ending(path, file)
        return path

    @staticmethod
    def _is_savable(ending):
        return ending in _tintype.savable_suffixes() and ending not in NO_FILES

    def _check_ending(self, path, file):
        ending = ending_of(path)
        if self._is_savable(ending):
            return
        # Add-ons may bring it.
        _addons.load_enabled()
        if self._is_savable(ending):
            return
        allowed = ", ".join("." + suffix for suffix in _tintype.savable_suffixes() if suffix not in NO_FILES)
        raise ParameterError(
            f"batch: {file.path} would become {path}, whose ending names no format to save one file in; give another in out or "
            f"format: {allowed}"
        )


def ending_of(path):
    """The ending in small letters, without the dot."""
    return os.path.splitext(path)[1][1:].lower()
