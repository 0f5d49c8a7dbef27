// Callbacks from C++ threads crashed, copied, called and destroyed without the GIL: here PyCallable may be.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/PyCallable.h"
#include "tests/scripting/CallbackFixture.h"

#include <future>
#include <thread>

namespace py = pybind11;
using namespace tintype;

class test_AlienCallbacks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<CallbackFixture>(); }
    void cleanupTestCase();

    void eightThreadsCallCopyAndDestroyTenThousandTimesWithoutTheGil();
    void everyReferenceIsGivenBack();
    void callLaterWorksFromAThreadOfCpp();
    void exceptionsArriveAsErrorsOfCpp_data();
    void exceptionsArriveAsErrorsOfCpp();

private:
    PyCallable define(const char* code, const char* name) { return m_fixture->define(code, name); }
    std::unique_ptr<CallbackFixture> m_fixture;
};

namespace {

constexpr int THREADS = 8;
constexpr int CALLS = 10000;

/// Runs it on eight threads that Python does not know.
template <typename Work>
void onAlienThreads(const Work& work) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < THREADS; ++i)
        threads.emplace_back(work);
}

} // namespace

void test_AlienCallbacks::cleanupTestCase() {
    m_fixture.reset();
    QVERIFY(!Py_IsInitialized());
}

void test_AlienCallbacks::eightThreadsCallCopyAndDestroyTenThousandTimesWithoutTheGil() {
    const PyCallable count = define("import itertools\nnumbers = itertools.count(1)\ndef count(): return next(numbers)\n", "count");
    onAlienThreads([&] {
        for (int call = 0; call < CALLS; ++call) {
            const PyCallable copy = count;
            PyCallable moved = copy;
            callForNumber(moved);
        }
    });
    std::jthread([&] { QCOMPARE(callForNumber(count), long(THREADS) * CALLS + 1); }).join();
}

void test_AlienCallbacks::everyReferenceIsGivenBack() {
    // Each is the last holder of an object of its own, and lets go of it on a thread of C++.
    const PyCallable make = define("class Made:\n"
                                   "    alive = 0\n"
                                   "    def __init__(self): Made.alive += 1\n"
                                   "    def __del__(self): Made.alive -= 1\n"
                                   "    def __call__(self): return Made.alive\n"
                                   "def make(): return Made()\n",
                                   "make");
    onAlienThreads([&] {
        for (int call = 0; call < CALLS / 10; ++call) {
            PyCallable own;
            make.call([&](PyObject* f) { own = PyCallable(py::reinterpret_borrow<py::object>(f)().ptr()); });
            QVERIFY(callForNumber(own) > 0);
        }
    });
    const auto alive = [&] {
        long left = -1;
        m_fixture->withPython([&] {
            make.call([&](PyObject* f) { left = py::reinterpret_borrow<py::object>(f)()().cast<long>() - 1; });
        });
        return left;
    };
    QTRY_COMPARE_WITH_TIMEOUT(alive(), 0L, LIMIT_MS);
}

void test_AlienCallbacks::callLaterWorksFromAThreadOfCpp() {
    // tt.timers.call_later(1, fn) in a Python function that such a thread calls, and the same in C++.
    const PyCallable later = define("import tintype as tt, threading\n"
                                    "ran = threading.Event()\n"
                                    "def fn(): ran.set()\n"
                                    "def later(): tt.timers.call_later(1, fn)\n"
                                    "later.wait = ran.wait\n",
                                    "later");
    const PyCallable waitFor = define("def wait(later): return later.wait(60)\n", "wait");
    std::promise<void> ranFromCpp;
    PyCallable function;
    m_fixture->withPython([&] { function = PyCallable(py::cpp_function([&] { ranFromCpp.set_value(); }).ptr()); });
    std::jthread([&] {
        later.call();
        m_fixture->interpreter.runtime().timers().callLater(1, function);
    }).join();
    bool ran = false;
    std::jthread([&] {
        later.call([&](PyObject* f) { ran = py::reinterpret_borrow<py::object>(f).attr("wait")(LIMIT_MS / 1000).cast<bool>(); });
    }).join();
    QVERIFY(ran);
    QVERIFY(ranFromCpp.get_future().wait_for(std::chrono::milliseconds(LIMIT_MS)) == std::future_status::ready);
}

void test_AlienCallbacks::exceptionsArriveAsErrorsOfCpp_data() {
    QTest::addColumn<QByteArray>("raised");
    QTest::addColumn<int>("code");
    QTest::newRow("ValueError") << QByteArray("ValueError('size is 0, allowed is 1 to 50')") << int(ErrorCode::Parameter);
    QTest::newRow("OSError") << QByteArray("OSError('no disk')") << int(ErrorCode::File);
    QTest::newRow("KeyError") << QByteArray("KeyError('scan')") << int(ErrorCode::NotFound);
    QTest::newRow("ZeroDivisionError") << QByteArray("ZeroDivisionError('division by zero')") << int(ErrorCode::Operation);
}

void test_AlienCallbacks::exceptionsArriveAsErrorsOfCpp() {
    QFETCH(QByteArray, raised);
    QFETCH(int, code);
    const PyCallable fail = define(("def fail():\n    raise " + raised + "\n").constData(), "fail");
    std::atomic<int> arrived = 0;
    onAlienThreads([&] {
        for (int call = 0; call < 100; ++call)
            try {
                fail.call();
            } catch (const Error& error) {
                const std::string text = error.what();
                arrived += int(error.code()) == code && text.starts_with(raised.left(raised.indexOf('(')).toStdString()) &&
                           text.find("line 2, in fail") != std::string::npos;
            }
    });
    QCOMPARE(arrived.load(), THREADS * 100);
}

QTEST_GUILESS_MAIN(test_AlienCallbacks)
#include "test_AlienCallbacks.moc"
