// The text of one script: Python colours, line numbers, indentation, comments, and the file that it is saved to.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/code/CodeView.h"

namespace tintype {

/// Files are UTF-8, with or without a byte order mark. Saving writes the whole file or nothing.
class ScriptText : public CodeView {
    Q_OBJECT
public:
    explicit ScriptText(QWidget* parent = nullptr);

    /// Empty when it went well, else what people should read. On an error nothing changes.
    QString load(const QString& path);
    QString save(const QString& path);
    /// Empty for a script that was never saved.
    const QString& path() const { return m_path; }

    CodePlace place() const override;

    /// Counted from 1.
    void goToLine(int line);
    /// Turns the selected lines into comments, or back when all of them are.
    void toggleComments();

protected:
    void applyColors() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fitLineNumbers();
    void breakLine();

    QsciLexerPython* m_lexer = nullptr;
    QString m_path;
};

} // namespace tintype
