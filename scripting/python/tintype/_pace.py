# How quick something is and how long it still takes, as numbers and in words.
# SPDX-License-Identifier: GPL-3.0-or-later
import time


class Pace:
    """Begins when it is made."""

    def __init__(self):
        self._begin = time.monotonic()

    def seconds(self):
        return time.monotonic() - self._begin

    def left(self, done, total):
        """Seconds; None where nobody knows."""
        return self.seconds() / done * max(total - done, 0) if done and total else None

    def words(self, done, total):
        """`2.5/s, 12 s left`, or less of it."""
        seconds = self.seconds()
        words = [_rate(done / seconds)] if done and seconds > 0 else []
        left = self.left(done, total)
        if left is not None:
            words.append(f"{duration(left)} left" if done < total else f"in {duration(seconds)}")
        return ", ".join(words)


def _rate(per_second):
    if per_second >= 1:
        return f"{per_second:.3g}/s" if per_second < 1000 else f"{per_second:.0f}/s"
    return f"{1 / per_second:.3g} s each" if per_second > 1 / 1000 else f"{duration(1 / per_second)} each"


def duration(seconds):
    """`42 s`, `3:07 min`, `2:15 h`."""
    if seconds < 99.5:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    minutes, seconds = divmod(round(seconds), 60)
    if minutes < 100:
        return f"{minutes}:{seconds:02} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02} h"
