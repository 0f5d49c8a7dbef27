// The console's text: what was printed, lines that wait, and one input at the end; only the input can be edited.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/code/OutputView.h"

#include <QStringList>

#include <initializer_list>

namespace tintype {

/// Below the output stand the entries that wait for Python, each with a line end, then the input. The prompts stand in
/// a margin, so that what is copied can be run again.
///
/// The text is read-only while the caret or the selection stands before the input, so that no key, drag or paste can
/// change what was printed.
class TranscriptView : public OutputView {
    Q_OBJECT
public:
    /// A pasted file may wait as thousands of statements; people look at the next few.
    static constexpr qsizetype MOST_WAITING_SHOWN = 8;

    explicit TranscriptView(QWidget* parent = nullptr);

    /// What runs now, with prompts.
    void appendInput(const QString& source);
    /// Dimmed, the first few of them; the first one looks like an input when it is with Python already.
    void setWaiting(const QStringList& entries, bool firstSubmitted);

    /// What stands before an input, and before its further lines, from now on.
    void setPromptTexts(const QString& first, const QString& more);
    /// Before the first line of the input.
    QString promptText() const;

    QString waitingText() const;
    QString input() const;
    /// The caret stands at the end, or `fromEnd` letters before it.
    void setInput(const QString& text, int fromEnd = 0);

protected:
    void applyColors() override;
    bool isCaretBelow() const override { return isInInput(); }
    void outputChanged() override;
    void updateReadOnly() override;

    long inputStart() const { return belowOutput() + m_waitingBytes; }
    /// Whether the caret and the selection are in the input.
    bool isInInput() const;
    void moveToInputEnd();
    QString inputBeforeCaret() const;

private:
    void stylePython(long from, const QByteArray& text);
    void setPrompts(long from, long to, const QByteArray& first, int style);
    void restyleInput();
    void inputEdited();
    QByteArray widest(std::initializer_list<QByteArray> prompts) const;
    void fitMargin();

    long m_waitingBytes = 0;
    QByteArray m_prompt;
    QByteArray m_morePrompt;
    QByteArray m_earlierPrompts; ///< the widest that may still stand before what was typed; the margin has room for it
};

} // namespace tintype
