# A server whose C++ calls held the GIL answered one request at a time: here native operations release it.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every native operation below waits, inside, for all others to be inside as well: pixels of their image come from a function
on tiles, which meets them at a barrier. One that kept the GIL would let neither the others nor that function run. How fast a
Python thread is meanwhile, `tools/bench overlap` measures."""

import threading

import numpy as np
import pytest

import tintype as tt

THREADS = 4
LIMIT = 60
STEPS = 100_000

OPERATIONS = {
    "find a number": lambda image, path: image.avg(),
    "find several": lambda image, path: image.stats(),
    "copy to memory": lambda image, path: image.copy_memory(),
    "make an array": lambda image, path: image.numpy(),
    "be an array": lambda image, path: np.asarray(image),
    "make bytes": lambda image, path: image.write_to_memory(),
    "make a list": lambda image, path: image.tolist(),
    "read a pixel": lambda image, path: image(1, 1),
    "write a file": lambda image, path: image.write_to_file(path),
    "measure a picture": lambda image, path: image.histogram() if hasattr(image, "histogram") else image.hist_find().numpy(),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_four_threads_are_inside_an_operation_at_once_and_a_fifth_goes_on(operation, tmp_path):
    met = threading.Barrier(THREADS + 1)
    leave = threading.Event()
    failed = []

    def held(tile):
        met.wait(LIMIT)
        assert leave.wait(LIMIT)
        return tile

    def work(index):
        try:
            operation(tt.Image.black(16, 16).map_tiles(held, format="uchar", bands=1), tmp_path / f"{index}.png")
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=work, args=(index,)) for index in range(THREADS)]
    for thread in threads:
        thread.start()
    try:
        met.wait(LIMIT)
        # All four are inside, and stay there until this thread has done its work.
        steps = sum(1 for _ in range(STEPS))
        assert steps == STEPS and all(thread.is_alive() for thread in threads)
    finally:
        leave.set()
        for thread in threads:
            thread.join()
    assert not failed


SEQUENCES = {
    "list": list,
    "tuple": tuple,
    "array of integers": lambda numbers: np.array(numbers, "int16"),
    "array of floats": lambda numbers: np.array(numbers, "float32"),
    "list of numpy's numbers": lambda numbers: [np.int32(number) for number in numbers],
}


@pytest.mark.parametrize("made", SEQUENCES.values(), ids=SEQUENCES)
def test_lists_and_arrays_of_numbers_convert_without_loops(made):
    image = tt.Image.black(4, 3, bands=3)
    assert image.linear(made([1, 1, 1]), made([10, 20, 30]))(0, 0) == [10, 20, 30]
    assert (image + made([1, 2, 3]))(3, 2) == [1, 2, 3]
    assert image.bandjoin_const(made([7])).getpoint(0, 0) == [0, 0, 0, 7]


TABLES = {
    "lists": lambda rows: rows,
    "tuples": lambda rows: tuple(map(tuple, rows)),
    "array": lambda rows: np.array(rows, "float64"),
    "array of bytes": lambda rows: np.array(rows, "uint8"),
}


@pytest.mark.parametrize("made", TABLES.values(), ids=TABLES)
def test_rows_of_numbers_are_images_and_come_back_as_rows(made):
    rows = [[1, 2, 3], [4, 5, 6]]
    image = tt.Image.new_from_array(made(rows))
    assert image.tolist() == rows
    assert image.numpy().tolist() == rows
    assert (tt.Image.black(3, 2) + made(rows)).tolist() == rows
    assert tt.Image.black(3, 2).invert().conv(made([[0, 0, 0], [0, 1, 0], [0, 0, 0]])).avg() == 255
    assert list(tt.Image.black(2, 2).stats().numpy().shape) == [2, 10]


def test_lists_of_images_and_words_convert_without_loops():
    images = [tt.Image.black(2, 2) + level for level in range(4)]
    assert tt.Image.bandjoin(images)(0, 0) == [0, 1, 2, 3]
    assert [band.avg() for band in tt.Image.bandjoin(images).bandsplit()] == [0, 1, 2, 3]
    assert tt.Image.arrayjoin(tuple(images), across=2).width == 4
    layers = [image.cast("uchar").copy(interpretation="b-w") for image in images[:3]]
    assert tt.Image.composite(layers, ["over", "add"]).bands == 2
    with pytest.raises(tt.ParameterError, match="linear: a"):
        images[0].linear([1, "two"], 0)
