// A thread that Python knows for its whole life, and on which tasks run with the GIL.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/Gil.h"
#include "scripting/PythonThread.h"

namespace py = pybind11;

namespace tintype {

namespace {

/// Python's collector runs destructors too, on whatever thread makes it due.
class CollectorOff {
public:
    explicit CollectorOff(bool off) : m_wasOn(off && PyGC_Disable()) {}
    ~CollectorOff() {
        if (m_wasOn)
            PyGC_Enable();
    }
    CollectorOff(const CollectorOff&) = delete;

private:
    const bool m_wasOn;
};

} // namespace

PythonThread::PythonThread(const QString& name, std::shared_ptr<PythonThreads> all, Destructors destructors)
    : m_all(std::move(all)), m_destructors(destructors) {
    setObjectName(name);
    ++m_all->alive;
    start();
    // It cannot have ended yet: it waits for tasks until it is closed.
    m_hasStarted = isRunning();
    if (m_hasStarted)
        return;
    --m_all->alive;
    close();
}

bool PythonThread::post(Task task) {
    return m_tasks.post(std::move(task));
}

void PythonThread::close() {
    m_tasks.close();
}

bool PythonThread::waitForEnd(const QDeadlineTimer& deadline) {
    return wait(deadline);
}

void PythonThread::Ender::operator()(PythonThread* thread) const {
    Pointer pointer(thread);
    endBy(pointer, QDeadlineTimer(2000));
}

void PythonThread::endBy(Pointer& thread, const QDeadlineTimer& deadline) {
    PythonThread* const raw = thread.release();
    if (!raw)
        return;
    raw->close();
    QDeadlineTimer limit = deadline;
    if (const qint64 all = raw->m_all->limit; all < limit.deadlineNSecs())
        limit.setPreciseDeadline(0, all);
    if (raw->waitForEnd(limit))
        delete raw;
}

void PythonThread::run() {
    const std::shared_ptr<PythonThreads> all = m_all;
    PyThreadState* const state = PyThreadState_New(PyInterpreterState_Main());
    PyEval_RestoreThread(state);
    if (m_destructors == Destructors::Elsewhere)
        leaveDroppedReferencesToOthers();
    runTasks();
    PyThreadState_Clear(state);
    PyThreadState_DeleteCurrent();
    --all->alive;
}

void PythonThread::runTasks() {
    // Without a window there is no runtime package, and the API has been imported.
    const bool hasWindow = py::module_::import("sys").attr("modules").contains("tintype_runtime");
    const auto adopted = py::module_::import(hasWindow ? "tintype_runtime.adopted" : "tintype._runtime.adopted");
    py::object registered = adopted.attr("adopt")(objectName().toStdString());
    for (;;) {
        Task task;
        {
            GilRelease release;
            task = m_tasks.take();
        }
        if (!task)
            break;
        const CollectorOff collectorOff(m_destructors == Destructors::Elsewhere);
        task();
        // A late exception belongs to the task that has ended, and what the task held is given up with the GIL.
        clearRaisedHere();
        task = nullptr;
        drainDroppedReferences();
    }
    registered.attr("leave")();
}

} // namespace tintype
