// Guards that take and release Python's global lock, and the check that keeps it off the GUI thread.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Gil.h"

#include <cxxabi.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <utility>
#include <vector>

namespace tintype {

namespace {

thread_local bool keptOff = false;
thread_local bool leavesReferences = false;
bool raisedSomewhere = false; ///< since an exception landed last; guarded by the GIL

/// References that were dropped without the GIL. There is one for the one interpreter of the process, and it is never
/// destroyed, because threads may drop references until the last moment.
struct DroppedReferences {
    std::mutex mutex;
    std::vector<PyObject*> objects;
    std::atomic<bool> waiting = false;
    std::mutex watcherMutex; // held while the watcher runs
    std::function<void()> watcher;

    void tellWatcher() {
        std::lock_guard lock(watcherMutex);
        if (watcher)
            watcher();
    }
};

DroppedReferences& droppedReferences() {
    static auto* const dropped = new DroppedReferences;
    return *dropped;
}

/// CPython ends threads that want the GIL while it is being finalised by pthread_exit. Destructors on the stack would then
/// give up references without the GIL, and an unwinding that reaches a destructor from inside ends the program. So the
/// thread stays here until the process ends, as newer CPythons let it.
void takeGil(PyThreadState* state) {
    try {
        PyEval_RestoreThread(state);
    } catch (const abi::__forced_unwind&) {
        for (;;)
            pause();
    }
}

[[noreturn]] void abortWith(const char* reason) {
    std::fprintf(stderr, "Tintype: %s\n", reason);
    std::fflush(stderr);
    std::abort();
}

/// CPython 3.11 takes back an exception that is replaced by null, but goes on believing that there is one: all Python code
/// becomes slower, and code under a trace function (pdb) never ends. Only one that lands makes it stop believing. Another
/// thread's exception is noticed again when that thread takes the GIL.
void landRaisedHere() {
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject* const code = Py_CompileString("None", "<tintype>", Py_eval_input);
    PyObject* const names = PyDict_New();
    // Without memory for these two, taking it back is all that can be done.
    PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), code && names ? PyExc_KeyboardInterrupt : nullptr);
    if (code && names)
        Py_XDECREF(PyEval_EvalCode(code, names, names));
    PyErr_Clear();
    Py_XDECREF(names);
    Py_XDECREF(code);
    PyErr_Restore(type, value, traceback);
}

} // namespace

GilAcquire::GilAcquire() : m_taken(false) {
    checkThreadMayTakeGil();
    PyThreadState* const state = PyGILState_GetThisThreadState();
    if (!state)
        abortWith("the GIL was asked for on a thread that Python does not know; such threads use PyCallable");
    if (PyGILState_Check())
        return;
    takeGil(state);
    m_taken = true;
    drainDroppedReferences();
}

GilAcquire::~GilAcquire() {
    if (m_taken)
        PyEval_SaveThread();
}

GilRelease::GilRelease() : m_state(PyEval_SaveThread()) {}

GilRelease::~GilRelease() {
    takeGil(m_state);
    drainDroppedReferences();
}

bool holdsGil() {
    return Py_IsInitialized() && PyGILState_GetThisThreadState() && PyGILState_Check();
}

void keepGilOffThisThread(bool off) {
    keptOff = off;
}

void checkThreadMayTakeGil() {
    if (keptOff)
        abortWith("the GIL was asked for on the GUI thread, which would freeze the window while a script runs");
}

void dropReference(PyObject* object) {
    if (!object)
        return;
    if (!leavesReferences && holdsGil()) {
        Py_DECREF(object);
        return;
    }
    DroppedReferences& dropped = droppedReferences();
    bool isFirst = false;
    {
        std::lock_guard lock(dropped.mutex);
        dropped.objects.push_back(object);
        isFirst = !dropped.waiting.exchange(true);
    }
    if (isFirst)
        dropped.tellWatcher();
}

void onReferencesWaiting(std::function<void()> watcher) {
    DroppedReferences& dropped = droppedReferences();
    {
        std::lock_guard lock(dropped.watcherMutex);
        dropped.watcher = std::move(watcher);
    }
    if (dropped.waiting)
        dropped.tellWatcher();
}

void drainDroppedReferences() {
    DroppedReferences& dropped = droppedReferences();
    if (leavesReferences || !dropped.waiting.load(std::memory_order_acquire))
        return;
    std::vector<PyObject*> objects;
    {
        std::lock_guard lock(dropped.mutex);
        objects.swap(dropped.objects);
        dropped.waiting = false;
    }
    // A destructor written in Python must not disturb an exception that is on its way.
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    for (PyObject* object : objects)
        Py_DECREF(object);
    PyErr_Restore(type, value, traceback);
}

void leaveDroppedReferencesToOthers() {
    leavesReferences = true;
}

void raiseInThread(unsigned long threadId, PyObject* exceptionType) {
    raisedSomewhere = true;
    PyThreadState_SetAsyncExc(threadId, exceptionType);
}

bool isRaisePending(unsigned long threadId) {
    PyThreadState* state = PyInterpreterState_ThreadHead(PyInterpreterState_Main());
    while (state && state->thread_id != threadId)
        state = PyThreadState_Next(state);
    return state && state->async_exc;
}

void clearRaisedHere() {
    if (std::exchange(raisedSomewhere, false) || PyThreadState_Get()->async_exc)
        landRaisedHere();
}

} // namespace tintype
