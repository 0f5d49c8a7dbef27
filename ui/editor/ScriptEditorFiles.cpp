// Opening, saving and closing the scripts of the editor, without blocking.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/ScriptEditor.h"

#include "ui/editor/OwnProcessChoice.h"
#include "ui/editor/ScriptTab.h"
#include "ui/editor/ScriptText.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QTabWidget>

#include <memory>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

QString scriptFilter() {
    return ScriptEditor::tr("Python scripts (*.py);;All files (*)");
}

} // namespace

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
    const bool unused =
        replaced && replaced->text().path().isEmpty() && replaced->text().text().isEmpty() && !replaced->isRunning();
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
        rememberPlace(tab);
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

} // namespace tintype
