// A routing server ran slow script hooks one after the other: here each runs on a thread of its own, and has a time limit.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/PyCallable.h"
#include "tests/scripting/PythonFixture.h"

#include <thread>

namespace py = pybind11;
using namespace tintype;
using namespace Qt::StringLiterals;

namespace {

/// The server: threads of C++, which Python does not know, tell the scripts that it has started, and ask them for each request.
class Server {
public:
    explicit Server(PythonFixture& fixture) {
        fixture.withPython([&] {
            const py::module_ tintype = py::module_::import("tintype");
            m_emit = PyCallable(py::object(tintype.attr("emit")).ptr());
            m_ask = PyCallable(py::object(tintype.attr("ask_handlers")).ptr());
        });
    }

    void load(const std::string& table) const {
        m_emit.call([&](PyObject* f) {
            py::reinterpret_borrow<py::object>(f)("server.load", py::arg("table") = table);
        });
    }
    /// One text for each script that has a route function: what it answered, "late", or the class of its error.
    std::vector<std::string> route(const std::string& path, double seconds) const {
        std::vector<std::string> answers;
        m_ask.call([&](PyObject* f) {
            const py::object given = py::reinterpret_borrow<py::object>(f)("server.route", py::arg("path") = path,
                                                                           py::arg("timeout") = seconds);
            for (const py::handle answer : given) {
                if (answer.attr("timed_out").cast<bool>())
                    answers.emplace_back("late");
                else if (!answer.attr("error").is_none())
                    answers.push_back(answer.attr("error").attr("__class__").attr("__name__").cast<std::string>());
                else
                    answers.push_back(answer.attr("result").cast<std::string>());
            }
        });
        return answers;
    }

private:
    PyCallable m_emit;
    PyCallable m_ask;
};

using Answers = std::vector<std::string>;

} // namespace

class test_RoutingServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void init();
    void cleanup();
    void cleanupTestCase();

    void theScriptsAreToldThatTheServerHasStarted();
    void eachRequestIsAnsweredByAFunction();
    void oneSlowHookDelaysNobody();
    void manyRequestsAtOnceAreAnsweredWhileAHookIsSlow();
    void aHookThatFailsIsAnAnswerToo();
    void aScriptThatIsStoppedAnswersNoMore();

private:
    JobPtr start(const QString& name, const QString& text) {
        const JobPtr job = m_scripts->run(u"import ctypes, tintype as tt\n"_s + text, name);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(QString::fromStdString(job->info().detail).startsWith(u"Listening"_s), LIMIT_MS); }();
        return job;
    }
    /// A script that routes by its table, once it was told of it.
    JobPtr startRouter() {
        return start(u"router"_s, u"table = {}\n"
                                  "@tt.on('server.load')\ndef on_load(event):\n    table['*'] = event.table\n    print('loaded', event.table)\n"
                                  "@tt.on('server.route')\ndef route(event): return table.get('*', 'nowhere') + event.path\n"_s);
    }
    JobPtr startSlow(const Gate& gate) {
        return start(u"slow"_s, u"@tt.on('server.route')\ndef route(event):\n    print('asked')\n    %1\n    return 'at last'\n"_s
                                    .arg(gate.wait("CDLL")));
    }
    /// As a server does it: on a thread that Python does not know.
    Answers ask(const std::string& path, double seconds) const {
        Answers answers;
        std::jthread([&] { answers = m_server->route(path, seconds); }).join();
        return answers;
    }

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<Scripts> m_scripts;
    std::unique_ptr<Server> m_server;
};

void test_RoutingServer::init() {
    m_scripts = std::make_unique<Scripts>(*m_fixture);
    m_server = std::make_unique<Server>(*m_fixture);
}

void test_RoutingServer::cleanup() {
    for (const JobPtr& job : m_fixture->workbench.jobs.running())
        job->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->workbench.jobs.running().empty(), LIMIT_MS);
    m_scripts.reset();
    m_server.reset();
}

void test_RoutingServer::cleanupTestCase() {
    m_fixture.reset();
    QVERIFY(!Py_IsInitialized());
}

void test_RoutingServer::theScriptsAreToldThatTheServerHasStarted() {
    const JobPtr router = startRouter();
    std::jthread([&] { m_server->load("/plan"); }).join();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(router), u"loaded /plan\n"_s, LIMIT_MS);
    QCOMPARE(ask("/a", 60), Answers{"/plan/a"});
}

void test_RoutingServer::eachRequestIsAnsweredByAFunction() {
    const JobPtr router = startRouter();
    for (int request = 0; request < 100; ++request)
        QCOMPARE(ask("/" + std::to_string(request), 60), Answers{"nowhere/" + std::to_string(request)});
    QCOMPARE(ask("/a", 60).size(), std::size_t(1));
}

void test_RoutingServer::oneSlowHookDelaysNobody() {
    Gate gate;
    const JobPtr slow = startSlow(gate);
    const JobPtr router = startRouter();
    // It would be late for ever; the one who asks says how long it waits, and gets what there is.
    QCOMPARE(ask("/a", 1), (Answers{"late", "nowhere/a"}));
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(slow), u"asked\n"_s, LIMIT_MS);
    // Events reach the others as well.
    std::jthread([&] { m_server->load("/plan"); }).join();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(router), u"loaded /plan\n"_s, LIMIT_MS);
    gate.open();
    gate.open();
    QCOMPARE(ask("/b", 60), (Answers{"at last", "/plan/b"}));
}

void test_RoutingServer::manyRequestsAtOnceAreAnsweredWhileAHookIsSlow() {
    Gate gate;
    const JobPtr slow = startSlow(gate);
    const JobPtr router = startRouter();
    // Every one of these meets the slow hook, and waits for its answer; the others come at once. A hook that held the others
    // up would leave none of them answered.
    std::atomic<int> answered = 0;
    std::vector<std::jthread> requests;
    for (int request = 0; request < 8; ++request)
        requests.emplace_back([&] {
            const Answers answers = m_server->route("/a", 60);
            answered += answers == Answers{"at last", "nowhere/a"};
        });
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(slow).count(u'\n'), 8, LIMIT_MS);
    QCOMPARE(answered.load(), 0);
    for (int request = 0; request < 8; ++request)
        gate.open();
    requests.clear();
    QCOMPARE(answered.load(), 8);
}

void test_RoutingServer::aHookThatFailsIsAnAnswerToo() {
    const JobPtr broken = start(u"broken"_s, u"@tt.on('server.route')\ndef route(event): raise FileNotFoundError(event.path)\n"_s);
    const JobPtr router = startRouter();
    QCOMPARE(ask("/a", 60), (Answers{"FileNotFoundError", "nowhere/a"}));
}

void test_RoutingServer::aScriptThatIsStoppedAnswersNoMore() {
    const JobPtr router = startRouter();
    QCOMPARE(ask("/a", 60), Answers{"nowhere/a"});
    router->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(ask("/a", 60), Answers{});
}

QTEST_GUILESS_MAIN(test_RoutingServer)
#include "test_RoutingServer.moc"
