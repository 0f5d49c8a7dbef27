# What people see of one add-on: tt.Addon.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import NamedTuple

from . import places

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pathlib
    from typing import Any


class Registered(NamedTuple):
    """Something that an add-on has registered: its `kind`, such as "handler", and what it is called."""

    kind: str
    title: str


class CallTimes(NamedTuple):
    """How many times the callbacks of an add-on were called, and the seconds they took: in total, and the longest one."""

    calls: int
    total: float
    longest: float


class Failure(NamedTuple):
    """Something of an add-on that failed: the `time` in seconds since 1970, what it was, and the traceback as `text`."""

    time: float
    title: str
    text: str


class Addon:
    """An add-on, as it is now; `tt.addons` gives them.

    `state` is "off", "starting", "on", "failed" (its code raised an error, which is in `error` with its traceback) or
    "broken" (its files say something wrong; what is in `error`).
    """

    def __init__(self, found: Any, loaded: Any = None) -> None:
        self._found = found
        self._loaded = loaded

    @property
    def id(self) -> str:
        """The name of its Python package."""
        return self._found.id

    @property
    def name(self) -> str:
        """What people call it."""
        return self._said("name", self._found.id)

    @property
    def version(self) -> str:
        """Its version, empty when it is broken; so are the next ones."""
        return self._said("version", "")

    @property
    def authors(self) -> tuple[str, ...]:
        """Who has made it."""
        return self._said("authors", ())

    @property
    def licence(self) -> str:
        """What may be done with it."""
        return self._said("licence", "")

    @property
    def description(self) -> str:
        """What it is good for."""
        return self._said("description", "")

    @property
    def requires(self) -> tuple[str, ...]:
        """The Python packages that it needs."""
        return self._said("requires", ())

    @property
    def touches(self) -> tuple[str, ...]:
        """What it says that it touches, such as files or the network; nobody holds it to that."""
        return self._said("touches", ())

    @property
    def path(self) -> pathlib.Path:
        """Its folder or its single file."""
        return self._found.path

    @property
    def is_installed(self) -> bool:
        """Whether it lies in the person's own folder, from which `tt.addons.remove` takes it."""
        return self._found.place == places.USER

    @property
    def state(self) -> str:
        """"off", "starting", "on", "failed" or "broken"."""
        if self._loaded is not None and self._loaded.state != "off":
            return self._loaded.state
        return "broken" if self._found.manifest is None else "off"

    @property
    def error(self) -> str:
        """Why it is broken or has failed, with the traceback; empty otherwise."""
        if self._loaded is not None and self._loaded.state != "off":
            return self._loaded.error
        return self._found.fault

    @property
    def registered(self) -> list[Registered]:
        """What it has registered now, in the order in which it came."""
        return [] if self._loaded is None else [Registered(*item) for item in self._loaded.owner.contents()]

    @property
    def times(self) -> CallTimes:
        """How long its callbacks have taken since it was switched on."""
        return CallTimes(0, 0.0, 0.0) if self._loaded is None else CallTimes(*self._loaded.owner.times())

    @property
    def failures(self) -> list[Failure]:
        """The last 20 things of it that have failed since it was switched on, the oldest first."""
        return [] if self._loaded is None else [Failure(*item) for item in self._loaded.owner.failures()]

    def _said(self, field, otherwise):
        return otherwise if self._found.manifest is None else getattr(self._found.manifest, field)

    def __repr__(self) -> str:
        version = f" {self.version}" if self.version else ""
        return f"<add-on {self.id}{version}, {self.state}>"
