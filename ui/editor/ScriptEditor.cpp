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
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMessageBox>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

QString scriptFilter() {
    return ScriptEditor::tr("Python scripts (*.py);;All files (*)");
}

} // namespace

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

void ScriptEditor::buildActions() {
    struct Entry {
        QString text;
        QString shortcut;
        QString tip;
        void (ScriptEditor::*slot)();
        bool inToolBar;
    };
    const Entry entries[] = {
        {tr("New"), u"Ctrl+N"_s, tr("New script"), &ScriptEditor::newScript, true},
        {tr("Open…"), u"Ctrl+O"_s, tr("Open scripts"), &ScriptEditor::open, true},
        {tr("Save"), u"Ctrl+S"_s, tr("Save the script"), &ScriptEditor::saveCurrent, true},
        {tr("Save as…"), u"Ctrl+Shift+S"_s, tr("Save the script under another name"), &ScriptEditor::saveAs, false},
        {tr("Close"), u"Ctrl+W"_s, tr("Close the script"), &ScriptEditor::closeCurrent, false},
        {tr("Find"), u"Ctrl+F"_s, tr("Find in the script"), &ScriptEditor::find, false},
        {tr("Find next"), u"F3"_s, tr("Find the next place"), &ScriptEditor::findNext, false},
        {tr("Run"), u"F5"_s, tr("Run the text as it stands"), &ScriptEditor::run, true},
        {tr("Run in own process"), u"Ctrl+F5"_s, tr("Run on a copy of the document, in a process that can always be ended"),
         &ScriptEditor::runApart, true},
        {tr("Always in own process"), {}, tr("Run this script in its own process whenever it is run"),
         &ScriptEditor::toggleAlwaysApart, true},
        {tr("Stop"), u"Shift+F5"_s, tr("Stop the running script"), &ScriptEditor::stop, true},
    };
    for (const Entry& entry : entries) {
        auto* action = new QAction(entry.text, this);
        // Not as the action's own shortcut: the window uses some of the same keys, and Qt would refuse to choose.
        action->setData(QKeySequence(entry.shortcut));
        action->setToolTip(entry.shortcut.isEmpty() ? entry.tip
                                                    : u"%1 (%2)"_s.arg(entry.tip, QKeySequence(entry.shortcut).toString(QKeySequence::NativeText)));
        connect(action, &QAction::triggered, this, entry.slot);
        addAction(action);
        if (entry.inToolBar)
            m_toolBar->addAction(action);
        if (entry.slot == &ScriptEditor::run)
            m_runAction = action;
        if (entry.slot == &ScriptEditor::runApart)
            m_runApartAction = action;
        if (entry.slot == &ScriptEditor::stop)
            m_stopAction = action;
        if (entry.slot == &ScriptEditor::toggleAlwaysApart)
            m_alwaysApartAction = action;
    }
    m_alwaysApartAction->setCheckable(true);
    m_alwaysApartAction->setObjectName(u"alwaysApart"_s);
    m_toolBar->insertSeparator(m_runAction);
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

bool ScriptEditor::openFile(const QString& path) {
    const QString wanted = QFileInfo(path).absoluteFilePath();
    for (ScriptTab* tab : tabs()) {
        if (tab->text().path() == wanted) {
            m_tabs->setCurrentWidget(tab);
            tab->text().setFocus();
            return true;
        }
    }
    auto tab = std::make_unique<ScriptTab>(m_runner, QFileInfo(path).fileName());
    const QString error = tab->text().load(wanted);
    showMessage(error);
    if (!error.isEmpty())
        return false;
    if (m_ownProcess && m_ownProcess->isMadeFor(wanted))
        tab->setUsualPlace(ScriptTab::Where::OwnProcess);
    // The empty script of the beginning has done its duty.
    ScriptTab* replaced = m_tabs->count() == 1 ? currentTab() : nullptr;
    const bool unused = replaced && replaced->text().path().isEmpty() && replaced->text().text().isEmpty() &&
                        !replaced->isRunning();
    addTab(tab.release());
    if (unused)
        removeTab(replaced);
    return true;
}

void ScriptEditor::open() {
    auto* dialog = new QFileDialog(this, tr("Open scripts"), QString(), scriptFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        for (const QString& path : paths)
            openFile(path);
    });
    dialog->open();
}

bool ScriptEditor::save() {
    ScriptTab* tab = currentTab();
    if (!tab)
        return false;
    if (tab->text().path().isEmpty()) {
        saveAs();
        return false;
    }
    return saveTo(tab, tab->text().path());
}

void ScriptEditor::saveCurrent() {
    save();
}

bool ScriptEditor::saveTo(ScriptTab* tab, const QString& path) {
    const QString error = tab->text().save(path);
    showMessage(error);
    // Under another name it stays what it was.
    if (error.isEmpty())
        setAlwaysApart(tab, tab->usualPlace() == ScriptTab::Where::OwnProcess);
    refresh();
    return error.isEmpty();
}

void ScriptEditor::saveAs() {
    ScriptTab* tab = currentTab();
    if (!tab)
        return;
    auto* dialog = new QFileDialog(this, tr("Save script"), tab->text().path(), scriptFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"py"_s);
    connect(dialog, &QFileDialog::fileSelected, tab, [this, tab](const QString& path) { saveTo(tab, path); });
    dialog->open();
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
    if (m_ownProcess)
        m_ownProcess->make(tab->text().path(), apart);
}

ScriptTab* ScriptEditor::tabOf(quint64 jobId) const {
    const QList<ScriptTab*> all = tabs();
    const auto found = std::ranges::find_if(all, [jobId](const ScriptTab* tab) { return jobId != 0 && tab->jobId() == jobId; });
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

void ScriptEditor::closeCurrent() {
    closeTab(m_tabs->currentIndex());
}

void ScriptEditor::closeTab(int index) {
    auto* tab = qobject_cast<ScriptTab*>(m_tabs->widget(index));
    if (!tab)
        return;
    if (!tab->isUnsaved()) {
        removeTab(tab);
        return;
    }
    m_tabs->setCurrentWidget(tab);
    auto* question = new QMessageBox(QMessageBox::Question, tr("Close script"),
                                     tr("%1 has changes that are not saved.").arg(tab->name()),
                                     QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &QMessageBox::finished, tab, [this, tab](int answer) {
        m_tabs->setCurrentWidget(tab);
        if (answer == QMessageBox::Discard || (answer == QMessageBox::Save && save()))
            removeTab(tab);
    });
    question->open();
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
    m_runAction->setToolTip(apart ? tr("Run the text as it stands, in its own process (F5)") : tr("Run the text as it stands (F5)"));
    Q_EMIT stateChanged();
}

void ScriptEditor::openAt(const QString& path, int line) {
    for (ScriptTab* tab : tabs()) {
        if (tab->fileName() == path) {
            m_tabs->setCurrentWidget(tab);
            tab->text().goToLine(line);
            return;
        }
    }
    if (openFile(path))
        currentTab()->text().goToLine(line);
}

QAction* ScriptEditor::actionFor(const QKeyEvent& event) const {
    for (QAction* action : actions())
        if (action->data().value<QKeySequence>() == QKeySequence(event.keyCombination()))
            return action;
    return nullptr;
}

bool ScriptEditor::event(QEvent* event) {
    // Qt asks the widget with the keyboard and its parents before it looks at the window's shortcuts.
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (override || event->type() == QEvent::KeyPress) {
        if (QAction* action = actionFor(static_cast<QKeyEvent&>(*event))) {
            event->accept();
            if (!override)
                action->trigger();
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace tintype
