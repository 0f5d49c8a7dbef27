# `tintype console`: Python's own console, with `tt` in it, a history that stays, and Tintype's completion.
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

import tintype_headless


def prepare():
    """Before Python's own loop begins, which asks for lines, or reads them all where there is no terminal."""
    import __main__
    import tintype

    __main__.tintype = __main__.tt = tintype
    if sys.stdin is None or not sys.stdin.isatty():
        return
    sys.__interactivehook__ = _set_up_line_editing
    if not tintype_headless.quiet:
        print(_greeting(tintype))


def _greeting(tintype):
    names = list(tintype.data.images)
    opened = f"Open: {', '.join(names)}; tt.active is {names[-1]}. " if names else ""
    version = ".".join(map(str, sys.version_info[:3]))
    return f"Tintype {tintype.__version__}, Python {version}. {opened}The package is here as tt; exit() or Ctrl+D ends."


def _set_up_line_editing():
    try:
        import readline
    except ImportError:
        return  # such a Python has no line editing at all
    from . import history, tab

    history.keep(readline)
    tab.install(readline)
