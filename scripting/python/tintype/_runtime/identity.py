# What each script sees as its own: `__main__`, sys.argv, sys.path and the streams.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules `__main__` and `sys` are subclasses that answer for the script that asks.

CPython itself reads sys.stdout from the module's dictionary, where the routers of `streams` stay for ever; what a script
assigns to sys.stdout is kept in its identity, so that redirect_stdout in one script leaves the others alone.
"""
import builtins
import sys
import types
import weakref

import _tintype_runtime as native


class Identity:
    """What the running script or the console shows of itself to the code it runs."""

    def __init__(self, main, argv, path=None):
        self.main = main
        self.argv = argv
        self.path = path
        self.streams = {}
        self.pool_threads = weakref.WeakSet()
        self.settings = {}  # of sys: its hooks, and the prompts of the console


def new_main():
    """An empty `__main__` module."""
    main = types.ModuleType("__main__")
    main.__builtins__ = builtins
    return main


class MainModule(types.ModuleType):
    """sys.modules["__main__"]: the `__main__` of whoever asks."""

    def __getattribute__(self, name):
        own = native.identity()
        if own is None:
            return super().__getattribute__(name)
        return getattr(own.main, name)

    def __setattr__(self, name, value):
        own = native.identity()
        if own is None:
            super().__setattr__(name, value)
        else:
            setattr(own.main, name, value)

    def __delattr__(self, name):
        own = native.identity()
        if own is None:
            super().__delattr__(name)
        else:
            delattr(own.main, name)

    def __dir__(self):
        own = native.identity()
        return super().__dir__() if own is None else dir(own.main)


def _own_or_shared(name):
    """A property that a script has for itself, as soon as it has one, and shares otherwise."""

    def get(module):
        own = native.identity()
        value = None if own is None else getattr(own, name)
        return module.__dict__[name] if value is None else value

    def put(module, value):
        own = native.identity()
        if own is None or getattr(own, name) is None:
            module.__dict__[name] = value
        else:
            setattr(own, name, value)

    return property(get, put)


def _stream(name):
    def get(module):
        own = native.identity()
        shared = module.__dict__[name]
        if own is None:
            return shared
        # Never the router: a script that wraps what it found here would be called by the router again.
        return own.streams.get(name, shared.direct)

    def put(module, value):
        own = native.identity()
        if own is None:
            module.__dict__[name] = value
        elif value is module.__dict__[name].direct:
            own.streams.pop(name, None)
        else:
            own.streams[name] = value

    return property(get, put)


def _own(name, usual):
    """A property that each script sets for itself; `usual` says what it is until then."""

    def get(module):
        own = native.identity()
        try:
            if own is None:
                return module.__dict__[name]
            return own.settings[name] if name in own.settings else usual(module)
        except KeyError:
            raise AttributeError(f"module 'sys' has no attribute '{name}'") from None

    def put(module, value):
        own = native.identity()
        (module.__dict__ if own is None else own.settings)[name] = value

    def remove(module):
        own = native.identity()
        (module.__dict__ if own is None else own.settings).pop(name, None)

    return property(get, put, remove)


def _show_value(value):
    """CPython looks for its displayhook past all properties, and finds this one."""
    sys.displayhook(value)


def show_unraisable(args):
    """The same for its unraisablehook, which is C++ and leaves to this what is no stop."""
    hook = sys.__unraisablehook__ if native.identity() is None else sys.unraisablehook
    hook(args)


class SysModule(types.ModuleType):
    def __new__(cls, *args):
        # Python's import makes every module by type(sys)(name), and those are ordinary ones.
        return types.ModuleType(*args)

    argv = _own_or_shared("argv")
    path = _own_or_shared("path")
    stdin = _stream("stdin")
    stdout = _stream("stdout")
    stderr = _stream("stderr")
    excepthook = _own("excepthook", lambda module: module.__dict__["excepthook"])
    displayhook = _own("displayhook", lambda module: module.__displayhook__)
    unraisablehook = _own("unraisablehook", lambda module: module.__unraisablehook__)
    ps1 = _own("ps1", lambda module: module.__dict__["ps1"])
    ps2 = _own("ps2", lambda module: module.__dict__["ps2"])


def install():
    sys.modules["__main__"] = MainModule("__main__")
    sys.displayhook = _show_value
    sys.unraisablehook = native.unraisablehook
    sys.__class__ = SysModule
