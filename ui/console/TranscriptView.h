// The console's text: what was printed, lines that wait, and one input at the end; only the input can be edited.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/code/CodeView.h"
#include "ui/code/TerminalText.h"

#include <QStringList>

namespace tintype {

/// Three parts follow each other: the transcript, the entries that wait for Python, the input. Each but the input ends
/// with a line end; one that the program has not printed yet is marked as borrowed. The prompts stand in a margin, so that
/// what is copied can be run again. The oldest lines go when there are more than MOST_LINES.
///
/// The text is read-only while the caret or the selection stands before the input, so that no key, drag or paste can
/// change what was printed. Whatever is inserted above the input empties the undo list, since Scintilla's holds positions.
class TranscriptView : public CodeView {
    Q_OBJECT
public:
    static constexpr int MOST_LINES = 10000;
    static constexpr long MOST_BYTES = 8'000'000;

    explicit TranscriptView(QWidget* parent = nullptr);

    void appendOutput(const QString& text, bool isError);
    /// A remark of the console's own, on a line of its own.
    void appendNote(const QString& text);
    /// What runs now, with prompts.
    void appendInput(const QString& source);
    void clearTranscript();
    /// Dimmed, between transcript and input; the first one looks like an input when it is with Python already.
    void setWaiting(const QStringList& entries, bool firstSubmitted);

    QString transcript() const;
    QString waitingText() const;
    QString input() const;
    /// The caret stands at the end, or `caret` letters from it.
    void setInput(const QString& text, int fromEnd = 0);

protected:
    void applyColors() override;

    long inputStart() const { return m_inputStart; }
    /// Whether the caret and the selection are in the input.
    bool isInInput() const;
    void moveToInputEnd();
    QString inputBeforeCaret() const;

private:
    class Change;
    /// Above the input.
    void insert(long position, const QByteArray& text, int style);
    void remove(long from, long to);
    /// At the end of the transcript.
    void append(const QByteArray& text, int style);
    void endOpenLine();
    void trim();
    void stylePython(long from, const QByteArray& text);
    void setPrompts(long from, long to, const char* first, int style);
    void restyleInput();
    void inputEdited();
    void updateReadOnly();
    void fitMargin();

    TerminalText m_out;
    TerminalText m_error;
    long m_end = 0;          ///< of the transcript
    bool m_borrowed = false; ///< the line end after it has not been printed
    long m_inputStart = 0;
    bool m_changing = false;
};

} // namespace tintype
