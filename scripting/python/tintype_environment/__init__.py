# Tintype's own Python environment: a venv over the system's packages, or one that the person has chosen.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package of its own: the launchers call `add` where there is one, before anything else is imported.

What `environment` names in the folder for data is a link, to the venv beside it that Tintype has made, or to the chosen one.
"""
import os
import sys

VARIABLE = "TINTYPE_VENV"


def link():
    home = os.environ.get("XDG_DATA_HOME", "")
    home = home if os.path.isabs(home) else os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(home, "tintype", "environment")


def folder():
    """The environment that counts, whether it is there or not."""
    return os.environ.get(VARIABLE) or link()


def packages(environment):
    """Where the packages of an environment lie, for this version of Python."""
    return os.path.join(environment, "lib", f"python{sys.version_info.major}.{sys.version_info.minor}", "site-packages")


def add():
    """Puts the packages of the environment before those of the system, as in the venv itself. Harmless when repeated.

    Does nothing in a Python that belongs to another venv, which somebody has chosen, unless TINTYPE_VENV names one.
    """
    if sys.prefix != sys.base_prefix and not os.environ.get(VARIABLE):
        return
    place = packages(folder())
    if place in sys.path or not os.path.isdir(place):
        return
    import site

    known = list(sys.path)
    site.addsitedir(place)
    new = [entry for entry in sys.path if entry not in known]
    first = next((i for i, entry in enumerate(known) if entry.endswith(("site-packages", "dist-packages"))), len(known))
    sys.path[:] = known[:first] + new + known[first:]
