// Stop ends whatever a script is in: Python, native operations and the waits of the standard library.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/PythonFixture.h"

#include <unistd.h>

#include <array>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_Stopping : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();
    void cleanup();

    void endsIt_data();
    void endsIt();
    void endsAFunctionOnTiles_data();
    void endsAFunctionOnTiles();
    void aSecondStopLetsTheCleaningUpGoOn();
    void endsThreadsThatWait();
    void endsAThreadThatWasStarting();
    void leavesThreadsOfTheCleaningUpAlone();
    void theWaitsDoWhatCPythonsDo_data();
    void theWaitsDoWhatCPythonsDo();

private:
    JobPtr run(const QString& text) { return m_scripts->run(text); }

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<Scripts> m_scripts;
};

void test_Stopping::init() {
    m_scripts = std::make_unique<Scripts>(*m_fixture);
    m_fixture->window.waitForStop(true);
}

void test_Stopping::cleanup() {
    m_scripts.reset();
}

void test_Stopping::endsIt_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("work");
    const auto row = [](const char* name, const char* before, const char* work) {
        QTest::newRow(name) << QString::fromLatin1(before) << QString::fromLatin1(work);
    };
    row("pure Python", "n = 0", "while True: n += 1");
    row("tt.sleep", "", "tt.sleep(600)");
    row("tt.progress", "import itertools", "for i in tt.progress(itertools.count()): pass");
    row("value", "im = tt.Image.black(60000, 60000).gaussblur(20)", "im.avg()");
    row("threshold", "im = tt.Image.black(60000, 60000).gaussblur(20)", "im.threshold()");
    row("label", "im = tt.Image.black(40000, 40000).gaussblur(20) > 1", "im.label()");
    row("histogram", "im = tt.Image.black(60000, 60000).gaussblur(20)", "im.hist_find()");
    row("time.sleep", "import time", "time.sleep(600)");
    row("Queue.get", "import queue", "queue.Queue().get()");
    row("SimpleQueue.get", "import queue", "queue.SimpleQueue().get()");
    row("Event.wait", "import threading", "threading.Event().wait()");
    row("Condition.wait", "import threading; c = threading.Condition(); c.acquire()", "c.wait()");
    row("Lock.acquire", "import threading; lock = threading.Lock(); lock.acquire()", "lock.acquire()");
    row("with Lock", "import threading; lock = threading.Lock(); lock.acquire()", "with lock: pass");
    row("Barrier.wait", "import threading", "threading.Barrier(2).wait()");
    row("Thread.join", "import threading, time; t = threading.Thread(target=time.sleep, args=(600,)); t.start()", "t.join()");
    row("__del__", "class Kept:\n    def __del__(self):\n        while True: pass\nkept = Kept()",
        "del kept\n    while True: pass");
    row("input", "", "input('Name? ')");
    row("subprocess.run", "import subprocess", "subprocess.run(['sleep', '600'])");
    row("communicate", "import subprocess", "subprocess.run(['sleep', '600'], capture_output=True)");
    row("waitpid", "import os, subprocess; child = subprocess.Popen(['sleep', '600'])",
        "try: os.waitpid(child.pid, os.WUNTRACED)\n    finally: child.kill()");
    row("asyncio", "import asyncio", "asyncio.run(asyncio.sleep(600))");
    row("select", "import select, socket; a, b = socket.socketpair()", "select.select([a], [], [])");
    row("selectors", "import selectors, socket; a, b = socket.socketpair(); s = selectors.DefaultSelector(); s.register(a, 1)",
        "s.select()");
    row("Future.result", "import concurrent.futures as cf, time; f = cf.ThreadPoolExecutor(1).submit(time.sleep, 600)", "f.result()");
}

void test_Stopping::endsIt() {
    QFETCH(QString, before);
    QFETCH(QString, work);
    const JobPtr job = run(u"import tintype as tt\n%1\ntry:\n    print('in')\n    %2\nfinally:\n"
                           "    for i in range(1000): pass\n    print('cleaned up')\n"_s.arg(before, work));
    QTRY_VERIFY2_WITH_TIMEOUT(m_scripts->output.of(job).startsWith(u"in\n"), qPrintable(m_scripts->output.of(job)), LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(m_scripts->output.of(job), u"in\ncleaned up\nStopped.\n"_s);
    QCOMPARE(int(job->info().state), int(JobState::Cancelled));
}

void test_Stopping::endsAFunctionOnTiles_data() {
    QTest::addColumn<QString>("wait");
    QTest::newRow("sleep") << u"time.sleep(3600)"_s;
    QTest::newRow("loop") << u"while True: pass"_s;
}

void test_Stopping::endsAFunctionOnTiles() {
    QFETCH(QString, wait);
    const JobPtr job = run(u"import time, tintype as tt\n"
                           "def slow(tile):\n"
                           "    print('begun')\n"
                           "    %1\n"
                           "tt.Image.black(500, 500).map_tiles(slow, format='uchar', bands=1).avg()\n"_s.arg(wait));
    QTRY_VERIFY_WITH_TIMEOUT(m_scripts->output.of(job).contains(u"begun"_s), LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(int(job->info().state), int(JobState::Cancelled));
}

void test_Stopping::aSecondStopLetsTheCleaningUpGoOn() {
    std::array<int, 2> gate;
    QCOMPARE(pipe(gate.data()), 0);
    const JobPtr job = run(u"import os\ntry:\n    n = 0\n    print('in')\n    while True: n += 1\nfinally:\n"
                           "    print('cleaning up')\n    os.read(%1, 1)\n    print('cleaned up')\n"_s.arg(gate[0]));
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(job), u"in\ncleaning up\n"_s, LIMIT_MS);
    job->cancel();
    m_fixture->workbench.jobs.cancelAll();
    // What a second Stop led to would have happened when the supervisor gets to this.
    std::binary_semaphore done(0);
    m_fixture->interpreter.runtime().supervisor().post([&done] { done.release(); });
    done.acquire();
    QCOMPARE(write(gate[1], "x", 1), 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    close(gate[0]);
    close(gate[1]);
    QCOMPARE(m_scripts->output.of(job), u"in\ncleaning up\ncleaned up\nStopped.\n"_s);
}

void test_Stopping::endsThreadsThatWait() {
    const JobPtr job = run(u"import queue, threading, time\n"
                           "for wait in (queue.Queue().get, queue.SimpleQueue().get, threading.Event().wait):\n"
                           "    threading.Thread(target=wait).start()\nprint('in')\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(m_scripts->output.of(job), u"in\nStopped.\n"_s);
}

void test_Stopping::endsAThreadThatWasStarting() {
    // What Python calls to start a thread is held up until the script has been stopped.
    const JobPtr job = run(u"import sys, threading, time\n"
                           "runtime = sys.modules['tintype_runtime.threads']\n"
                           "start, gate = runtime._start_new_thread, threading.Lock()\n"
                           "gate.acquire()\n"
                           "def held_up(function, args):\n"
                           "    return start(lambda: (gate.acquire(), function(*args)), ())\n"
                           "runtime._start_new_thread = held_up\n"
                           "thread = threading.Thread(target=time.sleep, args=(600,))\n"
                           "try:\n    print('in')\n    thread.start()\n"
                           "finally:\n    runtime._start_new_thread = start\n    gate.release()\n"
                           "    thread._started.wait()\n    thread.join()\n"
                           "    print(thread.is_alive(), thread in threading.enumerate())\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(m_scripts->output.of(job), u"in\nFalse False\nStopped.\n"_s);
}

void test_Stopping::leavesThreadsOfTheCleaningUpAlone() {
    const JobPtr job = run(u"import threading, time\ndone = []\ndef tidy():\n    time.sleep(0.2)\n    done.append('tidy')\n"
                           "try:\n    print('in')\n    time.sleep(600)\n"
                           "finally:\n    thread = threading.Thread(target=tidy)\n    thread.start()\n    thread.join()\n"
                           "    print(done)\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(m_scripts->output.of(job), u"in\n['tidy']\nStopped.\n"_s);
}

void test_Stopping::theWaitsDoWhatCPythonsDo_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    const auto row = [](const char* name, const char* text, const char* printed) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(printed);
    };
    row("Lock", "import threading\nlock = threading.Lock()\nwith lock as got: print(got, lock.locked(), lock.acquire(False), "
                "lock.acquire(timeout=0.06))\nprint(lock.locked(), lock.acquire())\n",
        "True True False False\nFalse True\n");
    row("release of a free Lock", "import threading\ntry:\n    threading.Lock().release()\nexcept RuntimeError as error:\n    print(error)\n",
        "release unlocked lock\n");
    row("RLock", "import threading\nlock = threading.RLock()\nwith lock, lock: print('twice')\n"
                 "try:\n    lock.release()\nexcept RuntimeError as error:\n    print(error)\n",
        "twice\ncannot release un-acquired lock\n");
    row("SimpleQueue", "import queue, threading, time\nq = queue.SimpleQueue()\n"
                       "threading.Thread(target=lambda: (time.sleep(0.12), q.put('late'))).start()\nprint(q.get(), q.empty())\n"
                       "for options in (dict(timeout=0.12), dict(block=False)):\n    try:\n        q.get(**options)\n"
                       "    except queue.Empty:\n        print('empty')\n",
        "late True\nempty\nempty\n");
    row("select", "import select, socket\na, b = socket.socketpair()\nprint(select.select([a], [], [], 0.12))\nb.send(b'x')\n"
                  "print(select.select([a], [b], []) == ([a], [b], []))\n",
        "([], [], [])\nTrue\n");
    row("asyncio", "import asyncio\nasync def work(n):\n    await asyncio.sleep(0.06 * n)\n    return n\n"
                   "async def main():\n    print(await asyncio.gather(*map(work, range(3))))\nasyncio.run(main())\n",
        "[0, 1, 2]\n");
    row("subprocess", "import subprocess\nprint(subprocess.run(['sh', '-c', 'sleep 0.12; exit 3']).returncode)\n"
                      "print(subprocess.run(['echo', 'hello'], capture_output=True, text=True).stdout)\n",
        "3\nhello\n\n");
    row("subprocess with 1100 open files",
        "import os, resource, subprocess\nsoft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))\n"
        "files = [open(os.devnull) for i in range(1100)]\n"
        "print(files[-1].fileno() > 1024, subprocess.run(['sh', '-c', 'sleep 0.12; exit 3']).returncode)\n"
        "for file in files: file.close()\nresource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))\n",
        "True 3\n");
    row("waitpid of one that pauses",
        "import os, signal, subprocess\nchild = subprocess.Popen(['sleep', '600'])\nchild.send_signal(signal.SIGSTOP)\n"
        "print(os.WIFSTOPPED(os.waitpid(child.pid, os.WUNTRACED)[1]))\nchild.kill()\n"
        "print(os.waitpid(-1, 0) == (child.pid, signal.SIGKILL))\n",
        "True\nTrue\n");
    row("a program whose making is interrupted",
        "import os, subprocess\nclass Interrupted(subprocess.Popen):\n    def _execute_child(self, *arguments):\n"
        "        super()._execute_child(*arguments)\n        pids.append(self.pid)\n        raise KeyboardInterrupt\n"
        "pids = []\ntry:\n    Interrupted(['sleep', '600'])\nexcept KeyboardInterrupt:\n"
        "    try:\n        os.kill(pids[0], 0)\n    except ProcessLookupError:\n        print('ended')\n",
        "ended\n");
    row("a program that does not exist",
        "import subprocess\ntry:\n    subprocess.run(['no such program'])\nexcept FileNotFoundError as error:\n    print(error.errno)\n",
        "2\n");
    row("waitpid", "import os\ntry:\n    os.waitpid(1, 0)\nexcept ChildProcessError as error:\n    print(type(error).__name__)\n",
        "ChildProcessError\n");
}

void test_Stopping::theWaitsDoWhatCPythonsDo() {
    QFETCH(QString, text);
    QFETCH(QString, printed);
    QCOMPARE(printedBy(*m_fixture, text), printed);
}

QTEST_GUILESS_MAIN(test_Stopping)
#include "test_Stopping.moc"
