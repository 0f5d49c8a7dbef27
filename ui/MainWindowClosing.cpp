// What the main window asks before something would be lost; its questions do not block.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/DocumentModel.h"
#include "ui/JobModel.h"
#include "ui/MainWindow.h"
#include "ui/editor/ScriptEditor.h"
#include "ui/panels/QuestionBox.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QPushButton>

namespace tintype {

QString MainWindow::unsavedText() const {
    return m_parts.document.document().path().empty() ? tr("There are steps or scripts that are not saved.")
                                                      : tr("The project has changes that are not saved.");
}

QStringList MainWindow::reasonsToStay() const {
    QStringList reasons;
    if (m_save->hasUnsaved())
        reasons << unsavedText();
    if (m_editor->hasUnsaved())
        reasons << tr("Scripts are not saved: %1.").arg(m_editor->unsavedNames().join(QStringLiteral(", ")));
    QStringList running;
    for (const JobInfo& job : m_parts.jobs.running())
        running << QString::fromStdString(job.title);
    if (!running.isEmpty())
        reasons << tr("Still running: %1.").arg(running.join(QStringLiteral(", ")));
    return reasons;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!m_mayClose && !reasonsToStay().isEmpty()) {
        event->ignore();
        askBeforeClosing();
        return;
    }
    saveLayout();
    event->accept();
    Q_EMIT closed();
}

void MainWindow::askBeforeClosing() {
    // Asked once: pressing Ctrl+Q again does not stack questions.
    if (findChild<QMessageBox*>(QStringLiteral("question"), Qt::FindDirectChildrenOnly))
        return;
    QMessageBox* box = makeQuestion(this, tr("Quit Tintype?"), reasonsToStay().join(QLatin1Char('\n')));
    const bool unsaved = m_save->hasUnsaved() || m_editor->hasUnsaved();
    QPushButton* quit = box->addButton(unsaved ? tr("Quit without saving") : tr("Stop them and quit"), QMessageBox::DestructiveRole);
    quit->setObjectName(QStringLiteral("quitAnyway"));
    connect(quit, &QPushButton::clicked, this, &MainWindow::leave);
    if (m_save->hasUnsaved()) {
        QPushButton* save = box->addButton(tr("Save project…"), QMessageBox::AcceptRole);
        save->setObjectName(QStringLiteral("saveAndQuit"));
        // close() asks again for what is still in the way, running scripts for example.
        connect(save, &QPushButton::clicked, this, [this] { m_save->saveProject([this] { close(); }); });
    }
    box->open();
}

void MainWindow::leave() {
    m_mayClose = true;
    close();
}

void MainWindow::openProjectAfterAsking(const QString& path, const std::function<void()>& then) {
    if (!m_save->hasUnsaved()) {
        m_open->readProject(path, then);
        return;
    }
    const QString name = QFileInfo(path).fileName();
    QMessageBox* box = makeQuestion(this, tr("Open %1?").arg(name),
                                    tr("It takes the place of what is open. %1").arg(unsavedText()));
    QPushButton* open = box->addButton(tr("Open without saving"), QMessageBox::DestructiveRole);
    open->setObjectName(QStringLiteral("openAnyway"));
    connect(box, &QMessageBox::finished, this, [this, box, open, path, then] {
        if (box->clickedButton() == open)
            m_open->readProject(path, then);
        else if (then)
            then();
    });
    box->open();
}

} // namespace tintype
