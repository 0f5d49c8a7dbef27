# What a function is told about the picture that it works on, and where it leaves what it found.
# SPDX-License-Identifier: GPL-3.0-or-later


class Info(dict):
    """A dict: what a function puts in goes to the report of the file, and a Table to the table of the batch.

    `path` is the file, `output` its output or None, `index` its place in the list from 1, `plane` the plane from 0 out of
    `planes`.
    """

    def __init__(self, path, output, index, plane, planes):
        super().__init__()
        self.path = path
        self.output = output
        self.index = index
        self.plane = plane
        self.planes = planes
