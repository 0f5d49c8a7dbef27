# Everything by which a script file uses several cores: multiprocessing with spawn, and concurrent.futures.
# SPDX-License-Identifier: GPL-3.0-or-later
import concurrent.futures
import multiprocessing
import multiprocessing.managers
import multiprocessing.shared_memory
import os
import threading

import tintype as tt

OFFSET = 100


def brightness(level):
    return (tt.Image.black(4, 4) + level).avg() + OFFSET


def add(a, b):
    return a + b


def fail(level):
    raise ValueError(f"level {level}")


def answer(connection, queue, event, shared, block):
    memory = multiprocessing.shared_memory.SharedMemory(block)
    memory.buf[0] = 7
    memory.close()
    event.wait()
    shared["child"] = os.getpid()
    queue.put("queued")
    connection.send("sent")


def use_pool():
    with multiprocessing.Pool(2) as pool:
        print(pool.apply(brightness, (1,)), pool.apply_async(brightness, (2,)).get())
        print(pool.map(brightness, [1, 2, 3]), pool.starmap(add, [(1, 2), (3, 4)]))
        print(list(pool.imap(brightness, [1, 2])), sorted(pool.imap_unordered(brightness, [4, 5])))
        told = threading.Event()
        pool.apply_async(brightness, (1,), callback=lambda value: told.set())
        told.wait()
        try:
            pool.map(fail, [3])
        except ValueError as error:
            print(error, "in fail" in str(error.__cause__))


def use_process():
    event = multiprocessing.Event()
    queue = multiprocessing.Queue()
    here, there = multiprocessing.Pipe()
    memory = multiprocessing.shared_memory.SharedMemory(create=True, size=16)
    with multiprocessing.Manager() as manager:
        shared = manager.dict()
        child = multiprocessing.Process(target=answer, args=(there, queue, event, shared, memory.name))
        child.start()
        event.set()
        print(here.recv(), queue.get())
        child.join()
        print(child.exitcode, shared["child"] == child.pid, memory.buf[0])
    memory.close()
    memory.unlink()


def use_futures():
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        print(list(pool.map(brightness, [1, 2])))
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        print(list(pool.map(brightness, [1, 2])), pool.submit(add, 1, 2).result())
        error = pool.submit(fail, 4).exception()
        print(type(error).__name__, error, "in fail" in str(error.__cause__))


if __name__ == "__main__":
    use_pool()
    use_process()
    use_futures()
    in_a_thread = threading.Thread(target=use_pool)
    in_a_thread.start()
    in_a_thread.join()
    print(multiprocessing.active_children())
