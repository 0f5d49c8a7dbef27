# The executors by name.
# SPDX-License-Identifier: GPL-3.0-or-later
"""An executor is a module with `start(task, workers, timeout, address)`, which returns a crew. What the loops of `_run` use of it:

- `room()`: how many items it could take now; `give(index, item, timeout)`: an item for it
- `take(seconds)`: waits so long, and returns what has come, a list of (index, whether it went well, result or Failure)
- `wake()`: lets `take` return, from any thread; `was_woken()`: whether the last one returned for that
- `leave()`: nobody wants more results; `stop()`: the same, and what runs is ended

`address` is what stands behind "://" in the name, for those that have workers elsewhere. Another one, such as a cluster, is one
more line of the table.
"""
import importlib

from .._tintype import ParameterError

# The module, and whether it takes an address.
TABLE = {
    "processes": ("tintype.parallel._process_crew", False),
    "threads": ("tintype.parallel._thread_crew", False),
}


def start(name, task, workers, timeout):
    """A crew of the executor of that name. Raises ParameterError, which lists the names."""
    module, address = find(name)
    return module.start(task, workers, timeout, address)


def find(name):
    """(the module, what stands behind "://"). Raises ParameterError, which lists the names."""
    kind, colon, address = name.partition("://") if isinstance(name, str) else ("", "", "")
    if kind not in TABLE:
        raise ParameterError(f"tt.parallel: there is no executor {name!r}; there are {', '.join(sorted(TABLE))}")
    module, takes_address = TABLE[kind]
    if colon and not takes_address:
        raise ParameterError(f"tt.parallel: executor {name!r} has an address, but its workers are on this computer")
    return importlib.import_module(module), address
