// Handlers in Python are told of what is done by hand: images that are saved, jobs that end.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/WindowFixture.h"

#include <QSignalSpy>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_WindowEvents : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }

    void aSavedImageIsToldWithItsNameAndPath();
    void jobsOfTheMenuAreToldWhenTheyEnd();

private:
    WindowFixture& f() { return *m_fixture; }
    /// Registers a handler in the console, which prints these words of each event.
    void listen(const QString& event, const QString& says);

    std::unique_ptr<WindowFixture> m_fixture;
    QString m_printed;
};

void test_WindowEvents::initTestCase() {
    failOnQtWarnings();
    m_fixture = std::make_unique<WindowFixture>();
    f().newWindow();
    connect(&f().application->console(), &ConsoleSession::output, this, [this](const QString& text) { m_printed += text; });
}

void test_WindowEvents::listen(const QString& event, const QString& says) {
    QSignalSpy finished(&f().application->console(), &ConsoleSession::finished);
    f().application->console().submit(u"handler = tt.on('%1', lambda event: print(%2))"_s.arg(event, says));
    QTRY_COMPARE(finished.count(), 1);
    m_printed.clear();
}

void test_WindowEvents::aSavedImageIsToldWithItsNameAndPath() {
    f().openAndWait("coins.png");
    listen(u"image-saved"_s, u"event.image, event.path"_s);
    const QString path = f().folder.filePath(u"saved.png"_s);
    f().chooseInMenu("file.saveAs");
    f().answerFileDialog(path);
    QTRY_COMPARE(m_printed, u"coins "_s + path + u'\n');
}

void test_WindowEvents::jobsOfTheMenuAreToldWhenTheyEnd() {
    listen(u"job-ended"_s, u"event.title, event.kind, event.outcome"_s);
    f().open({f().folder.filePath(u"none.png"_s)});
    QTRY_VERIFY2(m_printed.endsWith(u" file failed\n"_s), qPrintable(m_printed));
    f().open({WindowFixture::picture("cell.png")});
    QTRY_VERIFY2(m_printed.endsWith(u" file finished\n"_s), qPrintable(m_printed));
}

QTEST_MAIN(test_WindowEvents)
#include "test_WindowEvents.moc"
