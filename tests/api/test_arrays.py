# numpy arrays and images share memory where nobody can write to it, and never show later changes.
# SPDX-License-Identifier: GPL-3.0-or-later
import gc
import sys
import threading
import weakref

import numpy as np
import pytest

import tintype as tt

DTYPES = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64", "complex64", "complex128"]
SHAPES = [(1, 1), (1, 9), (9, 1), (5, 7), (5, 7, 2), (5, 7, 3), (3, 4, 17), (2, 2, 100)]


def sample(dtype="uint8", shape=(40, 50)):
    return (np.arange(np.prod(shape)).reshape(shape) % 100).astype(dtype)


def frozen(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def address(thing):
    return thing.__array_interface__["data"][0]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_read_only_array_is_used_as_it_is(dtype, shape):
    array = frozen(sample(dtype, shape))
    image = tt.Image.new_from_array(array)
    back = image.numpy()
    assert np.array_equal(back, array.reshape(back.shape)) and back.dtype == array.dtype
    assert address(back) == address(array) and not back.flags.writeable
    assert np.array_equal(image.copy(xres=2).numpy(), back)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES)
def test_numpy_memoryview_and_array_give_the_same_pixels(dtype, shape):
    array = sample(dtype, shape)
    image = tt.Image.new_from_array(array)
    wanted = image.numpy()
    assert np.array_equal(np.asarray(image), wanted) and np.asarray(image).dtype == wanted.dtype
    with memoryview(image) as view:
        assert view.shape == wanted.shape and view.nbytes == wanted.nbytes and view.readonly
        assert view.tobytes() == wanted.tobytes() == image.write_to_memory()
    assert np.array_equal(np.array(image + 0), np.asarray(image + 0))


def test_an_array_that_others_may_write_to_is_copied():
    array = sample()
    image = tt.Image.new_from_array(array)
    array[:] = 77
    assert image.max() == 99 and address(image.numpy()) != address(array)
    view = frozen(array)[:]
    assert address(tt.Image.new_from_array(view).numpy()) == address(view)
    locked_view = array[:]
    locked_view.flags.writeable = False
    image = tt.Image.new_from_array(locked_view)
    array[:] = 5
    assert image.min() == 77


def test_an_array_that_nobody_else_has_is_used_as_it_is():
    places = []

    def make():
        array = sample(shape=(300, 300))
        places.append(address(array))
        return array

    # pytest holds on to what stands in an assertion.
    image = tt.Image.new_from_array(make())
    assert address(image.numpy()) == places[-1]
    image = tt.Image.new_from_array(make().reshape(100, 900))
    assert address(image.numpy()) == places[-1]
    kept = make()
    image = tt.Image.new_from_array(kept)
    kept[:] = 7
    assert address(image.numpy()) != places[-1] and image.max() == 99
    held = [make()]
    image = tt.Image.new_from_array(held[0])
    held[0][:] = 7
    assert image.max() == 99
    base = make()
    image = tt.Image.new_from_array(base[:])
    base[:] = 7
    assert image.max() == 99


def test_an_array_may_be_handed_over():
    array = sample()
    image = tt.Image.new_from_array(array, copy=False)
    assert address(image.numpy()) == address(array)
    with pytest.raises(ValueError):
        array[0, 0] = 1
    view = sample()[:]
    tt.Image.new_from_array(view, copy=False)
    assert not view.base.flags.writeable
    with pytest.raises(tt.ParameterError, match="has to be copied"):
        tt.Image.new_from_array(sample()[::2], copy=False)
    with pytest.raises(tt.ParameterError, match="has to be copied"):
        tt.Image.new_from_array(sample("int64"), copy=False)
    array = frozen(sample())
    assert address(tt.Image.new_from_array(array, copy=True).numpy()) != address(array)
    lent = np.frombuffer(bytearray(6), "uint8").reshape(2, 3)
    with pytest.raises(tt.ParameterError, match="belongs to a bytearray, through which it can be written to"):
        tt.Image.new_from_array(lent, copy=False)
    assert lent.flags.writeable


@pytest.mark.parametrize(
    "data, shared",
    [(bytes(range(6)), True), (bytearray(range(6)), False), (memoryview(bytes(range(6))), True),
     (memoryview(bytearray(range(6))).toreadonly(), False), (frozen(np.arange(6, dtype="uint8")), True)],
)  # fmt: skip
def test_memory_is_used_as_it_is_when_nobody_can_write_to_it(data, shared):
    image = tt.Image.new_from_memory(data, 3, 2, 1, "uchar")
    assert image.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert (address(image.numpy()) == address(np.frombuffer(data, "uint8"))) == shared
    if isinstance(data, bytearray):
        data[0] = 99
        assert image(0, 0) == [0.0]


def test_computed_pixels_are_your_own():
    image = tt.Image.new_from_array(sample()) + 1
    first = image.numpy()
    first[:] = 3
    assert image.numpy().max() == 100 and first.flags.writeable
    second = np.asarray(image)
    assert second.flags.writeable
    second[:] = 4
    assert image.max() == 100


def test_copies_are_made_when_they_are_asked_for():
    image = tt.Image.new_from_array(frozen(sample()))
    copied = np.array(image)
    assert copied.flags.writeable and address(copied) != address(image.numpy())
    copied[:] = 0
    assert image.max() == 99
    assert np.asarray(image, dtype="float32").dtype == "float32"
    assert image.__array__("int16").dtype == "int16"
    assert image.__array__(copy=True).flags.writeable


def test_the_pixels_outlive_the_image_and_the_image_the_array():
    array = frozen(sample(shape=(200, 200)))
    gone = threading.Event()
    watch = weakref.ref(array, lambda _: gone.set())
    wanted = array.copy()
    image = tt.Image.new_from_array(array)
    del array
    gc.collect()
    assert watch() is not None
    view, memory = image.numpy(), memoryview(image)
    derived = image + 1
    del image
    gc.collect()
    assert np.array_equal(view, wanted) and memory.tobytes() == wanted.tobytes() and derived.max() == 100
    memory.release()
    del view, derived
    tt.cache_set_max(0)
    gc.collect()
    assert gone.wait(60)


def test_the_array_goes_when_its_last_image_goes_on_another_thread():
    array = frozen(sample(shape=(200, 200)))
    gone = threading.Event()
    watch = weakref.ref(array, lambda _: gone.set())
    holder = [tt.Image.new_from_array(array)]
    del array
    thread = threading.Thread(target=holder.clear)
    thread.start()
    thread.join()
    tt.cache_set_max(0)
    assert gone.wait(60) and watch() is None


def test_images_of_images_share_too():
    array = frozen(sample())
    first = tt.Image.new_from_array(array)
    second = tt.Image.new_from_array(first.numpy())
    assert address(second.numpy()) == address(array)
    third = tt.Image.new_from_memory(memoryview(first), 50, 40, 1, "uchar")
    assert np.array_equal(third.numpy(), array)


def unusual():
    base = sample("float32", (12, 14))
    yield "every second", base[::2, ::2]
    yield "turned", base.T
    yield "backwards", base[::-1, ::-1]
    yield "Fortran", np.asfortranarray(base)
    yield "swapped bytes", base.astype(">f4")
    yield "unaligned", np.frombuffer(b"x" + base.tobytes(), "float32", base.size, offset=1).reshape(base.shape)
    yield "broadcast", np.broadcast_to(np.float32(3), (12, 14))
    yield "half", base.astype("float16")
    yield "64 bits", base.astype("int64")
    yield "unsigned 64 bits", base.astype("uint64")
    yield "read-only", frozen(base)
    yield "a matrix", np.asmatrix(base)
    yield "masked", np.ma.masked_array(base)
    yield "one row", base[0]


@pytest.mark.parametrize("array", [pytest.param(array, id=name) for name, array in unusual()])
def test_unusual_arrays_hold_the_same_numbers(array):
    image = tt.Image.new_from_array(array)
    assert np.array_equal(image.numpy().squeeze(), np.asarray(array).astype("float64").squeeze())


def test_truth_values_are_255_and_0():
    array = np.array([[True, False]])
    assert tt.Image.new_from_array(array).tolist() == [[255, 0]]
    assert tt.Image.new_from_array(frozen(array)).format == "uchar"


@pytest.mark.parametrize(
    "array, said",
    [
        (np.zeros((0, 5)), "each at least 1"), (np.zeros((5, 0, 3)), "each at least 1"), (np.zeros((5, 5, 0)), "each at least 1"),
        (np.zeros((2, 2, 2, 2)), "height x width"), ([], "each at least 1"), (np.array([["a"]]), "type"),
        (np.array([[None]]), "NoneType"), (np.array([[2**40]]), "32 bits"), (np.zeros((2, 2), "datetime64[s]"), "type"),
        (np.zeros((2, 2), "longdouble"), "type"), (np.zeros((2, 2), [("a", "u1")]), "type"),
    ],
)  # fmt: skip
def test_arrays_that_are_no_pictures_are_refused(array, said):
    with pytest.raises(tt.Error, match=said):
        tt.Image.new_from_array(array)


def test_infinities_and_nan_pass_through():
    array = np.array([[np.nan, np.inf], [-np.inf, 1]])
    assert np.array_equal(tt.Image.new_from_array(array).numpy(), array, equal_nan=True)


def test_pillow_pictures_become_images_and_back(coins):
    image = pytest.importorskip("PIL.Image")
    picture = coins.pil()
    assert picture.size == (384, 303) and np.array_equal(np.asarray(picture), coins.numpy())
    assert np.array_equal(tt.Image.new_from_array(picture).numpy(), coins.numpy())
    red = tt.Image.new_from_array(image.new("RGB", (60, 30), color="red"))
    assert red(0, 0) == [255.0, 0.0, 0.0] and red.interpretation == "srgb"


def test_planes_come_through_array_and_have_no_buffer(tmp_path):
    pages = tt.Image.new_from_array(sample(shape=(20, 10)))
    pages.set_type(tt.GValue.gint_type, "page-height", 10)
    pages.write_to_file(tmp_path / "pages.tif")
    stack = tt.open(tmp_path / "pages.tif")
    assert np.asarray(stack).shape == (2, 10, 10) == stack.numpy().shape
    with pytest.raises(BufferError, match="several planes"):
        memoryview(stack)


def test_the_error_of_a_computation_reaches_whoever_asks(coins):
    def fail(tile):
        raise RuntimeError("no tile")

    calls = []
    broken = coins.map_tiles(lambda tile: calls.append(1) or fail(tile), format="uchar", bands=1)
    with pytest.raises(tt.Error, match="no tile"):
        np.asarray(broken)
    asked = len(calls)
    with pytest.raises(tt.Error, match="no tile"):
        memoryview(broken)
    with pytest.raises(tt.Error, match="no tile"):
        broken.numpy()
    # numpy asks twice, and the second time nothing is computed again: one evaluation stops at its first errors.
    assert asked <= len(calls) - asked
    assert sys.getrefcount(broken) < 10


def test_a_buffer_that_may_be_written_to_is_refused_for_shared_pixels():
    image = tt.Image.new_from_array(frozen(sample()))
    with pytest.raises(TypeError):
        memoryview(image)[0, 0] = 1
    with pytest.raises((BufferError, TypeError)):
        (np.ctypeslib.ctypes.c_char * 10).from_buffer(image)


def test_an_array_that_changes_during_evaluation_does_no_harm():
    array = sample("float32", (600, 600))
    image = tt.Image.new_from_array(array)
    wanted = array.mean()
    ended = threading.Event()

    def spoil():
        while not ended.is_set():
            array[:] = np.random.default_rng(1).random(array.shape)

    thread = threading.Thread(target=spoil)
    thread.start()
    try:
        assert all(image.avg() == pytest.approx(wanted) for _ in range(10))
    finally:
        ended.set()
        thread.join()
