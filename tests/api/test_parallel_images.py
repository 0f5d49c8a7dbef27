# Images, numbers and tables on their way between processes: what travels how, and what is left behind.
# SPDX-License-Identifier: GPL-3.0-or-later
import concurrent.futures
import copy
import gc
import multiprocessing
import os
import pathlib
import pickle
import signal
import subprocess
import sys

import cloudpickle
import numpy as np
import pytest
from ended import has_ended

import tintype as tt

SIZE = 1024
SHARED = pathlib.Path("/dev/shm")
PICKLERS = {
    "protocol 2": lambda value: pickle.loads(pickle.dumps(value, 2)),
    "protocol 4": lambda value: pickle.loads(pickle.dumps(value, 4)),
    "protocol 5": lambda value: pickle.loads(pickle.dumps(value, 5)),
    "cloudpickle": lambda value: pickle.loads(cloudpickle.dumps(value)),
    "threads": lambda value: tt.parallel.map(lambda item: item, [value])[0],
    "processes": lambda value: tt.parallel.map(lambda item: item, [value], executor="processes")[0],
}
EVERY_WAY = pytest.mark.parametrize("travel", PICKLERS.values(), ids=PICKLERS)


def noise():
    return np.random.default_rng(1).integers(0, 255, (SIZE, SIZE), dtype="uint8")


def mean(image):
    return float(image.avg())


def same(image):
    return image


def put(queue, image):
    queue.put(image)


def mappings(process="self"):
    """The pieces of shared memory that a process has, as handles and as mapped memory."""
    gc.collect()
    with open(f"/proc/{process}/maps") as file:
        mapped = sum("memfd:tintype" in line and "crash" not in line or "/dev/shm/tintype" in line for line in file)
    handles = []
    for name in os.listdir(f"/proc/{process}/fd"):
        try:
            handles.append(os.readlink(f"/proc/{process}/fd/{name}"))
        except OSError:
            continue
    return mapped + sum("memfd:tintype " in target or target.startswith("/dev/shm/#") for target in handles)


def names():
    return {path.name for path in SHARED.glob("tintype-*")}


@EVERY_WAY
def test_pixels_in_memory_travel(travel):
    image = tt.Image.new_from_array(noise()).invert()
    assert np.array_equal(travel(image).numpy(), image.numpy())


@EVERY_WAY
def test_images_of_files_travel_as_recipes(travel, coins):
    blurred = coins.gaussblur(2)
    back = travel(blurred)
    assert back.recipe.to_json() == blurred.recipe.to_json()
    assert np.array_equal(back.numpy(), blurred.numpy())


@EVERY_WAY
def test_encoded_pictures_travel(travel, coins):
    image = tt.Image.new_from_buffer(coins.write_to_buffer(".png"), "").invert()
    assert np.array_equal(travel(image).numpy(), coins.invert().numpy())


def test_a_recipe_with_a_function_in_it_travels_as_pixels(coins):
    image = coins.map_tiles(lambda tile: 255 - tile).gaussblur(1)
    for travel in PICKLERS.values():
        assert np.array_equal(travel(image).numpy(), image.numpy())


@EVERY_WAY
def test_numbers_keep_their_links(travel, coins, cell):
    level, box, colour = travel((coins.otsu(), coins.find_trim()[2], coins.getpoint(3, 4)))
    assert level == coins.otsu() and isinstance(level, tt.Number)
    assert isinstance(box, tt.Integer) and isinstance(colour, tt.Numbers)
    with_link = (coins > level).recipe.apply(cell)
    assert with_link.avg() == (cell > cell.otsu()).avg()


def test_numbers_do_not_take_pixels_along():
    number = tt.Image.new_from_array(noise()).avg()
    text = pickle.dumps(number)
    assert len(text) < 200 and type(pickle.loads(text)) is float


def test_numbers_stay_what_they_are_in_copies(coins):
    number = coins.avg()
    assert copy.deepcopy(number) is number and copy.copy(number) is number


@EVERY_WAY
def test_tables_travel(travel):
    table = tt.Table({"label": [1, 2], "area": [3.5, 4.5]}, units={"area": "px²"})
    assert travel(table) == table


@EVERY_WAY
def test_recipes_travel_with_their_pixels(travel):
    recipe = tt.Image.new_from_array(noise()).invert().recipe
    assert travel(recipe).image.avg() == recipe.image.avg()


def test_arrays_are_shared_and_may_be_written_to():
    array = noise()

    def change(given):
        before = given.sum()
        given[:] = 0
        return before

    sums = tt.parallel.map(change, [array, array], executor="processes", workers=1)
    assert sums == [array.sum()] * 2
    back = tt.parallel.map(lambda given: given + 1, [array], executor="processes")[0]
    back[0, 0] = 3
    assert np.array_equal(back[1:], array[1:] + 1)


def test_an_item_may_hold_more_arrays_than_there_are_handles():
    arrays = [np.full(150_000, number % 256, "uint8") for number in range(2000)]
    back = tt.parallel.map(lambda given: [array + 1 for array in given], [arrays], executor="processes")[0]
    assert [int(array[0]) for array in back] == [(number + 1) % 256 for number in range(2000)]


def test_pixels_are_mapped_and_not_copied():
    image = tt.Image.new_from_array(np.zeros((4096, 4096, 4), "uint8"))

    def growth(given):
        def own():
            with open("/proc/self/smaps_rollup") as file:
                fields = dict(line.split(":") for line in file if ":" in line and "-" not in line)
            return int(fields["Private_Dirty"].split()[0])

        before = own()
        given.numpy().sum()
        return own() - before

    assert tt.parallel.map(growth, [image, image], executor="processes", workers=1)[1] < 16 << 10


def test_an_image_that_every_item_uses_is_copied_once(monkeypatch):
    from tintype import _segments

    copies = []
    of = _segments.Segment.of
    monkeypatch.setattr(_segments.Segment, "of", lambda view: copies.append(view.nbytes) or of(view))
    image = tt.Image.new_from_array(noise())
    results = tt.parallel.map(lambda item: item[0].avg() + item[1], [(image, n) for n in range(8)], executor="processes")
    assert results == [image.avg() + n for n in range(8)]
    tt.parallel.map(lambda n: image.avg() + n, range(8), executor="processes", workers=2)
    assert copies == [SIZE * SIZE] * 2


def test_nothing_is_left_behind():
    before = mappings()
    image = tt.Image.new_from_array(noise())
    back = tt.parallel.map(lambda item: item.invert().copy_memory(), [image] * 4, executor="processes")
    assert mappings() > before
    del back, image
    assert mappings() == before


def test_workers_keep_nothing():
    image = tt.Image.new_from_array(noise())
    process = tt.parallel.map(lambda _: (os.getpid(), image.copy_memory()), [0], executor="processes", workers=1)[0][0]
    assert tt.parallel.map(lambda _: (os.getpid(), mappings()), [0], executor="processes", workers=1) == [(process, 0)]


def test_a_killed_worker_leaves_nothing_behind():
    def crash(item):
        os.kill(os.getpid(), signal.SIGKILL)

    before = mappings()
    failures = tt.parallel.map(crash, [tt.Image.new_from_array(noise())] * 3, executor="processes", on_error="return")
    assert [failure.kind for failure in failures] == ["crashed"] * 3
    del failures
    assert mappings() == before and not names()


def test_many_images_come_back():
    images = tt.parallel.map(lambda n: tt.Image.new_from_array(np.full((512, 512), n % 256, "uint8")), range(1500), executor="processes")
    assert [image(5, 5)[0] for image in images] == [n % 256 for n in range(1500)]


@pytest.fixture
def pool():
    with multiprocessing.Pool(2) as pool:
        yield pool


def test_multiprocessing_carries_images(pool):
    image = tt.Image.new_from_array(noise()).invert()
    assert pool.map(mean, [image] * 5) == [image.avg()] * 5
    back = pool.apply(same, (image,))
    assert np.array_equal(back.numpy(), image.numpy())
    assert not names()


def test_queues_carry_images_of_processes_that_have_ended():
    image = tt.Image.new_from_array(noise())
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=put, args=(queue, image))
    process.start()
    process.join()
    assert np.array_equal(queue.get().numpy(), image.numpy())
    assert not names()


def test_executors_of_concurrent_futures_carry_images():
    image = tt.Image.new_from_array(noise())
    with concurrent.futures.ProcessPoolExecutor(1) as executor:
        assert executor.submit(mean, image).result() == image.avg()
        assert executor.submit(same, image).result().avg() == image.avg()
    assert not names()


def test_what_multiprocessing_needs_of_an_image_goes_with_it(pool):
    before = mappings()
    image = tt.Image.new_from_array(noise())
    pool.map(mean, [image] * 3)
    assert mappings() > before
    # The pool's threads keep their last item until they have the next one.
    pool.map(abs, [1])
    del image
    assert mappings() == before


def test_a_pool_whose_worker_dies_leaves_nothing_and_says_nothing(tmp_path):
    path = tmp_path / "script.py"
    path.write_text(
        "import concurrent.futures, os, signal\n"
        "import numpy as np\n"
        "import tintype as tt\n"
        "def die(image): os.kill(os.getpid(), signal.SIGKILL)\n"
        "if __name__ == '__main__':\n"
        "    image = tt.Image.new_from_array(np.zeros((1024, 1024), 'uint8'))\n"
        "    with concurrent.futures.ProcessPoolExecutor(1) as executor:\n"
        "        calls = [executor.submit(die, image) for _ in range(3)]\n"
        "    print(os.getpid(), *(type(call.exception()).__name__ for call in calls))\n"
    )
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, timeout=60)
    pid, *errors = done.stdout.split()
    assert (errors, done.stderr) == (["BrokenProcessPool"] * 3, "")
    assert not [name for name in names() if name.startswith(f"tintype-{pid}-")]


@pytest.mark.parametrize("end", ["sys.exit(0)", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_what_was_never_read_goes_with_the_program(tmp_path, end):
    path = tmp_path / "script.py"
    path.write_text(
        "import multiprocessing, os, signal, sys\n"
        "from multiprocessing import resource_tracker\n"
        "import numpy as np\n"
        "import tintype as tt\n"
        "if __name__ == '__main__':\n"
        "    queue = multiprocessing.Queue()\n"
        "    queue.put(tt.Image.new_from_array(np.zeros((1024, 1024), 'uint8')))\n"
        "    queue.close()\n"
        "    queue.join_thread()\n"
        "    shared = [name for name in os.listdir('/dev/shm') if name.startswith(f'tintype-{os.getpid()}-')]\n"
        "    print(os.getpid(), len(shared), resource_tracker._resource_tracker._pid, flush=True)\n"
        f"    {end}\n"
    )
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, timeout=60)
    pid, count, tracker = map(int, done.stdout.split())
    assert count == 1 and has_ended(tracker)
    assert not [name for name in names() if name.startswith(f"tintype-{pid}-")]
