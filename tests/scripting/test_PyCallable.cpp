// Python functions are called, copied and dropped by threads that Python does not know.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/Gil.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonRuntime.h"
#include "scripting/ScriptContext.h"
#include "tests/scripting/CallbackFixture.h"

#include <future>
#include <thread>

namespace py = pybind11;
using namespace tintype;

class test_PyCallable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<CallbackFixture>(); }
    void cleanupTestCase();

    void threadLocalsSurviveBetweenCalls();
    void passesArgumentsAndResults();
    void exceptionsBecomeErrorsWithTheirTraceback();
    void isCopiedAndDroppedWithoutTheGil();
    void isDrainedSoonThoughNoPythonRuns();
    void aDestructorThatWaitsHoldsUpNoStop();
    void isInertOnceDisconnected();
    void isInertForACallThatWaitsForTheGil();
    void aStopThatComesTooLateStaysOutOfTheNextCall();
    void nestsInPythonThreads();
    void anEmptyOneSaysSo();
    void printsWhereItWasMade();
    void threadsMayEndWhilePythonEnds(); // the last, since there is no Python afterwards

private:
    template <class Function> void withPython(Function function) { m_fixture->withPython(std::move(function)); }
    PyCallable define(const char* code, const char* name) { return m_fixture->define(code, name); }
    std::unique_ptr<CallbackFixture> m_fixture;
};

void test_PyCallable::cleanupTestCase() {
    m_fixture.reset();
    QVERIFY(!Py_IsInitialized());
}

void test_PyCallable::threadLocalsSurviveBetweenCalls() {
    const PyCallable count = define("import threading\nown = threading.local()\n"
                                    "def count():\n    own.n = getattr(own, 'n', 0) + 1\n    return own.n\n",
                                    "count");
    for (int thread = 0; thread < 2; ++thread)
        std::thread([&] {
            for (long call = 1; call <= 100; ++call)
                QCOMPARE(callForNumber(count), call);
        }).join();
}

void test_PyCallable::passesArgumentsAndResults() {
    const PyCallable add = define("def add(a, b): return a + b\n", "add");
    std::thread([&] {
        add.call([](PyObject* function) {
            QCOMPARE(py::reinterpret_borrow<py::object>(function)(2, 3).cast<int>(), 5);
        });
    }).join();
}

void test_PyCallable::exceptionsBecomeErrorsWithTheirTraceback() {
    const PyCallable fail = define("def fail():\n    raise ValueError('size is 0, allowed is 1 to 50')\n", "fail");
    std::thread([&] {
        try {
            fail.call();
            QFAIL("no error");
        } catch (const Error& error) {
            const std::string text = error.what();
            QCOMPARE(int(error.code()), int(ErrorCode::Parameter));
            QVERIFY2(text.starts_with("ValueError: size is 0, allowed is 1 to 50\n"), text.c_str());
            QVERIFY2(text.find("line 2, in fail") != std::string::npos, text.c_str());
        }
    }).join();
}

void test_PyCallable::isCopiedAndDroppedWithoutTheGil() {
    PyCallable callable;
    PyObject* function = nullptr;
    Py_ssize_t before = 0;
    withPython([&] {
        // Not one that threads keep: each threading.Thread has a reference to print.
        const py::object hypot = py::module_::import("math").attr("hypot");
        function = hypot.ptr();
        before = Py_REFCNT(function);
        callable = PyCallable(function);
    });
    // This thread may not take the GIL at all.
    {
        const PyCallable copy = callable;
        PyCallable moved = std::move(callable);
    }
    Py_ssize_t after = 0;
    withPython([&] {
        drainDroppedReferences();
        after = Py_REFCNT(function) + 1;
    });
    QCOMPARE(after, before);
}

void test_PyCallable::isInertOnceDisconnected() {
    PyCallable callable = define("def f(): return 1\n", "f");
    const PyCallable copy = callable;
    callable.disconnect();
    std::thread([&] { QVERIFY_EXCEPTION_THROWN(callForNumber(copy), Error); }).join();
}

void test_PyCallable::isInertForACallThatWaitsForTheGil() {
    PyCallable callable = define("calls = []\ndef f(): calls.append(1)\n", "f");
    std::atomic<bool> refused = false;
    std::thread caller;
    {
        const PythonHeld held(*m_fixture);
        std::promise<void> called;
        caller = std::thread([&, copy = callable] {
            called.set_value();
            try {
                copy.call();
            } catch (const Error& error) {
                refused = error.code() == ErrorCode::Cancelled;
            }
        });
        called.get_future().wait();
        callable.disconnect();
    }
    caller.join();
    QVERIFY(refused);
}

void test_PyCallable::isDrainedSoonThoughNoPythonRuns() {
    PyCallable callable;
    std::promise<void> gone;
    withPython([&] {
        const py::object print = py::module_::import("functools").attr("partial")(
            py::module_::import("builtins").attr("print"));
        const py::cpp_function told([&gone](const py::object&) { gone.set_value(); });
        // It is never deleted itself, as any weak reference that still waits.
        py::weakref(print, told).release();
        callable = PyCallable(print.ptr());
    });
    callable = PyCallable();
    QVERIFY(gone.get_future().wait_for(std::chrono::milliseconds(LIMIT_MS)) == std::future_status::ready);
}

void test_PyCallable::aDestructorThatWaitsHoldsUpNoStop() {
    const Gate gate;
    std::promise<void> waits;
    PyCallable callable;
    withPython([&] {
        py::dict names;
        names["__builtins__"] = py::module_::import("builtins");
        names["tell"] = py::cpp_function([&waits] { waits.set_value(); });
        const QString code = QStringLiteral("import ctypes\n"
                                            "class Slow:\n"
                                            "    def __call__(self): pass\n"
                                            "    def __del__(self):\n"
                                            "        tell()\n"
                                            "        %1\n").arg(gate.wait("CDLL"));
        py::module_::import("builtins").attr("exec")(code.toStdString(), names);
        callable = PyCallable(py::object(names["Slow"]()).ptr());
    });
    Scripts scripts(*m_fixture);
    const tintype::ScriptOutput& output = scripts.output;
    const JobPtr job = scripts.run(QStringLiteral("print('in')\nn = 0\nwhile True: n += 1"));
    QTRY_COMPARE_WITH_TIMEOUT(output.of(job), QStringLiteral("in\n"), LIMIT_MS);
    std::thread([&] { callable = PyCallable(); }).join();
    waits.get_future().wait();
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(output.of(job), QStringLiteral("in\nStopped.\n"));
}

void test_PyCallable::aStopThatComesTooLateStaysOutOfTheNextCall() {
    const PyCallable stopped = define("def f(): pass\n", "f");
    const PyCallable next = define("def f():\n    for i in range(1000): pass\n    return 1\n", "f");
    std::thread([&] {
        stopped.call([](PyObject*) {
            raiseInThread(PyThread_get_thread_ident(), PyExc_KeyboardInterrupt);
        });
        QCOMPARE(callForNumber(next), 1L);
    }).join();
}

void test_PyCallable::threadsMayEndWhilePythonEnds() {
    // Eight threads call for as long as they are let, and end at different times around the end of Python.
    const PyCallable one = define("def one(): return 1\n", "one");
    std::vector<std::thread> threads;
    std::atomic<int> running = 0;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([one, i, &running] {
            callForNumber(one);
            ++running;
            try {
                for (;;)
                    callForNumber(one);
            } catch (const Error& error) {
                QCOMPARE(int(error.code()), int(ErrorCode::Cancelled));
            }
            if (i % 2)
                std::this_thread::yield();
        });
    QTRY_COMPARE_WITH_TIMEOUT(running.load(), 8, LIMIT_MS);
    m_fixture.reset();
    for (std::thread& thread : threads)
        thread.join();
    QVERIFY(!Py_IsInitialized());
}

void test_PyCallable::nestsInPythonThreads() {
    const PyCallable one = define("def one(): return 1\n", "one");
    withPython([&] {
        QCOMPARE(callForNumber(one), 1L);
        QVERIFY(holdsGil());
    });
}

void test_PyCallable::anEmptyOneSaysSo() {
    QVERIFY(!PyCallable());
    QVERIFY_EXCEPTION_THROWN(PyCallable().call(), Error);
}

void test_PyCallable::printsWhereItWasMade() {
    std::string printed;
    PyCallable print;
    withPython([&] {
        ScriptContext::Scope scope(std::make_shared<ScriptContext>(
            std::make_shared<Job>("test"), [&](OutputStream, const std::string& text) { printed += text; }, ""));
        print = PyCallable(py::object(py::module_::import("builtins").attr("print")).ptr());
    });
    std::thread([&] {
        print.call([](PyObject* function) { py::reinterpret_borrow<py::object>(function)("from a worker"); });
    }).join();
    QCOMPARE(printed, std::string("from a worker\n"));
}

QTEST_GUILESS_MAIN(test_PyCallable)
#include "test_PyCallable.moc"
