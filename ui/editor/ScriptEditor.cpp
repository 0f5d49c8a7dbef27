// Scripts in tabs: write, save, run and stop them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/ScriptEditor.h"

#include "ui/code/CodeAssist.h"
#include "ui/code/CodeColors.h"
#include "ui/editor/FindBar.h"
#include "ui/editor/OwnProcessChoice.h"
#include "ui/editor/ScriptTab.h"
#include "ui/editor/ScriptText.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tintype {

ScriptEditor::ScriptEditor(ScriptRunner& runner, QWidget* parent)
    : QWidget(parent), m_runner(runner), m_toolBar(new QToolBar), m_tabs(new QTabWidget) {
    m_tabs->setDocumentMode(true);
    m_tabs->setTabsClosable(true);
    m_tabs->setMovable(true);
    // Else the tab bar keeps the keyboard, and the keys of the text do nothing.
    m_tabs->tabBar()->setFocusPolicy(Qt::NoFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolBar);
    buildMessage(layout);
    layout->addWidget(m_tabs, 1);
    buildActions();
    connect(m_tabs, &QTabWidget::tabCloseRequested, this, &ScriptEditor::closeTab);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        setFocusProxy(currentTab());
        refresh();
    });
    newScript();
}

ScriptEditor::~ScriptEditor() = default;

void ScriptEditor::rememberIn(QSettings& settings) {
    m_ownProcess = std::make_unique<OwnProcessChoice>(settings);
}

void ScriptEditor::buildMessage(QVBoxLayout* layout) {
    m_messageRow = new QWidget;
    m_message = new QLabel;
    m_message->setObjectName(u"editorMessage"_s);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* closeButton = new QToolButton;
    closeButton->setText(u"×"_s);
    closeButton->setAutoRaise(true);
    auto* row = new QHBoxLayout(m_messageRow);
    row->setContentsMargins(8, 2, 4, 2);
    row->addWidget(m_message, 1);
    row->addWidget(closeButton);
    m_messageRow->hide();
    layout->addWidget(m_messageRow);
    connect(closeButton, &QToolButton::clicked, m_messageRow, &QWidget::hide);
}

void ScriptEditor::showMessage(const QString& text) {
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, CodeColors::of(palette()).error);
    m_message->setPalette(ink);
    m_message->setText(text);
    m_messageRow->setVisible(!text.isEmpty());
}

ScriptTab* ScriptEditor::currentTab() const {
    return qobject_cast<ScriptTab*>(m_tabs->currentWidget());
}

QList<ScriptTab*> ScriptEditor::tabs() const {
    QList<ScriptTab*> all;
    for (int i = 0; i < m_tabs->count(); ++i)
        all << qobject_cast<ScriptTab*>(m_tabs->widget(i));
    return all;
}

QStringList ScriptEditor::unsavedNames() const {
    QStringList names;
    for (const ScriptTab* tab : tabs())
        if (tab->isUnsaved())
            names << tab->name();
    return names;
}

bool ScriptEditor::hasUnsaved() const {
    return !unsavedNames().isEmpty();
}

void ScriptEditor::setCompleter(Completer& completer) {
    m_completer = &completer;
    for (ScriptTab* tab : tabs())
        new CodeAssist(tab->text(), completer);
}

void ScriptEditor::addTab(ScriptTab* tab) {
    if (m_completer)
        new CodeAssist(tab->text(), *m_completer);
    connect(tab, &ScriptTab::stateChanged, this, &ScriptEditor::refresh);
    connect(tab, &ScriptTab::placeClicked, this, &ScriptEditor::openAt);
    m_tabs->setCurrentIndex(m_tabs->addTab(tab, tab->name()));
    refresh();
    tab->text().setFocus();
}

void ScriptEditor::newScript() {
    addTab(new ScriptTab(m_runner, tr("Script %1").arg(m_nextNumber++)));
}

void ScriptEditor::run() {
    if (ScriptTab* tab = currentTab())
        tab->run(tab->usualPlace());
}

void ScriptEditor::runApart() {
    if (ScriptTab* tab = currentTab())
        tab->run(ScriptTab::Where::OwnProcess);
}

void ScriptEditor::toggleAlwaysApart() {
    if (ScriptTab* tab = currentTab())
        setAlwaysApart(tab, m_alwaysApartAction->isChecked());
}

void ScriptEditor::setAlwaysApart(ScriptTab* tab, bool apart) {
    tab->setUsualPlace(apart ? ScriptTab::Where::OwnProcess : ScriptTab::Where::Window);
    rememberPlace(tab);
}

void ScriptEditor::rememberPlace(const ScriptTab* tab) {
    if (m_ownProcess)
        m_ownProcess->make(tab->text().path(), tab->usualPlace() == ScriptTab::Where::OwnProcess);
}

ScriptTab* ScriptEditor::tabOf(quint64 jobId) const {
    const QList<ScriptTab*> all = tabs();
    const auto found =
        std::ranges::find_if(all, [jobId](const ScriptTab* tab) { return jobId != 0 && tab->jobId() == jobId; });
    return found == all.end() ? nullptr : *found;
}

std::optional<bool> ScriptEditor::isAlwaysApart(quint64 jobId) const {
    const ScriptTab* tab = tabOf(jobId);
    return tab ? std::optional(tab->usualPlace() == ScriptTab::Where::OwnProcess) : std::nullopt;
}

void ScriptEditor::setAlwaysApart(quint64 jobId, bool apart) {
    if (ScriptTab* tab = tabOf(jobId))
        setAlwaysApart(tab, apart);
}

void ScriptEditor::stop() {
    if (ScriptTab* tab = currentTab())
        tab->stop();
}

void ScriptEditor::find() {
    if (ScriptTab* tab = currentTab())
        tab->findBar().open();
}

void ScriptEditor::findNext() {
    if (ScriptTab* tab = currentTab())
        tab->findBar().findNext();
}

void ScriptEditor::removeTab(ScriptTab* tab) {
    m_tabs->removeTab(m_tabs->indexOf(tab));
    // Later, since a signal of the tab may have led here.
    tab->stop();
    tab->deleteLater();
    if (m_tabs->count() == 0)
        newScript();
    refresh();
}

void ScriptEditor::refresh() {
    for (int i = 0; i < m_tabs->count(); ++i) {
        const auto* tab = qobject_cast<ScriptTab*>(m_tabs->widget(i));
        const QString running = tab->isRunning() ? u"▶ "_s : QString();
        m_tabs->setTabText(i, running + tab->name().replace(u"&"_s, u"&&"_s) +
                                  (tab->text().isModified() ? u" •"_s : QString()));
        m_tabs->setTabToolTip(i, tab->text().path());
    }
    const ScriptTab* tab = currentTab();
    m_runAction->setEnabled(tab && !tab->isRunning());
    m_runApartAction->setEnabled(tab && !tab->isRunning());
    m_stopAction->setEnabled(tab && tab->isRunning());
    const bool apart = tab && tab->usualPlace() == ScriptTab::Where::OwnProcess;
    m_alwaysApartAction->setChecked(apart);
    m_alwaysApartAction->setEnabled(tab);
    m_runAction->setToolTip(apart ? tr("Run the text as it stands, in its own process (F5)")
                                  : tr("Run the text as it stands (F5)"));
    Q_EMIT stateChanged();
}

} // namespace tintype
