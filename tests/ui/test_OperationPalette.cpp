// Operations are found and chosen by keyboard alone, and stand in the menu by category.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/OperationCatalog.h"
#include "tests/ui/QtWarnings.h"
#include "ui/operations/OperationMenu.h"
#include "ui/operations/OperationPalette.h"

#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_OperationPalette : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void listsEverythingAtFirst();
    void typingAndEnterChoose();
    void wordsOfOtherProgramsFind();
    void arrowKeysMove();
    void escapeChoosesNothing();
    void noMatchChoosesNothing();
    void opensAnew();
    void theMenuHoldsEveryOperation();

private:
    QLineEdit* edit() const { return m_palette->findChild<QLineEdit*>(); }
    QListWidget* list() const { return m_palette->findChild<QListWidget*>(); }
    QString current() const { return list()->currentItem() ? list()->currentItem()->text() : QString(); }

    OperationCatalog m_catalog;
    std::unique_ptr<QWidget> m_window;
    OperationPalette* m_palette = nullptr;
    std::unique_ptr<QSignalSpy> m_chosen;
};

void test_OperationPalette::init() {
    failOnQtWarnings();
    m_window = std::make_unique<QWidget>();
    m_window->resize(900, 600);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_palette = new OperationPalette(m_catalog, m_window.get());
    m_chosen = std::make_unique<QSignalSpy>(m_palette, &OperationPalette::chosen);
    m_palette->open();
    QVERIFY(QTest::qWaitForWindowExposed(m_palette));
}

void test_OperationPalette::cleanup() {
    m_window.reset();
}

void test_OperationPalette::listsEverythingAtFirst() {
    std::size_t count = 0;
    for (const std::string& category : m_catalog.categories())
        count += m_catalog.inCategory(category).size();
    QVERIFY(count >= 40);
    QCOMPARE(std::size_t(list()->count()), count);
}

void test_OperationPalette::typingAndEnterChoose() {
    QTest::keyClicks(edit(), u"gaussian blur"_s);
    QCOMPARE(current(), u"Gaussian blur"_s);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(m_chosen->count(), 1);
    QCOMPARE(m_chosen->first().first().toString(), u"gaussblur"_s);
    QVERIFY(!m_palette->isVisible());
}

void test_OperationPalette::wordsOfOtherProgramsFind() {
    QTest::keyClicks(edit(), u"bitwise_not"_s);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(m_chosen->first().first().toString(), u"invert"_s);
}

void test_OperationPalette::arrowKeysMove() {
    const QString first = current();
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(current(), first);
    QTest::keyClick(edit(), Qt::Key_Down);
    QCOMPARE(list()->currentRow(), 1);
    QTest::keyClick(edit(), Qt::Key_PageDown);
    QVERIFY(list()->currentRow() > 3);
    QTest::keyClick(edit(), Qt::Key_PageUp);
    QCOMPARE(list()->currentRow(), 1);
    QVERIFY(edit()->hasFocus());
}

void test_OperationPalette::escapeChoosesNothing() {
    QTest::keyClicks(edit(), u"blur"_s);
    QTest::keyClick(edit(), Qt::Key_Escape);
    QVERIFY(!m_palette->isVisible());
    QCOMPARE(m_chosen->count(), 0);
}

void test_OperationPalette::noMatchChoosesNothing() {
    QTest::keyClicks(edit(), u"qqqqqq"_s);
    QCOMPARE(list()->count(), 0);
    QTest::keyClick(edit(), Qt::Key_Return);
    QVERIFY(m_palette->isVisible());
    QCOMPARE(m_chosen->count(), 0);
}

void test_OperationPalette::opensAnew() {
    QTest::keyClicks(edit(), u"blur"_s);
    QTest::keyClick(edit(), Qt::Key_Escape);
    m_palette->open();
    QVERIFY(edit()->text().isEmpty());
    QVERIFY(list()->count() >= 40);
}

void test_OperationPalette::theMenuHoldsEveryOperation() {
    QMenu menu;
    std::string chosen;
    const OperationMenu filled(menu, m_catalog, [&](const Operation& operation) { chosen = operation.id; });
    for (const std::string& category : m_catalog.categories())
        for (const Operation* operation : m_catalog.inCategory(category)) {
            auto* action = menu.findChild<QAction*>(QString::fromStdString(operation->id));
            QVERIFY2(action, operation->id.c_str());
            action->trigger();
            QCOMPARE(chosen, operation->id);
        }
}

QTEST_MAIN(test_OperationPalette)
#include "test_OperationPalette.moc"
