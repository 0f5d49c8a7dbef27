# Waits for the ends of processes that others have started.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import select

SECONDS = 60


def has_ended(pid):
    """Whether the process has ended, now or within a minute."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], SECONDS)[0])
    finally:
        os.close(handle)
