# Items one after the other on the calling thread: for calls inside of workers, where there are no cores left.
# SPDX-License-Identifier: GPL-3.0-or-later
import collections

from . import _failures, _nesting


def this_or_serial(crew, task, workers, timeout):
    """A crew of the given class for so many workers, as many as there are cores for None; inside of a worker no more than its share,
    and a SerialCrew where that is one and nothing must be ended in time."""
    share = _nesting.share()
    count = share if workers is None else workers
    if _nesting.is_nested():
        count = min(count, share)
        if count == 1 and timeout is None:
            return SerialCrew(task)
    return crew(task, count)


class SerialCrew:
    """Works while somebody asks for results."""

    def __init__(self, task):
        self._task = task
        self._items = collections.deque()

    def room(self):
        return 1 - len(self._items)

    def give(self, index, item, timeout=None):
        self._items.append((index, item))

    def take(self, seconds):
        if not self._items:
            return []
        index, item = self._items.popleft()
        try:
            return [(index, True, self._task(item))]
        except Exception as error:
            return [(index, False, _failures.of_error(item, index, error))]

    def wake(self):
        """It never waits."""

    def was_woken(self):
        return bool(self._items)

    def leave(self):
        self._items.clear()

    stop = leave
