// What a script printed; the places that a traceback names can be clicked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/code/TerminalText.h"

#include <QPlainTextEdit>

namespace tintype {

/// Keeps the last MOST_LINES lines.
class ScriptOutputView : public QPlainTextEdit {
    Q_OBJECT
public:
    static constexpr int MOST_LINES = 10000;

    explicit ScriptOutputView(QWidget* parent = nullptr);

    void append(const QString& text, bool isError);

Q_SIGNALS:
    void placeClicked(const QString& file, int line);

protected:
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void appendErrorLines(QTextCursor& cursor, const QString& text);
    void colour();

    TerminalText m_out;
    TerminalText m_error;
    QTextCharFormat m_plain;
    QTextCharFormat m_red;
    QTextCharFormat m_link;
};

} // namespace tintype
