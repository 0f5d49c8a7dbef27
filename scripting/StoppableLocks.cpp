// Lets Stop end the waiting for Python's locks, without ever leaving one locked that nobody will release.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/StoppableLocks.h"

#include "scripting/Gil.h"
#include "scripting/ScriptContext.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace py = pybind11;

namespace tintype {

namespace {

constexpr double SLICE = 0.05;
constexpr double FOREVER = HUGE_VAL;
constexpr double AS_IT_IS = -1;

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The seconds of acquire(blocking=True, timeout=-1); AS_IT_IS for what CPython does at once: it does not wait for long,
/// or the arguments are wrong. Minus two is an error in Python.
double secondsToWait(PyObject* arguments, PyObject* keywords) {
    static const char* const names[] = {"blocking", "timeout", nullptr};
    int isBlocking = 1;
    PyObject* timeout = nullptr;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|iO:acquire", const_cast<char**>(names), &isBlocking, &timeout))
        return -2;
    if (!isBlocking)
        return AS_IT_IS;
    if (!timeout)
        return FOREVER;
    if (!PyFloat_Check(timeout) && !PyLong_Check(timeout))
        return AS_IT_IS;
    const double seconds = PyFloat_AsDouble(timeout);
    if (PyErr_Occurred()) {
        PyErr_Clear();
        return AS_IT_IS;
    }
    if (seconds == -1)
        return FOREVER;
    return seconds > SLICE && seconds < double(PY_TIMEOUT_MAX) / 1e6 ? seconds : AS_IT_IS;
}

// The functions below are written for CPython itself, without an object on the stack: daemon threads are ended in the
// middle of a wait when Python is finalised.

/// CPython's own methods of one of its lock types, and what stands in for them. There is one of each in the process, since
/// CPython hands a method no data of ours.
template <class Kind> struct Methods {
    static inline PyTypeObject* type = nullptr;
    static inline PyCFunctionWithKeywords acquireAsCPython = nullptr;
    static inline PyCFunction release = nullptr;
    static inline PyObject* withoutWaiting = nullptr; ///< the arguments (False,)

    /// What acquire returned, when no stop is pending; else the lock is given back and the stop lands.
    static PyObject* unlessStopped(PyObject* lock, PyObject* taken) {
        if (!taken || !isRaisePendingHere())
            return taken;
        if (taken == Py_True)
            Py_XDECREF(release(lock, nullptr));
        Py_DECREF(taken);
        landRaisedHere();
        return nullptr;
    }

    static PyObject* acquireOneSlice(PyObject* lock, double seconds) {
        PyObject* const arguments = Py_BuildValue("(Od)", Py_True, std::clamp(seconds, 0.0, SLICE));
        if (!arguments)
            return nullptr;
        PyObject* const taken = acquireAsCPython(lock, arguments, nullptr);
        Py_DECREF(arguments);
        return unlessStopped(lock, taken);
    }

    static PyObject* acquire(PyObject* lock, PyObject* arguments, PyObject* keywords) {
        if (!ScriptContext::isCurrent())
            return acquireAsCPython(lock, arguments, keywords);
        const double seconds = PyTuple_GET_SIZE(arguments) || keywords ? secondsToWait(arguments, keywords) : FOREVER;
        if (seconds < AS_IT_IS)
            return nullptr;
        if (seconds == AS_IT_IS)
            return unlessStopped(lock, acquireAsCPython(lock, arguments, keywords));
        PyObject* taken = unlessStopped(lock, acquireAsCPython(lock, withoutWaiting, nullptr));
        if (taken != Py_False)
            return taken;
        const double end = now() + seconds;
        for (double left = seconds; taken == Py_False && left > 0; left = end - now()) {
            Py_DECREF(taken);
            taken = acquireOneSlice(lock, left);
        }
        return taken;
    }

    /// Puts the methods of Kind into the type in place of its own.
    static void install(PyTypeObject* lockType) {
        type = lockType;
        acquireAsCPython = reinterpret_cast<PyCFunctionWithKeywords>(reinterpret_cast<void (*)()>(own("acquire").ml_meth));
        release = own("release").ml_meth;
        withoutWaiting = PyTuple_Pack(1, Py_False);
        for (PyMethodDef* method = Kind::methods; method->ml_name; ++method) {
            if (!method->ml_doc)
                method->ml_doc = own(method->ml_name).ml_doc;
            PyObject* const descriptor = PyDescr_NewMethod(type, method);
            const bool isSet = descriptor && PyDict_SetItemString(type->tp_dict, method->ml_name, descriptor) == 0;
            Py_XDECREF(descriptor);
            if (!isSet || !withoutWaiting)
                throw py::error_already_set();
        }
        PyType_Modified(type);
    }

    static const PyMethodDef& own(const char* name) {
        PyObject* const descriptor = PyDict_GetItemString(type->tp_dict, name);
        if (!descriptor || !Py_IS_TYPE(descriptor, &PyMethodDescr_Type))
            throw py::attribute_error(std::string("Python's locks have no ") + name);
        return *reinterpret_cast<PyMethodDescrObject*>(descriptor)->d_method;
    }
};

template <class Kind> PyCFunction acquireOf() {
    return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&Methods<Kind>::acquire));
}

constexpr int WITH_KEYWORDS = METH_VARARGS | METH_KEYWORDS;

struct PlainLock {
    /// threading.Condition takes this, where a lock has it, to get the lock back after waiting. Stop does not end that
    /// wait: what follows it releases the lock, which would be somebody else's. It lands when the lock is there.
    static PyObject* acquireRestore(PyObject* lock, PyObject*) {
        PyObject* const none = PyTuple_New(0);
        PyObject* const taken = none ? Methods<PlainLock>::acquireAsCPython(lock, none, nullptr) : nullptr;
        Py_XDECREF(none);
        return taken;
    }
    static PyMethodDef methods[];
};
PyMethodDef PlainLock::methods[] = {{"acquire", acquireOf<PlainLock>(), WITH_KEYWORDS, nullptr},
                                    {"acquire_lock", acquireOf<PlainLock>(), WITH_KEYWORDS, nullptr},
                                    {"__enter__", acquireOf<PlainLock>(), WITH_KEYWORDS, nullptr},
                                    {"_acquire_restore", &PlainLock::acquireRestore, METH_O,
                                     "_acquire_restore(state)\n\nFor internal use by `threading.Condition`."},
                                    {nullptr, nullptr, 0, nullptr}};

struct ReentrantLock {
    static PyMethodDef methods[];
};
PyMethodDef ReentrantLock::methods[] = {{"acquire", acquireOf<ReentrantLock>(), WITH_KEYWORDS, nullptr},
                                        {"__enter__", acquireOf<ReentrantLock>(), WITH_KEYWORDS, nullptr},
                                        {nullptr, nullptr, 0, nullptr}};

/// wait_until_free(lock, blocking, timeout): takes a plain lock and gives it back, with nothing in between; whether it was
/// there in time.
PyObject* waitUntilFree(PyObject*, PyObject* arguments) {
    PyObject* const lock = PyTuple_Size(arguments) == 3 ? PyTuple_GET_ITEM(arguments, 0) : nullptr;
    if (!lock || !Py_IS_TYPE(lock, Methods<PlainLock>::type)) {
        PyErr_SetString(PyExc_TypeError, "wait_until_free takes a lock, blocking and timeout");
        return nullptr;
    }
    PyObject* const how = PyTuple_GetSlice(arguments, 1, 3);
    PyObject* const taken = how ? Methods<PlainLock>::acquire(lock, how, nullptr) : nullptr;
    Py_XDECREF(how);
    if (taken == Py_True)
        Py_XDECREF(Methods<PlainLock>::release(lock, nullptr));
    return taken;
}

/// CPython keeps it for as long as the module lives.
PyMethodDef functions[] = {{"wait_until_free", &waitUntilFree, METH_VARARGS, nullptr}, {nullptr, nullptr, 0, nullptr}};

} // namespace

void installStoppableLocks(py::module_& module) {
    const auto threads = py::module_::import("_thread");
    Methods<PlainLock>::install(reinterpret_cast<PyTypeObject*>(threads.attr("LockType").ptr()));
    Methods<ReentrantLock>::install(reinterpret_cast<PyTypeObject*>(threads.attr("RLock").ptr()));
    // waits as the locks do
    if (PyModule_AddFunctions(module.ptr(), functions))
        throw py::error_already_set();
}

} // namespace tintype
