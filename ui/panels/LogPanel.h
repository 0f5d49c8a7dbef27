// The log: each action as the Python line that repeats it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <deque>
#include <vector>

class QPlainTextEdit;

namespace tintype {

class DocumentModel;
struct DocumentChange;

/// Pasted into a file, the log is a script that does the same again. It keeps the newest MOST_LINES lines. Many lines that
/// come together appear a few at a time, since a text view takes them in one by one.
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
    struct Entry {
        QString line;
        std::size_t actions; ///< more than one for a remark that stands for them
    };

    void append(const std::vector<DocumentChange>& changes, std::size_t skipped);
    Entry remark(std::size_t actions) const;
    QString line(const DocumentChange& change) const;
    void showSome();
    /// The text's own limit would lay out every line that it takes away.
    void trim();

    DocumentModel& m_document;
    QPlainTextEdit* m_text;
    std::deque<Entry> m_waiting;
    QTimer m_frame;
};

} // namespace tintype
