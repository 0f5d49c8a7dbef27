// Guards that take and release Python's global lock, and the check that keeps it off the GUI thread.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Python.h>

#include <functional>

namespace tintype {

/// Takes the GIL while it lives, on a thread that Python knows already: a PythonThread, one that Python started, the main
/// thread of a headless run. Nested ones cost nothing. Threads that Python does not know use PyCallable. Aborts the
/// program, in every build, on the GUI thread and on threads that Python does not know.
class GilAcquire {
public:
    GilAcquire();
    ~GilAcquire();
    GilAcquire(const GilAcquire&) = delete;
    GilAcquire& operator=(const GilAcquire&) = delete;

private:
    bool m_taken;
};

/// Releases the GIL while it lives: py::call_guard<GilRelease>() on every binding that can compute, wait, lock, touch a
/// file or trigger a signal. The thread must hold the GIL.
class GilRelease {
public:
    GilRelease();
    ~GilRelease();
    GilRelease(const GilRelease&) = delete;
    GilRelease& operator=(const GilRelease&) = delete;

private:
    PyThreadState* m_state;
};

/// True when this thread holds the GIL.
bool holdsGil();

/// From now on taking the GIL on this thread aborts the program; `false` lifts that, to finalise.
void keepGilOffThisThread(bool off = true);
/// Aborts with a message when this thread may not take the GIL.
void checkThreadMayTakeGil();

/// Gives up a reference, on any thread: at once when the GIL is held here, else when the next holder takes it.
void dropReference(PyObject* object);
/// Gives up what waits; with the GIL. A destructor written in Python may take as long as it likes.
void drainDroppedReferences();
/// From now on this thread gives up nothing, whether it holds the GIL or not: others depend on its coming back at once.
void leaveDroppedReferencesToOthers();
/// Called on the dropping thread when references begin to wait, so that somebody drains them though no Python code runs;
/// must not block and not take the GIL. Replaced by null to stop it: waits for a call that is under way.
void onReferencesWaiting(std::function<void()> watcher);

/// Raises the exception in that thread as soon as it runs Python code again; with the GIL.
void raiseInThread(unsigned long threadId, PyObject* exceptionType);
/// Whether what was raised there has not landed yet; with the GIL.
bool isRaisePending(unsigned long threadId);
/// Takes back what was raised on this thread and has not landed yet; with the GIL.
void clearRaisedHere();
/// Whether something raised on this thread has not landed yet. Lets a thread that has asked for the GIL have it first, as
/// the interpreter would at the next opportunity, since that one may be about to raise. With the GIL.
bool isRaisePendingHere();
/// Lets it land now: it is Python's current error afterwards. With the GIL.
void landRaisedHere();

} // namespace tintype
