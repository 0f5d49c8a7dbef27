// Lets Stop end the waiting for Python's locks, without ever leaving one locked that nobody will release.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/pybind11.h>

namespace tintype {

/// Problem: CPython ends no waiting for a lock because of an exception raised from another thread, and delivers it right
/// after the call that has waited: the lock is taken then, and no `with` or `finally` guards it yet. The locks of logging
/// and of other modules belong to the whole process; one that stays locked hangs every script until the program ends.
///
/// So `acquire` and `__enter__` of CPython's own two lock types are replaced. On threads of scripts, the console and
/// callbacks they wait in slices of 50 ms. When a stop is pending they give the lock back and raise it themselves, so that
/// who gets the lock has no stop pending. On all other threads, and when the lock is free, they are CPython's own. The
/// types remain what they are: locks made before, by C code or by other threads can be waited for like any other.
///
/// `with lock` has no gap, since CPython looks for nothing between `__enter__` and the block. Between `lock.acquire()` and a
/// `try` that follows it CPython does: a stop that comes at that very instruction, to a thread that need not wait, leaves
/// the lock locked, as Ctrl+C does in `python3`. `with` on a Condition or a Semaphore is Python code, with the same gap.
///
/// Adds what the Python half needs to the runtime's module. Called once an interpreter, with the GIL.
void installStoppableLocks(pybind11::module_& module);

} // namespace tintype
