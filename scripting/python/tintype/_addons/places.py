# Where add-ons lie, and where what is kept about them lies.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib

# What the person's own folders are called, and what the bundled one is, in the file that says what is switched on.
BUNDLED = "bundled"
USER = "user"


def _home(variable, usual):
    """As the XDG base directory specification has it: a relative path counts as none."""
    given = os.environ.get(variable, "")
    return pathlib.Path(given) if os.path.isabs(given) else pathlib.Path(os.path.expanduser("~")) / usual


def config_folder():
    return _home("XDG_CONFIG_HOME", ".config") / "tintype"


def data_folder():
    return _home("XDG_DATA_HOME", ".local/share") / "tintype"


def cache_folder():
    return _home("XDG_CACHE_HOME", ".cache") / "tintype"


def state_folder():
    return _home("XDG_STATE_HOME", ".local/state") / "tintype"


def user_folder():
    """Where add-ons are installed."""
    return data_folder() / "addons"


def bundled_folder():
    """Beside the folder of the Python package, in the build tree and where Tintype is installed."""
    return pathlib.Path(__file__).resolve().parents[3] / "plugins"


def named_folders():
    """Those of TINTYPE_ADDONS."""
    return [pathlib.Path(os.path.abspath(name)) for name in os.environ.get("TINTYPE_ADDONS", "").split(os.pathsep) if name]


def place_of(path):
    """How a path is remembered: what Tintype brings and what it has installed may move with it."""
    parent = path.parent
    if parent == bundled_folder():
        return BUNDLED
    return USER if parent == user_folder() else str(path)
