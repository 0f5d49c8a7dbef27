// The log: each action as the Python line that repeats it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/LogPanel.h"

#include "core/recipe/PythonText.h"
#include "ui/DocumentModel.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QStringList>
#include <QVBoxLayout>

namespace tintype {

LogPanel::LogPanel(DocumentModel& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_text(new QPlainTextEdit(this)) {
    m_text->setObjectName(QStringLiteral("logText"));
    m_text->setAccessibleName(tr("Log"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setMaximumBlockCount(MOST_LINES);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setPlainText(QStringLiteral("import tintype as tt"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    connect(&m_document, &DocumentModel::changed, this, &LogPanel::append);
}

QString LogPanel::text() const {
    return m_text->toPlainText();
}

void LogPanel::appendLine(const QString& line) {
    m_text->appendPlainText(line);
}

QSize LogPanel::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 10};
}

void LogPanel::append(const std::vector<DocumentChange>& changes, std::size_t skipped) {
    QStringList lines;
    if (skipped)
        lines << tr("# %n more actions, too many to list", nullptr, int(skipped));
    for (const DocumentChange& change : changes) {
        const QString line = this->line(change);
        // Activations that came together name the newest image each; once is enough.
        if (!line.isEmpty() && (change.kind != DocumentChange::Kind::Activated || lines.isEmpty() || lines.last() != line))
            lines << line;
    }
    if (!lines.isEmpty())
        m_text->appendPlainText(lines.join(QLatin1Char('\n')));
}

QString LogPanel::line(const DocumentChange& change) const {
    const auto text = [](const std::string& line) { return QString::fromStdString(line); };
    switch (change.kind) {
    case DocumentChange::Kind::Edit: return text(change.edit.pythonLine);
    case DocumentChange::Kind::Undo: return QStringLiteral("tt.undo()");
    case DocumentChange::Kind::Redo: return QStringLiteral("tt.redo()");
    case DocumentChange::Kind::Activated:
        return m_document.state().active().empty() ? QString()
                                                   : text("tt.active = " + pythonString(m_document.state().active()));
    case DocumentChange::Kind::Saved: return text("tt.project.save(" + pythonString(m_document.document().path()) + ")");
    case DocumentChange::Kind::Replaced: {
        const std::string path = m_document.document().path();
        return path.empty() ? QString() : text("tt.project.open(" + pythonString(path) + ")");
    }
    }
    return {};
}

} // namespace tintype
