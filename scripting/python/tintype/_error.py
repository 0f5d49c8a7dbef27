# pyvips' module of its error: `from tintype.error import Error`.
# SPDX-License-Identifier: GPL-3.0-or-later
from ._tintype import Error

__all__ = ["Error"]
