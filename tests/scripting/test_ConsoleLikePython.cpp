// The console beside /usr/bin/python3 -i: the same entries give the same text.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/ConsoleSession.h"
#include "tests/scripting/PythonFixture.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>

using namespace tintype;
using namespace Qt::StringLiterals;

namespace {

/// Where CPython has nothing to quote for text that was typed, the console quotes the source line; names of places differ.
QString comparable(QString text) {
    static const QRegularExpression place(u"<console-\\d+>"_s);
    static const QRegularExpression quoted(
        u"^( *(?:[|] )*  )(File \"<stdin>\", line \\d+, in .*\\n)\\1  .*\\n(?:\\1  [ ~^]+\\n)?"_s,
        QRegularExpression::MultilineOption);
    static const QRegularExpression warned(u"^(<stdin>:\\d+: \\w*Warning: .*\\n)  .*\\n"_s, QRegularExpression::MultilineOption);
    static const QRegularExpression address(u"0x[0-9a-f]{6,}"_s);
    static const QRegularExpression repeated(u"repeated \\d+ more times"_s);
    text.replace(place, u"<stdin>"_s);
    text.replace(quoted, u"\\1\\2"_s);
    text.replace(warned, u"\\1"_s);
    text.replace(address, u"0x"_s);
    text.replace(repeated, u"repeated"_s);
    return text;
}

} // namespace

class test_ConsoleLikePython : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void printsTheSame_data();
    void printsTheSame();

private:
    static QString printedByPython(const QStringList& entries);
    QString printedByConsole(const QStringList& entries);

    std::unique_ptr<PythonFixture> m_fixture;
};

QString test_ConsoleLikePython::printedByPython(const QStringList& entries) {
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    python.start(u"/usr/bin/python3"_s, {u"-uqi"_s});
    python.write("import sys; sys.ps1 = sys.ps2 = ''\n");
    for (const QString& entry : entries)
        python.write(entry.toUtf8() + '\n');
    python.closeWriteChannel();
    if (!python.waitForFinished(LIMIT_MS))
        qWarning("python3 did not end");
    QString text = QString::fromUtf8(python.readAll());
    // The prompt before the first line, and the line end after the last one.
    text = text.mid(text.indexOf(u">>> "_s) == 0 ? 4 : 0);
    if (text.endsWith(u'\n'))
        text.chop(1);
    return text;
}

QString test_ConsoleLikePython::printedByConsole(const QStringList& entries) {
    ConsoleSession console(m_fixture->interpreter, m_fixture->workbench);
    QSignalSpy finished(&console, &ConsoleSession::finished);
    QSignalSpy incomplete(&console, &ConsoleSession::incomplete);
    QString text;
    connect(&console, &ConsoleSession::output, this, [&text](const QString& piece, bool) { text += piece; });
    QString entry;
    for (const QString& line : entries.join(u'\n').split(u'\n')) {
        entry += entry.isNull() ? line : u'\n' + line;
        const auto answers = finished.count() + incomplete.count();
        const auto ends = finished.count();
        console.submit(entry);
        if (!QTest::qWaitFor([&] { return finished.count() + incomplete.count() > answers; }, LIMIT_MS))
            qWarning("the entry was not answered");
        if (finished.count() > ends)
            entry = QString();
    }
    return text;
}

void test_ConsoleLikePython::printsTheSame_data() {
    QTest::addColumn<QStringList>("entries");
    QFile file(qEnvironmentVariable("TINTYPE_SOURCE") + u"/tests/scripting/console_sessions.txt"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (const QString& session : QString::fromUtf8(file.readAll()).split(u"\n=== "_s).mid(1)) {
        QStringList lines = session.split(u'\n');
        const QByteArray name = lines.takeFirst().toUtf8();
        QTest::newRow(name.constData()) << lines;
    }
}

void test_ConsoleLikePython::printsTheSame() {
    QFETCH(QStringList, entries);
    const QString expected = comparable(printedByPython(entries));
    const QString actual = comparable(printedByConsole(entries));
    if (actual != expected)
        qWarning().noquote() << u"python3:\n%1\nthe console:\n%2"_s.arg(expected, actual);
    QCOMPARE(actual, expected);
}

QTEST_GUILESS_MAIN(test_ConsoleLikePython)
#include "test_ConsoleLikePython.moc"
