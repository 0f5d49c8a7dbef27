// The log: each action as the Python line that repeats it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QPlainTextEdit;

namespace tintype {

class DocumentModel;
struct DocumentChange;

/// Pasted into a file, the log is a script that does the same again. It keeps the newest MOST_LINES lines.
class LogPanel : public QWidget {
    Q_OBJECT
public:
    static constexpr int MOST_LINES = 10000;

    explicit LogPanel(DocumentModel& document, QWidget* parent = nullptr);

    QString text() const;
    /// For an action that leaves the document as it is.
    void appendLine(const QString& line);
    QSize sizeHint() const override;

private:
    void append(const std::vector<DocumentChange>& changes, std::size_t skipped);
    QString line(const DocumentChange& change) const;

    DocumentModel& m_document;
    QPlainTextEdit* m_text;
};

} // namespace tintype
