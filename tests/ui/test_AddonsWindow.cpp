// Add-ons are found, switched on and off, installed and removed by clicks and drops, with real Python.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/WindowFixture.h"
#include "ui/addons/AddonsWindow.h"

#include <QMessageBox>
#include <QProcess>
#include <QTextBrowser>
#include <QTreeWidget>

using namespace tintype;
using namespace Qt::StringLiterals;

namespace {

constexpr int LIMIT_MS = 60000;

} // namespace

class test_AddonsWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();
    void cleanup();

    void saysWhatToDoWhereThereIsNone();
    void aClickSwitchesOnAndOff();
    void whatIsDoneIsALineOfTheLog();
    void anAddonThatFailsShowsItsTraceback();
    void oneThatFailsAtItsStartCanBeSwitchedOff();
    void aBrokenTableIsShownAndCannotBeSwitchedOn();
    void reloadTakesWhatTheFilesSayNow();
    void aDroppedFileIsInstalledAndRemovedAfterAQuestion();
    void whatCannotBeInstalledSaysWhy();
    void eachOfSeveralThatFailSaysWhy();
    void whatWentWrongIsGoneWhenItGoesWell();
    void anotherVersionIsOfferedInThePlaceOfTheOneThatIsThere();
    void aVersionThatIsNotWantedChangesNothing();
    void whatATerminalSwitchesIsShown();
    void searchingLeavesThoseThatSuit();

private:
    QString folder() const { return qEnvironmentVariable("XDG_DATA_HOME") + u"/tintype/addons"_s; }
    QString write(const QString& path, const QByteArray& content) const;
    QString writeAddon(const QString& id, const QByteArray& code) const;
    void openWindow();
    QTreeWidget& list() const { return *m_window->findChild<QTreeWidget*>(u"addonList"_s); }
    QString details() const { return m_window->findChild<QTextBrowser*>(u"addonDetails"_s)->toPlainText(); }
    QString problems() const {
        QStringList texts;
        for (const QLabel* label : m_window->findChildren<QLabel*>(u"messageText"_s))
            texts << label->text();
        const auto* label = m_window->findChild<QLabel*>(u"addonProblems"_s);
        if (label->isVisible())
            texts << label->text();
        return texts.join(u'\n');
    }
    QString writeSingle(const QString& name, const QByteArray& version, const QByteArray& code) const;
    void answer(QMessageBox::ButtonRole role);
    void inTerminal(const QStringList& words) const;
    QTreeWidgetItem* item(const QString& name) const;
    QString state(const QString& name) const { return item(name) ? item(name)->text(2) : QString(); }
    void clickBox(const QString& name);
    void select(const QString& name);

    std::unique_ptr<WindowFixture> m_fixture;
    AddonsWindow* m_window = nullptr;
};

void test_AddonsWindow::init() {
    failOnQtWarnings();
    QDir(folder()).removeRecursively();
    QDir().mkpath(folder());
    m_fixture->newWindow();
}

void test_AddonsWindow::cleanup() {
    if (!m_window)
        return;
    // What is on goes off, so that the next test finds none.
    for (int i = 0; i < list().topLevelItemCount(); ++i) {
        const QString name = list().topLevelItem(i)->text(0);
        if (list().topLevelItem(i)->checkState(0) == Qt::Checked) {
            clickBox(name);
            QTRY_COMPARE_WITH_TIMEOUT(state(name), u"off"_s, LIMIT_MS);
        }
    }
    m_window->close();
    m_window = nullptr;
}

QString test_AddonsWindow::write(const QString& path, const QByteArray& content) const {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("a file cannot be written");
    return path;
}

QString test_AddonsWindow::writeAddon(const QString& id, const QByteArray& code) const {
    const QString path = folder() + u'/' + id;
    QDir().mkpath(path + u'/' + id);
    write(path + u"/addon.toml"_s, "id = \"" + id.toUtf8() + "\"\nname = \"The " + id.toUtf8() + "\"\nversion = \"1.2\"\nauthors = [\"Ada\"]\n"
          "licence = \"MIT\"\ntintype = \">=0.1\"\ndescription = \"Finds what is lost\"\ntouches = [\"nothing but time\"]\n");
    write(path + u'/' + id + u"/__init__.py"_s, code);
    return path;
}

void test_AddonsWindow::openWindow() {
    m_fixture->chooseInMenu("script.addons");
    m_window = m_fixture->window().findChild<AddonsWindow*>();
    QVERIFY(m_window);
    QVERIFY(QTest::qWaitForWindowActive(m_window));
}

QTreeWidgetItem* test_AddonsWindow::item(const QString& name) const {
    const QList<QTreeWidgetItem*> found = list().findItems(name, Qt::MatchExactly);
    return found.isEmpty() ? nullptr : found.first();
}

void test_AddonsWindow::select(const QString& name) {
    QTRY_VERIFY_WITH_TIMEOUT(item(name) && list().isVisible(), LIMIT_MS);
    list().scrollToItem(item(name));
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().visualItemRect(item(name)).center());
    QCOMPARE(list().currentItem()->text(0), name);
}

void test_AddonsWindow::clickBox(const QString& name) {
    QTRY_VERIFY_WITH_TIMEOUT(item(name) && list().isVisible(), LIMIT_MS);
    const QRect row = list().visualItemRect(item(name));
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, {row.left() + 10, row.center().y()});
}

void test_AddonsWindow::saysWhatToDoWhereThereIsNone() {
    openWindow();
    const auto* hint = m_window->findChild<QLabel*>(u"addonsEmpty"_s);
    m_window->findChild<QLineEdit*>(u"addonSearch"_s)->setText(u"none is called so"_s);
    QTRY_VERIFY_WITH_TIMEOUT(hint->text().contains(u"add-on"_s) && !hint->text().contains(u"Looking"_s), LIMIT_MS);
    QVERIFY(hint->isVisible());
    QVERIFY(!list().isVisible());
}

void test_AddonsWindow::aClickSwitchesOnAndOff() {
    writeAddon(u"finder"_s, "import tintype as tt\n@tt.on('image-opened')\ndef note(event): pass\n");
    openWindow();
    clickBox(u"The finder"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The finder"_s), u"on"_s, LIMIT_MS);
    QVERIFY(details().contains(u"nothing but time"_s));
    QVERIFY2(details().contains(u"image-opened"_s), qPrintable(details()));
    clickBox(u"The finder"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The finder"_s), u"off"_s, LIMIT_MS);
    QVERIFY(!details().contains(u"image-opened"_s));
}

void test_AddonsWindow::whatIsDoneIsALineOfTheLog() {
    writeAddon(u"finder"_s, "");
    openWindow();
    clickBox(u"The finder"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The finder"_s), u"on"_s, LIMIT_MS);
    const QString line = u"tt.addons.enable(\"finder\")"_s;
    QTRY_VERIFY(m_fixture->logText().endsWith(line));
    QCOMPARE(m_fixture->logText().count(line), 1);
}

void test_AddonsWindow::anAddonThatFailsShowsItsTraceback() {
    writeAddon(u"faulty"_s, "def register():\n    raise OSError('the film is torn')\n");
    openWindow();
    clickBox(u"The faulty"_s);
    QTRY_VERIFY_WITH_TIMEOUT(problems().contains(u"the film is torn"_s), LIMIT_MS);
    QTRY_VERIFY_WITH_TIMEOUT(item(u"The faulty"_s)->checkState(0) == Qt::Unchecked, LIMIT_MS);
}

void test_AddonsWindow::oneThatFailsAtItsStartCanBeSwitchedOff() {
    const QString path = writeAddon(u"weak"_s, "");
    openWindow();
    clickBox(u"The weak"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The weak"_s), u"on"_s, LIMIT_MS);
    write(path + u"/weak/__init__.py"_s, "raise ValueError('today')\n");
    select(u"The weak"_s);
    QTest::mouseClick(m_window->findChild<QPushButton*>(u"addonReload"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The weak"_s), u"failed"_s, LIMIT_MS);
    QCOMPARE(item(u"The weak"_s)->checkState(0), Qt::Checked);
    clickBox(u"The weak"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The weak"_s), u"off"_s, LIMIT_MS);
    QCOMPARE(item(u"The weak"_s)->checkState(0), Qt::Unchecked);
}

void test_AddonsWindow::aBrokenTableIsShownAndCannotBeSwitchedOn() {
    const QString path = writeAddon(u"broken"_s, "");
    write(path + u"/addon.toml"_s, "id = \"broken\"\nname = \"Broken\"\nversion = \"1\"\n");
    openWindow();
    QTRY_COMPARE_WITH_TIMEOUT(list().topLevelItemCount() > 0 && state(u"broken"_s) == u"unusable"_s, true, LIMIT_MS);
    QVERIFY(!(item(u"broken"_s)->flags() & Qt::ItemIsUserCheckable));
    select(u"broken"_s);
    QVERIFY2(details().contains(u"authors, licence, tintype and description are missing"_s), qPrintable(details()));
}

void test_AddonsWindow::reloadTakesWhatTheFilesSayNow() {
    const QString path = writeAddon(u"finder"_s, "import tintype as tt\ntt.on('image-opened', print)\n");
    openWindow();
    clickBox(u"The finder"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The finder"_s), u"on"_s, LIMIT_MS);
    write(path + u"/finder/__init__.py"_s, "import tintype as tt\ntt.on('project-saved', print)\n");
    select(u"The finder"_s);
    QTest::mouseClick(m_window->findChild<QPushButton*>(u"addonReload"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(details().contains(u"project-saved"_s) && !details().contains(u"image-opened"_s), LIMIT_MS);
}

QString test_AddonsWindow::writeSingle(const QString& name, const QByteArray& version, const QByteArray& code) const {
    return write(m_fixture->folder.filePath(name + u".py"_s),
                 "\"\"\"Falls.\n\n```addon.toml\nid = \"" + name.toUtf8() + "\"\nname = \"The " + name.toUtf8() + "\"\nversion = \"" + version
                     + "\"\nauthors = [\"Ada\"]\nlicence = \"MIT\"\ntintype = \">=0.1\"\ndescription = \"Falls\"\n```\n\"\"\"\n" + code);
}

void test_AddonsWindow::answer(QMessageBox::ButtonRole role) {
    auto* question = m_window->findChild<QMessageBox*>(u"question"_s);
    QVERIFY(question);
    for (QAbstractButton* button : question->buttons()) {
        if (question->buttonRole(button) == role)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_VERIFY(!m_window->findChild<QMessageBox*>(u"question"_s));
}

void test_AddonsWindow::inTerminal(const QStringList& words) const {
    QProcess terminal;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.remove(u"TINTYPE_ADDONS_ON"_s);
    terminal.setProcessEnvironment(variables);
    terminal.start(qEnvironmentVariable("TINTYPE_PROGRAM"), words);
    QTRY_COMPARE_WITH_TIMEOUT(terminal.state(), QProcess::NotRunning, LIMIT_MS);
    QVERIFY2(terminal.exitCode() == 0, terminal.readAllStandardError().constData());
}

void test_AddonsWindow::aDroppedFileIsInstalledAndRemovedAfterAQuestion() {
    const QString source = writeSingle(u"dropped"_s, "1", "");
    openWindow();
    m_fixture->drop(*m_window, {source});
    QTRY_VERIFY_WITH_TIMEOUT(item(u"The dropped"_s), LIMIT_MS);
    QCOMPARE(state(u"The dropped"_s), u"off"_s);
    select(u"The dropped"_s);
    auto* remove = m_window->findChild<QPushButton*>(u"addonRemove"_s);
    QTRY_VERIFY_WITH_TIMEOUT(remove->isEnabled(), LIMIT_MS);
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(m_window->findChild<QMessageBox*>(u"question"_s)->text().contains(u"The dropped"_s));
    answer(QMessageBox::DestructiveRole);
    QTRY_VERIFY_WITH_TIMEOUT(!item(u"The dropped"_s), LIMIT_MS);
    QVERIFY(QFile::exists(source));
    QVERIFY(!QFile::exists(folder() + u"/dropped.py"_s));
}

void test_AddonsWindow::eachOfSeveralThatFailSaysWhy() {
    QStringList sources;
    for (const QString& name : {u"one.zip"_s, u"two.zip"_s, u"three.zip"_s, u"four.zip"_s, u"five.zip"_s})
        sources << write(m_fixture->folder.filePath(name), "no zip at all");
    openWindow();
    m_fixture->drop(*m_window, sources.mid(0, 2));
    m_fixture->drop(*m_window, sources.mid(2));
    for (const QString& source : sources)
        QTRY_VERIFY_WITH_TIMEOUT(problems().contains(u"Install %1: "_s.arg(QFileInfo(source).fileName())), LIMIT_MS);
}

void test_AddonsWindow::whatWentWrongIsGoneWhenItGoesWell() {
    const QString path = writeAddon(u"weak"_s, "raise ValueError('today')\n");
    openWindow();
    clickBox(u"The weak"_s);
    QTRY_VERIFY_WITH_TIMEOUT(problems().contains(u"today"_s), LIMIT_MS);
    QTRY_COMPARE_WITH_TIMEOUT(item(u"The weak"_s)->checkState(0), Qt::Unchecked, LIMIT_MS);
    write(path + u"/weak/__init__.py"_s, "");
    clickBox(u"The weak"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The weak"_s), u"on"_s, LIMIT_MS);
    QTRY_COMPARE(problems(), QString());
}

void test_AddonsWindow::anotherVersionIsOfferedInThePlaceOfTheOneThatIsThere() {
    openWindow();
    m_fixture->drop(*m_window, {writeSingle(u"dropped"_s, "1.0", "")});
    clickBox(u"The dropped"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The dropped"_s), u"on"_s, LIMIT_MS);
    const QString source = writeSingle(u"dropped"_s, "1.1", "import tintype as tt\ntt.on('image-opened', print)\n");
    m_fixture->drop(*m_window, {source});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<QMessageBox*>(u"question"_s), LIMIT_MS);
    QCOMPARE(m_window->findChild<QMessageBox*>(u"question"_s)->text(), u"Replace The dropped 1.0 by version 1.1?"_s);
    QCOMPARE(problems(), QString());
    answer(QMessageBox::AcceptRole);
    QTRY_COMPARE_WITH_TIMEOUT(item(u"The dropped"_s)->text(1), u"1.1"_s, LIMIT_MS);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The dropped"_s), u"on"_s, LIMIT_MS);
    select(u"The dropped"_s);
    QTRY_VERIFY_WITH_TIMEOUT(details().contains(u"image-opened"_s), LIMIT_MS);
    QTRY_VERIFY(m_fixture->logText().endsWith(u"tt.addons.install(\"%1\", upgrade=True)"_s.arg(source)));
    // One installation of the first and one of the second: nothing has failed on the way.
    QCOMPARE(m_fixture->logText().count(u"tt.addons.install("_s), 2);
    QCOMPARE(m_fixture->messages(), QStringList());
}

void test_AddonsWindow::aVersionThatIsNotWantedChangesNothing() {
    openWindow();
    m_fixture->drop(*m_window, {writeSingle(u"dropped"_s, "1.0", "")});
    QTRY_VERIFY_WITH_TIMEOUT(item(u"The dropped"_s), LIMIT_MS);
    m_fixture->drop(*m_window, {writeSingle(u"dropped"_s, "1.0", "1 / 0\n")});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<QMessageBox*>(u"question"_s), LIMIT_MS);
    QCOMPARE(m_window->findChild<QMessageBox*>(u"question"_s)->text(), u"Replace The dropped 1.0 by the same version?"_s);
    answer(QMessageBox::RejectRole);
    QFile installed(folder() + u"/dropped.py"_s);
    QVERIFY(installed.open(QIODevice::ReadOnly));
    QVERIFY(!installed.readAll().contains("1 / 0"));
}

void test_AddonsWindow::whatATerminalSwitchesIsShown() {
    writeAddon(u"finder"_s, "");
    // As the program does: the add-ons begin to follow what others switch.
    m_fixture->application->start({});
    openWindow();
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The finder"_s), u"off"_s, LIMIT_MS);
    inTerminal({u"addon"_s, u"enable"_s, u"finder"_s});
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The finder"_s), u"on"_s, LIMIT_MS);
    QTRY_VERIFY(m_fixture->messages().join(u'\n').contains(u"The finder was switched on by another program, and is on here too"_s));
    inTerminal({u"addon"_s, u"disable"_s, u"finder"_s});
    QTRY_COMPARE_WITH_TIMEOUT(state(u"The finder"_s), u"off"_s, LIMIT_MS);
}

void test_AddonsWindow::whatCannotBeInstalledSaysWhy() {
    const QString source = write(m_fixture->folder.filePath(u"letter.zip"_s), "no zip at all");
    openWindow();
    m_fixture->drop(*m_window, {source});
    QTRY_VERIFY_WITH_TIMEOUT(problems().contains(u"letter.zip"_s), LIMIT_MS);
}

void test_AddonsWindow::searchingLeavesThoseThatSuit() {
    writeAddon(u"finder"_s, "");
    writeAddon(u"keeper"_s, "");
    openWindow();
    QTRY_VERIFY_WITH_TIMEOUT(item(u"The finder"_s) && item(u"The keeper"_s), LIMIT_MS);
    QTest::keyClicks(m_window->findChild<QLineEdit*>(u"addonSearch"_s), u"keep"_s);
    QVERIFY(item(u"The finder"_s)->isHidden());
    QVERIFY(!item(u"The keeper"_s)->isHidden());
}

QTEST_MAIN(test_AddonsWindow)
#include "test_AddonsWindow.moc"
