# Native operations release the GIL: what other Python threads do meanwhile.
# SPDX-License-Identifier: GPL-3.0-or-later
import threading

import tintype as tt

THREADS = 4


def test_four_threads_overlap_inside_long_operations_and_a_fifth_proceeds():
    """Where an operation kept the GIL, this thread would see one of them inside at most."""
    inside = [False] * THREADS
    means = []
    start = threading.Barrier(THREADS + 1)

    def work(index):
        picture = tt.Image.micrograph(width=1000, height=1000, seed=index).gaussblur(10)
        start.wait()
        inside[index] = True
        means.append(picture.avg())
        inside[index] = False

    threads = [threading.Thread(target=work, args=(index,)) for index in range(THREADS)]
    for thread in threads:
        thread.start()
    start.wait()
    steps_beside_all_four = 0
    while any(thread.is_alive() for thread in threads):
        steps_beside_all_four += all(inside)
    assert len(means) == THREADS
    assert steps_beside_all_four > 100
