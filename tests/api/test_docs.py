# Every example in a docstring runs.
# SPDX-License-Identifier: GPL-3.0-or-later
import doctest
import importlib
import pkgutil

import pytest

import tintype as tt

MODULES = ["tintype"] + [
    f"tintype.{module.name}" for module in pkgutil.iter_modules(tt.__path__) if not module.name.startswith("_runtime")
]


def found(name):
    module = importlib.import_module(name)
    finder = doctest.DocTestFinder(exclude_empty=True)
    tests = finder.find(module, name, globs={})
    # What the extension module defines is not found by its file.
    for owner in (module, tt.Image, tt.Recipe) if name == "tintype" else ():
        for key, value in vars(owner).items():
            text = getattr(value, "__doc__", None)
            if isinstance(text, str) and ">>>" in text and not key.startswith("__"):
                tests.append(doctest.DocTestParser().get_doctest(text, {}, f"{name}.{key}", None, 0))
    return [test for test in tests if test.examples]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name):
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in found(name):
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


def test_there_are_examples():
    assert sum(len(found(name)) for name in MODULES) > 20
