# Which files a batch has to do and what comes out; refuses what would lose or double files before anything is written.
# SPDX-License-Identifier: GPL-3.0-or-later
import dataclasses
import os

from .._tintype import FileError, ParameterError
from . import inputs, naming
from .one_file import digest

MOST_NAMED = 3


@dataclasses.dataclass(frozen=True)
class Planned:
    """One input and where its output goes, or None."""

    index: int
    path: str
    key: str
    output: str


class Plan:
    """All files in their order. Raises ParameterError or FileError."""

    def __init__(self, settings, known_outputs=()):
        template = None if settings.out is None else naming.Template(settings.out, settings.format)
        if template is None and settings.format is not None:
            raise ParameterError("batch: format is for outputs, and there are none without out")
        found = inputs.find(settings.inputs, settings.recursive, settings.root)
        # Outputs may lie among the inputs, where an earlier run left them; a link to their folder gives them other names.
        known = {file_identity(output) for output in known_outputs if output} - {None}
        found = [one for one in found if not known or file_identity(one.path) not in known]
        self.template = template.text if template else None
        self.files = [
            Planned(index, one.path, one.key, template.name(one, index) if template else None)
            for index, one in enumerate(found, 1)
        ]
        if template:
            self._refuse_doubles()
            self._refuse_inputs()

    def _refuse_doubles(self):
        owners = {}
        for file in self.files:
            other = owners.setdefault(os.path.realpath(file.output), file)
            if other is not file:
                raise ParameterError(
                    f"batch: {other.path} and {file.path} would both become {file.output}; use {{folder}}, {{ext}} or {{index}} in out"
                )

    def _refuse_inputs(self):
        files = {file_identity(file.path): file.path for file in self.files}
        for file in self.files:
            identity = file_identity(file.output)
            if identity is not None and identity in files:
                raise ParameterError(
                    f"batch: the output of {file.path} would be written over the input {files[identity]}; give out another folder "
                    "or another name, such as {stem}-new.{ext}"
                )

    def refuse_existing(self):
        """Raises FileError when outputs are there already."""
        there = [file.output for file in self.files if file.output and os.path.lexists(file.output)]
        if there:
            named = ", ".join(there[:MOST_NAMED]) + (", …" if len(there) > MOST_NAMED else "")
            raise FileError(
                f"batch: {len(there)} of {len(self.files)} outputs exist already ({named}); overwrite writes over them, resume goes "
                "on with a batch that was ended"
            )

    def open_files(self, journal):
        """The files that a resumed batch has to do: those that are not done, or that changed since."""
        return [file for file in self.files if not self._is_done(file, journal)]

    @staticmethod
    def _is_done(file, journal):
        entry = journal.done.get(file.key)
        if entry is None:
            entry = journal.ready.get(file.key)
            # The batch ended between two lines: the output tells whether it was put in its place.
            if entry is None or entry.output and not _holds(entry.output, entry.output_version, entry.output_sha256):
                return False
            journal.is_done(file.key)
        same_name = (entry.output and os.path.abspath(entry.output)) == (file.output and os.path.abspath(file.output))
        if not same_name or not _holds(file.path, entry.input_version, entry.input_sha256):
            return False
        return not file.output or _holds(file.output, entry.output_version, entry.output_sha256)


def file_identity(path):
    """What tells whether two names are of one file; None where there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _holds(path, version, sha256):
    """Whether the file still has that content. Only a file with another size or time is read."""
    try:
        found = os.stat(path)
    except OSError:
        return False
    return (found.st_size, found.st_mtime_ns) == version or found.st_size == version[0] and digest(path) == sha256
