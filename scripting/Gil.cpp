// Guards that take and release Python's global lock, and the check that keeps it off the GUI thread.
// SPDX-License-Identifier: GPL-3.0-or-later
#define Py_BUILD_CORE 1
#include <Python.h>
// What it needs of <stdatomic.h> is not C++; the compiler's own functions will do.
#undef HAVE_STD_ATOMIC
#include <internal/pycore_interp.h>

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
/// thread stays here until the process ends, as newer CPythons let it. The C++ runtime has no object for such an unwinding
/// and binds the reference below to none, which the sanitizer of undefined behaviour would report.
__attribute__((no_sanitize("undefined"))) void takeGil(PyThreadState* state) {
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

/// What was raised on this thread lands in it, and is the current error then.
void runEmptyCode() {
    PyObject* const code = Py_CompileString("None", "<tintype>", Py_eval_input);
    PyObject* const names = PyDict_New();
    if (code && names)
        Py_XDECREF(PyEval_EvalCode(code, names, names));
    Py_XDECREF(names);
    Py_XDECREF(code);
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

/// CPython 3.11 takes back an exception that is replaced by null, but goes on believing that there is one: all Python code
/// becomes slower, and code under a trace function (pdb) never ends. Only one that lands makes it stop believing. Another
/// thread's exception is noticed again when that thread takes the GIL.
void clearRaisedHere() {
    if (!std::exchange(raisedSomewhere, false) && !PyThreadState_Get()->async_exc)
        return;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), PyExc_KeyboardInterrupt);
    runEmptyCode();
    PyErr_Clear();
    // Without memory for the empty code, taking it back is all that can be done.
    if (PyThreadState_Get()->async_exc)
        PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), nullptr);
    PyErr_Restore(type, value, traceback);
}

bool isRaisePendingHere() {
    PyThreadState* const state = PyThreadState_Get();
    if (_Py_atomic_load_relaxed(&state->interp->ceval.gil_drop_request)) {
        PyEval_SaveThread();
        takeGil(state);
    }
    return state->async_exc;
}

void landRaisedHere() {
    runEmptyCode();
    // Nobody wants to see the empty code.
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    Py_XDECREF(traceback);
    PyErr_Restore(type, value, nullptr);
}

} // namespace tintype
