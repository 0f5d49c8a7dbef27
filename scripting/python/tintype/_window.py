# What scripts may ask of the window, and what happens where there is none.
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import sys

from . import _tintype
from ._tintype import NotFoundError, NoWindowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NOTHING = object()


class App:
    """The running program."""

    @property
    def has_window(self) -> bool:
        """Whether there is a window; without one the same script runs headless.

        >>> import tintype as tt
        >>> tt.app.has_window
        False
        """
        return _tintype.has_window()

    def __repr__(self) -> str:
        return "<app with a window>" if self.has_window else "<app without a window>"


class Ui:
    """The window, as far as scripts may speak to it."""

    def message(self, text: object) -> None:
        """Show a message; without a window print it, or with `--json` write it to the log.

        >>> import tintype as tt
        >>> tt.ui.message("Done")
        Done
        """
        if _tintype.has_window():
            _tintype.show_message(str(text))
        elif (headless := sys.modules.get("tintype_headless")) and headless.json:
            from tintype_headless import json_lines

            json_lines.tell("message", text=str(text))
        else:
            print(text)

    def ask(self, question: object, default: Any = _NOTHING) -> Any:
        """The person's answer, a text, or None when they dismissed the question.

        Without a window the default, or NoWindowError when none was given.

        >>> import tintype as tt
        >>> tt.ui.ask("Name?", default="scan")
        'scan'
        """
        if _tintype.has_window():
            return _tintype.ask(str(question), "" if default is _NOTHING else str(default))
        if default is _NOTHING:
            raise NoWindowError(f"There is no window to ask {str(question)!r} in; give a default to run without one")
        return default

    def show(self, name: str) -> None:
        """Put the image of this name on the canvas; without a window nothing is shown. Raises NotFoundError."""
        if _tintype.document_image(name) is None:
            raise NotFoundError(f"there is no image '{name}' to show; there are {', '.join(_tintype.image_names()) or 'none'}")
        if _tintype.has_window():
            _tintype.show_image(name)
