# Waits for events in tests of add-ons.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import threading

import tintype as tt


@contextlib.contextmanager
def told(name):
    """Waits at the end until somebody has emitted this event."""
    came = threading.Event()
    handler = tt.on(name, lambda event: came.set())
    yield
    assert came.wait(60)
    tt.off(name, handler)
