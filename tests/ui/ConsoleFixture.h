// A console panel with real Python for tests, and how they type into it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/ConsoleSession.h"
#include "tests/scripting/PythonFixture.h"
#include "tests/ui/QtWarnings.h"
#include "ui/console/ConsolePanel.h"
#include "ui/console/ConsoleView.h"

#include <QFile>
#include <QLabel>
#include <QTest>

namespace tintype {

/// Tests of the console derive from it: each gets a new panel with an empty history, all of them one Python.
class ConsoleFixture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void init() {
        failOnQtWarnings();
        QFile::remove(ConsoleHistory::defaultPath());
        makePanel();
    }

    void cleanup() {
        m_panel.reset();
        m_session.reset();
    }

protected:
    void makePanel() {
        m_panel.reset();
        m_session = std::make_unique<ConsoleSession>(m_fixture->interpreter, m_fixture->workbench);
        m_panel = std::make_unique<ConsolePanel>(*m_session);
        m_panel->resize(700, 300);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        view().setFocus();
    }

    void enter(const QString& line) {
        QTest::keyClicks(&view(), line);
        QTest::keyClick(&view(), Qt::Key_Return);
    }

    void waitUntilIdle() { QTRY_VERIFY(!m_session->isBusy() && view().waitingText().isEmpty()); }

    QString printed() const { return m_panel->view().output(); }
    QString status() const { return m_panel->findChild<QLabel*>(QStringLiteral("consoleStatus"))->text(); }
    ConsoleView& view() const { return m_panel->view(); }

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<ConsolePanel> m_panel;
};

} // namespace tintype
