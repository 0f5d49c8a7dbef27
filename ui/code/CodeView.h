// What the console and the script editor share: a text in a fixed-width font, with the colours of the desktop.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/CodeHelp.h"
#include "ui/code/CodeColors.h"
#include "ui/code/Scintilla.h"

namespace tintype {

/// A QScintilla in UTF-8 with Unix line ends and tabs that are four spaces. Ctrl and the wheel change the size of the
/// letters. Files dropped on it are left to the window. Subclasses colour their own styles in applyColors.
class CodeView : public QsciScintilla {
    Q_OBJECT
public:
    explicit CodeView(QWidget* parent = nullptr);

    const CodeColors& colors() const { return m_colors; }

    // For the CodeAssist. Positions count bytes from where the code begins.
    /// The code before the caret and after it.
    virtual CodePlace place() const;
    /// Whether the caret stands in code that can be changed.
    virtual bool canWrite() const { return !isReadOnly(); }
    /// Whether Tab behind a word asks for names.
    virtual bool tabCompletes() const { return false; }
    long caretInCode() const { return caret() - codeStart(); }
    QByteArray codeBytes(long from, long to) const { return bytes(codeStart() + from, codeStart() + to); }
    /// One undo step; the caret stands behind it.
    void replaceInCode(long from, long to, const QString& text);
    QRect caretOnScreen() const;

protected:
    /// Called when the palette or the font has changed; subclasses call this one first, and their constructors call it.
    virtual void applyColors();
    void changeEvent(QEvent* event) override;

    void setStyle(int style, const QColor& ink, bool bold = false, bool italic = false);
    /// The text between two positions, which count bytes of UTF-8 like all positions of Scintilla.
    QByteArray bytes(long from, long to) const;
    virtual long codeStart() const { return 0; }
    long length() const { return SendScintilla(SCI_GETLENGTH); }
    long caret() const { return SendScintilla(SCI_GETCURRENTPOS); }
    long anchor() const { return SendScintilla(SCI_GETANCHOR); }

private:
    CodeColors m_colors;
};

} // namespace tintype
