# From which duration on releasing the GIL gives more than it costs.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two threads make the same call again and again. Where the call keeps the GIL they take turns; where it releases it they
run side by side, but pay for handing it over. The break-even is the shortest call for which the second does more."""

import itertools
import statistics
import threading
import time

DURATIONS_US = (0.5, 1, 2, 5, 10, 20, 50, 100)
SECONDS = 0.12
ROUNDS = 5


def _calls_a_second(function, nanoseconds):
    counts = []
    start = threading.Barrier(3)
    ended = threading.Event()

    def work():
        start.wait()
        done = 0
        while not ended.is_set():
            for _ in itertools.repeat(None, 20):
                function(nanoseconds)
            done += 20
        counts.append(done)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    start.wait()
    begin = time.perf_counter()
    time.sleep(SECONDS)
    ended.set()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begin)


def measure(keeping, releasing):
    """[(microseconds, what releasing brings: 1.0 is even)], and the break-even in microseconds."""
    rows = []
    for duration in DURATIONS_US:
        gains = []
        for _ in range(ROUNDS):
            kept = _calls_a_second(keeping, duration * 1000)
            gains.append(_calls_a_second(releasing, duration * 1000) / kept)
        rows.append((duration, statistics.median(gains)))
    return rows, crossing(rows)


def crossing(rows):
    """From how many microseconds on it always pays, between two durations in proportion; infinity when it never does."""
    even = longer = float("inf")
    gain_there = None
    for duration, gain in reversed(rows):
        if gain < 1:
            if gain_there is None:
                return even
            return duration + (longer - duration) * (1 - gain) / (gain_there - gain)
        even = longer = duration
        gain_there = gain
    return even
