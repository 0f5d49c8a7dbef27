# What goes wrong with add-ons: the exception, tracebacks that begin in the add-on, and how the person is told.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import sys
import traceback

from .. import _tintype
from .._tintype import Error

_OURS = os.path.dirname(__file__) + os.sep


class AddonError(Error):
    """An add-on cannot be found, read, installed, switched on or off; the message names it, and what is allowed."""


# It is tt.AddonError for people, and for pickle.
AddonError.__module__ = "tintype"


def text_of(error):
    """The traceback as text, without our own frames before the add-on's first."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith((_OURS, "<frozen importlib")):
        trace = trace.tb_next
    return "".join(traceback.format_exception(type(error), error, trace))


def one_line(error):
    return "".join(traceback.format_exception_only(type(error), error)).strip().splitlines()[-1]


def tell(text):
    if _tintype.has_window():
        _tintype.show_message(text)
    elif sys.stderr is not None:
        print(f"Tintype: {text}", file=sys.stderr)
