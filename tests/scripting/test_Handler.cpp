// Handlers that the system gives no thread, or whose owner goes before their turn.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Handler.h"
#include "tests/scripting/CallbackFixture.h"
#include "tests/scripting/ForbiddenCalls.h"

#include <pybind11/eval.h>
#include <pybind11/stl.h>

#include <atomic>
#include <latch>

using namespace tintype;
namespace py = pybind11;

namespace {

/// What handlers and questions of a test note.
class Notes {
public:
    void add(const std::string& note) {
        std::lock_guard lock(m_mutex);
        m_notes.push_back(note);
    }
    std::vector<std::string> all() const {
        std::lock_guard lock(m_mutex);
        return m_notes;
    }
    /// A Python function that notes its argument. With the GIL.
    py::cpp_function function() {
        return py::cpp_function([this](const std::string& note) { add(note); });
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::string> m_notes;
};

using Noted = std::vector<std::string>;

} // namespace

class test_Handler : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<CallbackFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    /// The first: no thread of the pool is there yet.
    void anEventThatTheSystemGaveNoThreadForIsToldWithTheNextOne();
    void aQuestionWhoseHandlerGoesBeforeItsTurnIsEnded();
    void whatAHandlerRefersToGoesWithItsOwner();

private:
    std::unique_ptr<CallbackFixture> m_fixture;
};

void test_Handler::anEventThatTheSystemGaveNoThreadForIsToldWithTheNextOne() {
    Notes notes;
    HandlerPtr handler;
    m_fixture->withPython([&] { handler = Handler::make(m_fixture->runtime(), notes.function().ptr(), "my.event", "The handler f"); });
    const PyCallable caller = m_fixture->callable([] {});
    bool isAsked = true;
    QVERIFY(withoutCalls(SYS_clone, SYS_clone3, EAGAIN, [&] {
        caller.call([&](PyObject*) {
            handler->push(py::str("first").ptr(), {});
            isAsked = handler->ask(py::none().ptr());
        });
    }));
    QVERIFY(!isAsked);
    QCOMPARE(m_fixture->window.message(), std::string("The handler f is not called: the system gives this program no more threads."));
    m_fixture->withPython([&] { handler->push(py::str("second").ptr(), {}); });
    QTRY_COMPARE_WITH_TIMEOUT(notes.all(), (Noted{"first", "second"}), LIMIT_MS);
    handler->release();
}

void test_Handler::aQuestionWhoseHandlerGoesBeforeItsTurnIsEnded() {
    Notes notes;
    const auto context = m_fixture->contextWithOwner();
    std::latch busy(CallbackPool::MOST_THREADS);
    std::latch goOn(1);
    for (int i = 0; i < CallbackPool::MOST_THREADS; ++i)
        m_fixture->runtime().callbackPool().post("busy", [&] {
            const GilRelease release;
            busy.count_down();
            goOn.wait();
        });
    busy.wait();
    m_fixture->withPython([&] {
        const ScriptContext::Scope scope(context);
        const HandlerPtr handler = Handler::make(m_fixture->runtime(), notes.function().ptr(), "my.event", "The handler f");
        const py::object question = py::module_::import("types").attr("SimpleNamespace")(py::arg("end_unanswered") = notes.function());
        QVERIFY(handler->ask(question.ptr()));
    });
    context->owner()->release();
    QCOMPARE(notes.all(), Noted());
    goOn.count_down();
    QTRY_COMPARE_WITH_TIMEOUT(notes.all().size(), std::size_t(1), LIMIT_MS);
}

void test_Handler::whatAHandlerRefersToGoesWithItsOwner() {
    Notes notes;
    const auto context = m_fixture->contextWithOwner();
    HandlerPtr handler;
    m_fixture->withPython([&] {
        const ScriptContext::Scope scope(context);
        py::dict names;
        names["__builtins__"] = py::module_::import("builtins");
        names["note"] = notes.function();
        py::exec("import weakref\n"
                 "class Large:\n"
                 "    def told(self, event): pass\n"
                 "large = Large()\n"
                 "weakref.finalize(large, note, 'gone')\n", names);
        handler = Handler::make(m_fixture->runtime(), py::object(names["large"].attr("told")).ptr(), "my.event", "The handler told");
        py::exec("del large", names);
        QCOMPARE(notes.all(), Noted());
    });
    context->owner()->release();
    QTRY_COMPARE_WITH_TIMEOUT(notes.all(), Noted{"gone"}, LIMIT_MS);
    QVERIFY(!handler->isActive());
}

QTEST_GUILESS_MAIN(test_Handler)
#include "test_Handler.moc"
