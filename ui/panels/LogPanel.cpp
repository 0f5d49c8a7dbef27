// The log: each action as the Python line that repeats it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/LogPanel.h"

#include "core/recipe/PythonText.h"
#include "ui/DocumentModel.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QStringList>
#include <QTextBlock>
#include <QTextCursor>
#include <QVBoxLayout>

namespace tintype {

namespace {
constexpr int FRAME_MS = 16;
constexpr qsizetype LINES_A_FRAME = 100;
}

LogPanel::LogPanel(DocumentModel& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_text(new QPlainTextEdit(this)) {
    m_text->setObjectName(QStringLiteral("logText"));
    m_text->setAccessibleName(tr("Log"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setPlainText(QStringLiteral("import tintype as tt"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    m_frame.setSingleShot(true);
    m_frame.setInterval(FRAME_MS);
    connect(&m_frame, &QTimer::timeout, this, &LogPanel::showSome);
    connect(&m_document, &DocumentModel::changed, this, &LogPanel::append);
}

QString LogPanel::text() const {
    return m_text->toPlainText();
}

void LogPanel::appendLine(const QString& line) {
    m_waiting.push_back({line, 1});
    if (!m_frame.isActive())
        showSome();
}

QSize LogPanel::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 10};
}

void LogPanel::append(const std::vector<DocumentChange>& changes, std::size_t skipped) {
    if (skipped)
        m_waiting.push_back(remark(skipped));
    QString before;
    for (const DocumentChange& change : changes) {
        const QString line = this->line(change);
        // Activations that came together name the newest image each; once is enough.
        if (!line.isEmpty() && (change.kind != DocumentChange::Kind::Activated || before != line))
            m_waiting.push_back({line, 1});
        before = line;
    }
    std::size_t tooMany = 0;
    while (m_waiting.size() > MOST_LINES) {
        tooMany += m_waiting.front().actions;
        m_waiting.pop_front();
    }
    if (tooMany)
        m_waiting.push_front(remark(tooMany));
    if (!m_frame.isActive())
        showSome();
}

LogPanel::Entry LogPanel::remark(std::size_t actions) const {
    return {tr("# %n more actions, too many to list", nullptr, int(actions)), actions};
}

void LogPanel::showSome() {
    QStringList lines;
    for (; !m_waiting.empty() && lines.size() < LINES_A_FRAME; m_waiting.pop_front())
        lines << m_waiting.front().line;
    if (lines.isEmpty())
        return;
    m_text->appendPlainText(lines.join(QLatin1Char('\n')));
    trim();
    m_frame.start();
}

void LogPanel::trim() {
    const QTextDocument& document = *m_text->document();
    const int tooMany = document.blockCount() - MOST_LINES;
    if (tooMany <= 0)
        return;
    QTextCursor cursor(document.firstBlock());
    cursor.setPosition(document.findBlockByNumber(tooMany).position(), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
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
