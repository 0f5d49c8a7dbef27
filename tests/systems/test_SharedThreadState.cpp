// Threads that shared one PyThreadState dead-locked: here each thread has its own, kept for its life, and calls nest.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/Gil.h"
#include "scripting/PyCallable.h"
#include "tests/scripting/PythonFixture.h"

#include <thread>

namespace py = pybind11;
using namespace tintype;
using namespace Qt::StringLiterals;

class test_SharedThreadState : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void callsNestFromCppToPythonToCppToPython();
    void everyThreadOfPythonKeepsOneStateForItsLife();
    void everyThreadOfCppKeepsOneStateForItsLife();
    void scriptsAndThreadsOfCppNestInEachOther();

private:
    void nested(int calls, std::atomic<int>& right) const;

    std::unique_ptr<PythonFixture> m_fixture;
    PyCallable m_outer; ///< calls m_inner(depth), and says on which thread it runs
    PyCallable m_inner; ///< gives the GIL away, and calls m_outer(depth - 1)
    PyCallable m_count; ///< how often this thread has called it, and whether Python took it for the same thread each time
};

void test_SharedThreadState::initTestCase() {
    m_fixture = std::make_unique<PythonFixture>();
    m_fixture->withPython([&] {
        const auto inner = py::cpp_function([this](int depth) -> unsigned long {
            const GilRelease release;
            if (depth == 0)
                return PyThread_get_thread_ident();
            unsigned long found = 0;
            m_outer.call([&](PyObject* f) { found = py::reinterpret_borrow<py::object>(f)(depth - 1).cast<unsigned long>(); });
            return found;
        });
        m_inner = PyCallable(inner.ptr());
        py::dict names;
        names["__builtins__"] = py::module_::import("builtins");
        names["inner"] = inner;
        py::module_::import("builtins").attr("exec")("import threading\n"
                                                     "def outer(depth):\n"
                                                     "    assert inner(depth) == threading.get_ident()\n"
                                                     "    return threading.get_ident()\n"
                                                     "own = threading.local()\n"
                                                     "def count():\n"
                                                     "    own.calls = getattr(own, 'calls', 0) + 1\n"
                                                     "    own.seen = getattr(own, 'seen', set()) | {threading.get_ident()}\n"
                                                     "    return own.calls if len(own.seen) == 1 else -1\n",
                                                     names);
        m_outer = PyCallable(py::object(names["outer"]).ptr());
        m_count = PyCallable(py::object(names["count"]).ptr());
    });
}

void test_SharedThreadState::cleanupTestCase() {
    m_outer = {};
    m_inner = {};
    m_count = {};
    m_fixture.reset();
    QVERIFY(!Py_IsInitialized());
}

void test_SharedThreadState::nested(int calls, std::atomic<int>& right) const {
    for (int call = 0; call < calls; ++call)
        m_outer.call([&](PyObject* f) {
            right += py::reinterpret_borrow<py::object>(f)(5).cast<unsigned long>() == PyThread_get_thread_ident();
        });
}

void test_SharedThreadState::callsNestFromCppToPythonToCppToPython() {
    // Six deep, on eight threads at once.
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { nested(100, right); });
    }
    QCOMPARE(right.load(), 800);
}

void test_SharedThreadState::everyThreadOfPythonKeepsOneStateForItsLife() {
    const PythonThreadPtr thread = m_fixture->interpreter.runtime().makeThread(u"test"_s);
    std::set<PyThreadState*> states;
    std::binary_semaphore done{0};
    for (int task = 0; task < 100; ++task)
        thread->post([&, task] {
            states.insert(_PyThreadState_UncheckedGet());
            // Nothing that the thread does in between gives it another one.
            { const GilRelease release; }
            states.insert(_PyThreadState_UncheckedGet());
            if (task == 99)
                done.release();
        });
    done.acquire();
    QCOMPARE(states.size(), std::size_t(1));
}

void test_SharedThreadState::everyThreadOfCppKeepsOneStateForItsLife() {
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (long call = 1; call <= 100; ++call)
                    m_count.call([&](PyObject* f) { right += py::reinterpret_borrow<py::object>(f)().cast<long>() == call; });
            });
    }
    QCOMPARE(right.load(), 800);
}

void test_SharedThreadState::scriptsAndThreadsOfCppNestInEachOther() {
    // A script's thread and threads of C++ at once, each six deep.
    std::atomic<int> right = 0;
    const PythonThreadPtr script = m_fixture->interpreter.runtime().makeThread(u"test"_s);
    std::binary_semaphore done{0};
    script->post([&] {
        nested(100, right);
        done.release();
    });
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i)
            threads.emplace_back([&] { nested(100, right); });
    }
    done.acquire();
    QCOMPARE(right.load(), 400);
}

QTEST_GUILESS_MAIN(test_SharedThreadState)
#include "test_SharedThreadState.moc"
