// What Python printed: read-only, bounded, errors in a colour of their own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/code/CodeView.h"
#include "ui/code/TerminalText.h"

#include <QTimer>

namespace tintype {

/// Problem: a loop that prints can bring a million lines, and a single line can be megabytes long; the window must not
/// feel it. The oldest lines go when there are more than about MOST_LINES, and lines that are too long to lay out are
/// broken. Long lines are wrapped, but not while much is printed, nor out of sight, since Scintilla lays every line out
/// for that, a hundred times the work of taking it in. Changes show at once, in a stream once in a frame of the screen: each
/// of a thousand short statements would cost a painting of all the text otherwise, which is many times their work.
///
/// Printed text ends where the last line end was printed; an open line gets one that is borrowed, so that what a
/// subclass keeps below begins on a line of its own. Every change of ours is made within a Change. Belongs to the GUI
/// thread.
class OutputView : public CodeView {
    Q_OBJECT
public:
    static constexpr int MOST_LINES = 10000;
    /// So many more may stand there for a while.
    static constexpr int TRIMMED_LINES = 1000;
    static constexpr long MOST_BYTES = 4'000'000;

    explicit OutputView(QWidget* parent = nullptr);

    void appendOutput(const QString& text, bool isError);
    /// A remark of ours, on a line of its own.
    void appendNote(const QString& text);
    void clearOutput();
    /// Without a borrowed line end.
    QString output() const;

protected:
    enum Style { Plain = 0, ErrorText, Note };
    class Change;

    void applyColors() override;
    void showEvent(QShowEvent* event) override;
    /// Whether the caret stands in what follows the output, and must keep its distance from the end there.
    virtual bool isCaretBelow() const { return false; }
    /// After every change, within it.
    virtual void outputChanged() {}
    /// When changes are over.
    virtual void updateReadOnly();
    bool isChanging() const { return m_changing; }

    long outputEnd() const { return m_end; }
    /// Where that begins which a subclass keeps below the output.
    long belowOutput() const { return m_end + (m_borrowed ? 1 : 0); }
    void insert(long position, const QByteArray& text, int style);
    void remove(long from, long to);
    /// At the end of the output.
    void append(const QByteArray& text, int style);
    void endOpenLine();
    void trim();

private:
    void noteOutput(qsizetype bytes);
    void wrapWhenCalm();
    void paintOnceAFrame();
    void endFrame();
    void stayAtEnd();

    TerminalText m_out;
    TerminalText m_error;
    long m_end = 0;
    bool m_borrowed = false;
    bool m_changing = false;
    QTimer m_calm;
    QTimer m_frame; ///< since what was painted last
    qsizetype m_lately = 0; ///< bytes since it was calm
    int m_scrollEnd = 0;
};

/// Opens the text for a change of ours, and puts caret, selection, scroll position and undo list right afterwards.
class OutputView::Change {
public:
    explicit Change(OutputView& view);
    ~Change();
    Change(const Change&) = delete;

private:
    OutputView& m_view;
    const bool m_caretBelow;
    const bool m_atEnd;
    long m_caret;
    long m_anchor;
};

} // namespace tintype
