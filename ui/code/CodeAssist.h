// Completion, call tips and documentation for one text: when they are asked for, shown, filtered and put away.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/CodeHelp.h"

#include <QObject>

#include <optional>

class QKeyEvent;

namespace tintype {

class CallTipView;
class CodeView;
class Completer;
class CompletionList;
class DocumentationView;

/// Names are asked for by Ctrl+Space, and by itself after a dot, two letters of a word, or an opening quote or bracket;
/// what is typed on filters the answer without a further question. A list that came by itself takes Tab, Down and Escape
/// only, so that Enter means what it meant; once something in it is selected, Up, Down, PageUp, PageDown and Enter are the
/// list's as well. Call tips come with an opening bracket and follow the caret until the call is closed. Ctrl+I shows the
/// documentation of the selected name, or of the one at the caret, and PageUp and PageDown scroll it.
///
/// Nothing here waits: while Python is held there is simply no answer, and one that comes when the text has gone another
/// way is dropped. Belongs to its view, which must not outlive the completer.
class CodeAssist : public QObject {
    Q_OBJECT
public:
    CodeAssist(CodeView& view, Completer& completer);

    /// For menus; as if the key had been pressed.
    void askNames();
    void askDocumentation();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isMine(const QKeyEvent& key) const;
    bool handleKey(const QKeyEvent& key);
    bool handleListKey(const QKeyEvent& key);
    bool tabAsks() const;

    void typed(int letter);
    /// Filters the list by what is written now, or puts it away.
    void follow();
    void moved();
    void ask(bool asked);
    void askTip();
    void showNames(quint64 question, const QString& written, const QList<Completion>& names);
    void showTip(quint64 question, const CallTip& tip);
    void showDocumentation(quint64 question, const Documentation& documentation);
    void accept();
    bool putAway();
    void putAllAway();

    /// What stands between the beginning of the name and the caret; nothing when the caret has left it.
    std::optional<QString> written() const;
    QRect caretRect() const;

    CodeView& m_view;
    Completer& m_completer;
    CompletionList* m_list;
    CallTipView* m_tip;
    DocumentationView* m_documentation;
    quint64 m_namesAsked = 0;
    quint64 m_tipAsked = 0;
    quint64 m_documentationAsked = 0;
    bool m_byPerson = false; ///< the question about names
    long m_askedAt = 0;      ///< where the caret stood then, counted from the view's codeStart
    long m_nameStart = 0;    ///< likewise, of the name that the list completes
};

} // namespace tintype
