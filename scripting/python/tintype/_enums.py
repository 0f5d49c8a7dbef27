# pyvips' module of constants: tt.enums.Kernel.LANCZOS3, and the same as tt.Kernel.LANCZOS3.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values of libvips' enumerations as classes of texts, made when they are asked for."""

from . import _tintype


def __getattr__(name):
    values = _tintype.choices("Vips" + name) if name[:1].isupper() else []
    if not values:
        raise AttributeError(f"libvips has no enumeration '{name}'")
    constants = {value.upper().replace("-", "_"): value for value in values}
    globals()[name] = made = type(name, (), {"__doc__": f"The values of {name}.", "__module__": "tintype", **constants})
    return made
