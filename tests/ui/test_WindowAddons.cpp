// The window and add-ons: they start in the background, print in the console, and what fails in them is shown.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/WindowFixture.h"

#include <QSignalSpy>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_WindowAddons : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }

    void thoseThatAreOnStartWithTheWindowAndPrintInTheConsole();
    void oneThatFailsIsShownWithItsTraceback();
    void aRegisterThatNeverReturnsIsAJobWithAStop();
    void aScriptInItsOwnProcessHasTheSameOnes();
    void aHandlerPrintsWithTheNameOfItsAddonAndIsInertWhenThatIsOff();
    void inputOfAnAddonAsksThePersonAndNotTheTerminal();
    void aSlowHandlerOfJobEndedIsNotToldOfItsOwnEnd();

private:
    void writeFile(const QString& path, const QByteArray& text);
    void writeAddon(const QString& id, const QByteArray& code);
    void run(const QString& line) { m_fixture->application->console().submit(line); }
    JobPtr jobOf(const std::string& title);

    QTemporaryDir m_home;
    QString m_printed;
    std::unique_ptr<WindowFixture> m_fixture;
};

void test_WindowAddons::writeFile(const QString& path, const QByteArray& text) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

void test_WindowAddons::writeAddon(const QString& id, const QByteArray& code) {
    const QString folder = m_home.filePath(u"data/tintype/addons/"_s + id);
    QString name = id;
    name[0] = name[0].toUpper();
    const QString table = u"id = '%1'\nname = '%2'\nversion = '1'\nauthors = ['A']\nlicence = 'MIT'\ntintype = '>=0.1'\ndescription = 'D'\n"_s;
    writeFile(folder + u"/addon.toml"_s, table.arg(id, name).toUtf8());
    writeFile(folder + u"/"_s + id + u"/__init__.py"_s, code);
}

void test_WindowAddons::initTestCase() {
    for (const char* name : {"CONFIG", "DATA", "CACHE"})
        qputenv((QByteArray("XDG_") + name + "_HOME").constData(), m_home.filePath(QString::fromLatin1(name).toLower()).toUtf8());
    writeAddon(u"failing"_s, "import tintype as tt\ntt.timers.call_every(3600, print)\ndef register():\n    raise ValueError('today')\n");
    writeAddon(u"talker"_s, "import tintype as tt\nprint('hello from the start')\n"
                            "@tt.on('talker.say')\ndef say(event):\n    print('heard', event.word)\n");
    writeAddon(u"slow"_s, "import tintype as tt\n@tt.on('job-ended')\ndef note(event):\n    tt.sleep(0.4)\n    print('heard of', event.title)\n");
    writeAddon(u"wordless"_s, "def register():\n    import sys\n    sys.answer_of_input = input()\n");
    writeAddon(u"zealous"_s, "import threading\ndef register():\n    threading.Event().wait()\n");
    writeFile(m_home.filePath(u"config/tintype/addons.json"_s),
              R"({"format": 1, "enabled": {"failing": "user", "talker": "user", "zealous": "user"}})");
    m_fixture = std::make_unique<WindowFixture>();
    connect(&m_fixture->application->console(), &ConsoleSession::output, this,
            [this](const QString& text) { m_printed += text; });
    m_fixture->application->start({});
}

JobPtr test_WindowAddons::jobOf(const std::string& title) {
    for (const JobPtr& job : m_fixture->application->workbench().jobs.running())
        if (job->info().title == title)
            return job;
    return {};
}

void test_WindowAddons::thoseThatAreOnStartWithTheWindowAndPrintInTheConsole() {
    QTRY_VERIFY_WITH_TIMEOUT(m_printed.contains(u"Talker: hello from the start\n"_s), 60'000);
}

void test_WindowAddons::oneThatFailsIsShownWithItsTraceback() {
    QTRY_VERIFY_WITH_TIMEOUT(m_printed.contains(u"Failing: ValueError: today\n"_s), 60'000);
    QVERIFY(m_printed.contains(u"Failing: The start failed.\nFailing: Traceback"_s));
    QTRY_VERIFY(m_fixture->messages().join(u'\n').contains(u"Failing has failed at the start: ValueError: today"_s));
}

void test_WindowAddons::aRegisterThatNeverReturnsIsAJobWithAStop() {
    QTRY_VERIFY_WITH_TIMEOUT(jobOf("Zealous: register()"), 60'000);
    const JobPtr endless = jobOf("Zealous: register()");
    // Python answers beside it.
    run(u"print(6 * 7)"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_printed.contains(u"42\n"_s), 60'000);
    endless->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(endless->info().state, JobState::Cancelled, 60'000);
    run(u"print(tt.addons.get('zealous').state, len(tt.addons.get('talker').registered))"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_printed.contains(u"failed 1\n"_s), 60'000);
}

void test_WindowAddons::aScriptInItsOwnProcessHasTheSameOnes() {
    const QString path = m_home.filePath(u"apart.py"_s);
    writeFile(path, "import tintype as tt\nfor id in ('talker', 'failing', 'wordless'):\n"
                    "    tt.data.images[f'{id} is {tt.addons.get(id).state}'] = tt.Image.black(4, 4)\n");
    m_fixture->open({path});
    QTRY_VERIFY(m_fixture->find<QAction>("script.runApart")->isEnabled());
    m_fixture->find<QAction>("script.runApart")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->names(),
                              (std::vector<std::string>{"talker is on", "failing is off", "wordless is off"}), 60'000);
}

void test_WindowAddons::aHandlerPrintsWithTheNameOfItsAddonAndIsInertWhenThatIsOff() {
    run(u"tt.emit('talker.say', word='one')"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_printed.contains(u"Talker: heard one\n"_s), 60'000);
    run(u"tt.addons.disable('talker'); tt.emit('talker.say', word='two'); print(tt.addons.get('talker'), 'is next')"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_printed.contains(u"<add-on talker 1, off> is next\n"_s), 60'000);
    QVERIFY(!m_printed.contains(u"heard two"_s));
}

void test_WindowAddons::inputOfAnAddonAsksThePersonAndNotTheTerminal() {
    run(u"tt.addons.enable('wordless'); import sys; print('said', sys.answer_of_input)"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->find<QWidget>("questionBar")->isVisible(), 60'000);
    auto* input = m_fixture->find<QLineEdit>("questionInput");
    QTest::keyClicks(input, u"yes"_s);
    QTest::keyClick(input, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_printed.contains(u"said yes\n"_s), 60'000);
}

void test_WindowAddons::aSlowHandlerOfJobEndedIsNotToldOfItsOwnEnd() {
    run(u"tt.addons.enable('slow')"_s);
    for (const QString& number : {u"1"_s, u"2"_s, u"3"_s}) {
        run(u"tt.sleep(0.4) # "_s + number);
        QTRY_VERIFY_WITH_TIMEOUT(m_printed.contains(u"Slow: heard of Console: tt.sleep(0.4) # "_s + number), 60'000);
    }
    QVERIFY(!m_printed.contains(u"heard of Slow"_s));
}

QTEST_MAIN(test_WindowAddons)
#include "test_WindowAddons.moc"
