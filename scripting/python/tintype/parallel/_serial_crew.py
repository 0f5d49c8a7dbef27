# Items one after the other on the calling thread: for calls inside of workers, where there are no cores left.
# SPDX-License-Identifier: GPL-3.0-or-later
import collections

from . import _failures


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
