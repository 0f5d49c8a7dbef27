# The ways in which Python's own documentation shows multiprocessing and concurrent.futures, in one script.
# SPDX-License-Identifier: GPL-3.0-or-later
import concurrent.futures
import functools
import math
import multiprocessing
import os
import queue
import time


def square(number):
    return number * number


def scaled(number, factor):
    return number * factor


def slow(seconds):
    time.sleep(seconds)
    return seconds


def fail(number):
    raise ValueError(f"no {number}")


def is_prime(number):
    return number > 1 and all(number % divisor for divisor in range(2, math.isqrt(number) + 1))


def greet(connection):
    connection.send(f"hello {connection.recv()}")
    connection.close()


def work(tasks, results):
    for function, arguments in iter(tasks.get, "STOP"):
        results.put((function.__name__, arguments, function(*arguments)))


def count(lock, total, cells, times):
    for _ in range(times):
        with lock:
            total.value += 1
            cells[total.value % len(cells)] += 1


def note(notes, name):
    notes[name] = name.upper()


def pools():
    with multiprocessing.Pool(processes=2) as pool:
        print("map", pool.map(square, range(6)))
        print("imap", list(pool.imap(square, range(4), chunksize=2)))
        print("imap_unordered", sorted(pool.imap_unordered(square, range(4))))
        print("starmap", pool.starmap(scaled, [(1, 10), (2, 20)]))
        print("partial", pool.map(functools.partial(scaled, factor=3), [1, 2]))
        print("apply_async", pool.apply_async(square, (20,)).get(timeout=30))
        print("other process", pool.apply(os.getpid) != os.getpid())
        try:
            pool.apply_async(slow, (30,)).get(timeout=0.1)
        except multiprocessing.TimeoutError:
            print("time is over")
        try:
            pool.map(fail, [7])
        except ValueError as error:
            print("error", error, "with its remote traceback:", "in fail" in str(error.__cause__))


def processes():
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=greet, args=(theirs,), name="greeter")
    process.start()
    ours.send("world")
    print("pipe", ours.recv())
    process.join()
    print("exit code", process.exitcode)

    tasks, results = multiprocessing.Queue(), multiprocessing.Queue()
    workers = [multiprocessing.Process(target=work, args=(tasks, results)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for number in range(4):
        tasks.put((square, (number,)))
    print("queue", sorted(results.get(timeout=60)[2] for _ in range(4)))
    for _ in workers:
        tasks.put("STOP")
    for worker in workers:
        worker.join()
    try:
        results.get_nowait()
    except queue.Empty:
        print("queue empty")


def shared():
    lock, total, cells = multiprocessing.Lock(), multiprocessing.Value("i", 0), multiprocessing.Array("i", 3)
    counters = [multiprocessing.Process(target=count, args=(lock, total, cells, 300)) for _ in range(2)]
    for counter in counters:
        counter.start()
    for counter in counters:
        counter.join()
    print("shared", total.value, cells[:])
    with multiprocessing.Manager() as manager:
        notes = manager.dict()
        writers = [multiprocessing.Process(target=note, args=(notes, name)) for name in ("a", "b")]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        print("manager", dict(sorted(notes.items())))


def executors():
    with concurrent.futures.ProcessPoolExecutor(max_workers=2) as executor:
        print("primes", list(executor.map(is_prime, [13, 15, 7919, 17, 18])))
        waiting = {executor.submit(square, number): number for number in (3, 4)}
        print("futures", sorted((waiting[done], done.result()) for done in concurrent.futures.as_completed(waiting)))
        print("exception", repr(executor.submit(fail, 1).exception()))
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as executor:
        print("threads", list(executor.map(square, range(4))))


if __name__ == "__main__":
    pools()
    processes()
    shared()
    executors()
