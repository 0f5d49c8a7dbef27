# What the tests of the Python API share: real pictures, and an empty document for each test.
# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path

import pytest

import tintype as tt

PICTURES = Path("/usr/lib/python3/dist-packages/skimage/data")


@pytest.fixture
def pictures():
    return PICTURES


@pytest.fixture
def coins():
    """Grey, 384 x 303."""
    return tt.Image.new_from_file(PICTURES / "coins.png")


@pytest.fixture
def astronaut():
    """Colour, 512 x 512."""
    return tt.Image.new_from_file(PICTURES / "astronaut.png")


@pytest.fixture
def cell():
    """Another grey picture, of another size."""
    return tt.Image.new_from_file(PICTURES / "cell.png")


@pytest.fixture(autouse=True)
def empty_document():
    for mapping in (tt.data.images, tt.data.scripts):
        for name in list(mapping):
            del mapping[name]
