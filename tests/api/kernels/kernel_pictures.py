# Pictures for the tests of kernels, and what their results are held against.
# SPDX-License-Identifier: GPL-3.0-or-later
import itertools

import numpy as np
import pytest
import tintype as tt

FORMATS = ["u1", "i1", "u2", "i2", "i4", "f4", "f8"]
SIZES = [(1, 1), (2, 3), (7, 5), (131, 140), (300, 17)]
BANDS = [1, 3, 5]


def noise(size, bands, dtype):
    """All values of the format, with flat areas and hard edges."""
    random = np.random.default_rng(len(dtype) + size[0] * bands)
    shape = (size[1], size[0], bands)
    if dtype.startswith("f"):
        array = random.normal(0, 1000, shape).astype(dtype)
    else:
        limits = np.iinfo(dtype)
        array = random.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)
    array[: size[1] // 2, : size[0] // 2] = array[0, 0]
    return tt.Image.new_from_array(array)


def pictures():
    return [pytest.param(size, bands, dtype, id=f"{size[0]}x{size[1]}x{bands} {dtype}")
            for size, bands, dtype in itertools.product(SIZES, BANDS, FORMATS)]


def in_tiles(image):
    """The pixels as the pipeline makes them tile by tile."""
    return (image.bandjoin(0))[: image.bands].numpy()


def pixels(image):
    array = image.numpy()
    return array.reshape(image.height, image.width, image.bands)


def wide(array):
    return array.astype("i8" if array.dtype.kind in "iu" else "f8")


def slopes(array, side, middle):
    array = wide(array)
    smooth, difference = np.array([side, middle, side]), np.array([1, 0, -1])
    along = lambda weights, axis, a: sum(  # noqa: E731
        w * np.take(np.pad(a, [(1, 1) if i == axis else (0, 0) for i in range(3)], "edge"), range(k, k + a.shape[axis]), axis)
        for k, w in enumerate(weights))
    return along(difference, 1, along(smooth, 0, array)), along(difference, 0, along(smooth, 1, array))
