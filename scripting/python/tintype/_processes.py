# Processes that scripts start begin afresh: a child forked after libvips has run hangs.
# SPDX-License-Identifier: GPL-3.0-or-later
import importlib.machinery
import sys

_CONTEXT = "multiprocessing.context"


def _spawn_by_default(context):
    # The default, not the choice: set_start_method may still be called once.
    context._default_context._default_context = context._concrete_contexts["spawn"]


class _Finder:
    """Waits for multiprocessing to be imported, which costs too much to be done for everybody."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != _CONTEXT:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader:
    def __init__(self, loader):
        self._loader = loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        _spawn_by_default(module)


def install():
    if _CONTEXT in sys.modules:
        _spawn_by_default(sys.modules[_CONTEXT])
    else:
        sys.meta_path.insert(0, _Finder)
