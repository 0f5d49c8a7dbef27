// Completion, call tips and documentation for one text: when they are asked for, shown, filtered and put away.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/CodeAssist.h"

#include "scripting/Completer.h"
#include "ui/code/CallTipView.h"
#include "ui/code/CodeView.h"
#include "ui/code/CompletionList.h"
#include "ui/code/DocumentationView.h"

#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

/// So many letters of a word bring the list by themselves.
constexpr qsizetype LETTERS = 2;
constexpr int PAGE = 9;

bool isWord(QChar c) {
    return c.isLetterOrNumber() || c == u'_';
}

QString lastWord(const QString& text) {
    qsizetype start = text.size();
    while (start > 0 && isWord(text[start - 1]))
        --start;
    return text.mid(start);
}

bool isPlain(const QKeyEvent& key) {
    return !(key.modifiers() & ~Qt::KeypadModifier);
}

bool isEnter(const QKeyEvent& key) {
    return key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
}

} // namespace

CodeAssist::CodeAssist(CodeView& view, Completer& completer)
    : QObject(&view), m_view(view), m_completer(completer), m_list(new CompletionList(&view)),
      m_tip(new CallTipView(&view)), m_documentation(new DocumentationView(&view)) {
    view.installEventFilter(this);
    view.viewport()->installEventFilter(this);
    connect(&view, &QsciScintillaBase::SCN_CHARADDED, this, &CodeAssist::typed);
    connect(&completer, &Completer::completed, this, &CodeAssist::showNames);
    connect(&completer, &Completer::callTipFound, this, &CodeAssist::showTip);
    connect(&completer, &Completer::documented, this, &CodeAssist::showDocumentation);
    connect(m_list, &CompletionList::chosen, this, &CodeAssist::accept);
    connect(m_list, &CompletionList::selectionMoved, this, [this] {
        if (m_documentation->isVisible())
            askDocumentation();
    });
}

bool CodeAssist::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress: {
        auto& key = static_cast<QKeyEvent&>(*event);
        if (!isMine(key)) {
            // What was written is entered or given up, and Python may be too busy to say that this is no call any more.
            if ((isEnter(key) || key.key() == Qt::Key_Escape) && event->type() == QEvent::KeyPress)
                putAllAway();
            else if (event->type() == QEvent::KeyPress)
                // After the key has done its work.
                QMetaObject::invokeMethod(this, &CodeAssist::moved, Qt::QueuedConnection);
            break;
        }
        event->accept();
        return event->type() == QEvent::ShortcutOverride || handleKey(key);
    }
    case QEvent::FocusOut:
    case QEvent::Hide:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::Resize:
        putAllAway();
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

bool CodeAssist::isMine(const QKeyEvent& key) const {
    if (key.modifiers() == Qt::ControlModifier && (key.key() == Qt::Key_Space || key.key() == Qt::Key_I))
        return m_view.canWrite();
    if (!isPlain(key))
        return false;
    if (key.key() == Qt::Key_Escape)
        return m_list->isVisible() || m_tip->isVisible() || m_documentation->isVisible();
    if (key.key() == Qt::Key_PageUp || key.key() == Qt::Key_PageDown)
        return m_documentation->isVisible() || (m_list->isVisible() && m_list->hasSelection());
    if (key.key() == Qt::Key_Tab)
        return m_list->isVisible() || tabAsks();
    if (!m_list->isVisible())
        return false;
    return key.key() == Qt::Key_Down || (m_list->hasSelection() && (key.key() == Qt::Key_Up || isEnter(key)));
}

bool CodeAssist::handleKey(const QKeyEvent& key) {
    if (key.key() == Qt::Key_Space || (key.key() == Qt::Key_Tab && !m_list->isVisible()))
        askNames();
    else if (key.key() == Qt::Key_I)
        askDocumentation();
    else if (key.key() == Qt::Key_Escape)
        return putAway();
    else if (m_documentation->isVisible() && key.key() == Qt::Key_PageUp)
        m_documentation->scrollPages(-1);
    else if (m_documentation->isVisible() && key.key() == Qt::Key_PageDown)
        m_documentation->scrollPages(1);
    else
        return handleListKey(key);
    return true;
}

bool CodeAssist::handleListKey(const QKeyEvent& key) {
    // Scintilla tells of a moved caret when it has time, and keys may be quicker.
    follow();
    if (!m_list->isVisible())
        return false;
    switch (key.key()) {
    case Qt::Key_Up: m_list->moveSelection(-1); return true;
    case Qt::Key_Down: m_list->moveSelection(1); return true;
    case Qt::Key_PageUp: m_list->moveSelection(-PAGE); return true;
    case Qt::Key_PageDown: m_list->moveSelection(PAGE); return true;
    default: accept(); return true;
    }
}

bool CodeAssist::tabAsks() const {
    if (!m_view.tabCompletes() || !m_view.canWrite() || m_view.hasSelectedText())
        return false;
    const QString line = m_view.place().before.section(u'\n', -1);
    return !line.trimmed().isEmpty() && !line.back().isSpace();
}

void CodeAssist::askNames() {
    ask(true);
}

void CodeAssist::ask(bool asked) {
    CodePlace place = m_view.place();
    place.asked = asked;
    m_byPerson = asked;
    m_askedAt = m_view.caretInCode();
    m_namesAsked = m_completer.complete(place);
}

void CodeAssist::askTip() {
    m_tipAsked = m_completer.callTip(m_view.place());
}

void CodeAssist::askDocumentation() {
    CodePlace place = m_view.place();
    const std::optional<QString> begun = written();
    if (m_list->isVisible() && begun) {
        place.before.chop(begun->size());
        place.before += m_list->current().name;
        place.after.clear();
    }
    m_documentationAsked = m_completer.document(place);
}

void CodeAssist::typed(int letter) {
    if (!m_view.canWrite())
        return;
    const QChar c = letter > 0 && letter < 0x10000 ? QChar(letter) : QChar(u'a');
    if (c == u'(' || c == u',' || (c == u')' && m_tip->isVisible()))
        askTip();
    follow();
    if (c == u'.' || c == u'[' || c == u'"' || c == u'\'') {
        m_list->hide();
        ask(false);
    } else if (isWord(c) && !m_list->isVisible() && lastWord(m_view.place().before).size() == LETTERS) {
        ask(false);
    }
}

void CodeAssist::follow() {
    if (!m_list->isVisible())
        return;
    const std::optional<QString> begun = written();
    if (!begun || !m_list->filter(*begun) || m_list->offersNothingNew(*begun))
        m_list->hide();
    else
        m_list->showBeside(caretRect(), m_list->side());
}

void CodeAssist::moved() {
    follow();
    if (m_tip->isVisible())
        askTip();
    if (m_documentation->isVisible() && !m_list->isVisible())
        m_documentation->hide();
}

std::optional<QString> CodeAssist::written() const {
    const long caret = m_view.caretInCode();
    if (!m_view.canWrite() || caret < m_nameStart)
        return std::nullopt;
    const QString text = QString::fromUtf8(m_view.codeBytes(m_nameStart, caret));
    return text.contains(u'\n') ? std::nullopt : std::optional(text);
}

void CodeAssist::showNames(quint64 question, const QString& begun, const QList<Completion>& names) {
    if (question != m_namesAsked)
        return;
    m_nameStart = m_askedAt - begun.toUtf8().size();
    const std::optional<QString> now = written();
    // The person may have gone on to another place, or rubbed out what the names begin with.
    if (!now || now->left(begun.size()) != begun || !m_view.hasFocus()) {
        m_list->hide();
        return;
    }
    m_list->setCompletions(names);
    if (!m_list->filter(*now) || (!m_byPerson && m_list->offersNothingNew(*now))) {
        m_list->hide();
        return;
    }
    if (m_byPerson) {
        m_list->select(0);
        if (m_list->count() == 1) {
            accept();
            return;
        }
    }
    m_list->showBeside(caretRect(), CodePopup::Below);
    if (m_tip->isVisible())
        m_tip->showBeside(caretRect(), m_list->side() == CodePopup::Below ? CodePopup::Above : CodePopup::Below,
                          m_list->geometry());
}

void CodeAssist::showTip(quint64 question, const CallTip& tip) {
    if (question != m_tipAsked)
        return;
    if (tip.name.isEmpty() || !m_view.hasFocus() || !m_view.canWrite()) {
        m_tip->hide();
        return;
    }
    m_tip->setTip(tip);
    const bool listBelow = !m_list->isVisible() || m_list->side() == CodePopup::Below;
    m_tip->showBeside(caretRect(), listBelow ? CodePopup::Above : CodePopup::Below,
                      m_list->isVisible() ? m_list->geometry() : QRect());
}

void CodeAssist::showDocumentation(quint64 question, const Documentation& documentation) {
    if (question != m_documentationAsked)
        return;
    if (!m_view.hasFocus())
        return;
    m_documentation->setDocumentation(documentation.text.isEmpty() ? Documentation{tr("Nothing is written about this."), {}}
                                                                   : documentation);
    const bool listBelow = m_list->isVisible() && m_list->side() == CodePopup::Below;
    m_documentation->showBeside(caretRect(), listBelow ? CodePopup::Above : CodePopup::Below,
                                m_list->isVisible() ? m_list->geometry() : QRect());
    m_tip->hide();
}

void CodeAssist::accept() {
    const std::optional<QString> begun = written();
    const QString insertion = m_list->current().insertion;
    m_list->hide();
    m_documentation->hide();
    if (begun)
        m_view.replaceInCode(m_nameStart, m_view.caretInCode(), insertion);
}

bool CodeAssist::putAway() {
    if (m_documentation->isVisible()) {
        m_documentation->hide();
    } else if (m_list->isVisible()) {
        m_list->hide();
    } else {
        m_tip->hide();
        m_tipAsked = 0;
    }
    m_namesAsked = m_documentationAsked = 0;
    return true;
}

void CodeAssist::putAllAway() {
    m_list->hide();
    m_tip->hide();
    m_documentation->hide();
    // An answer that is still to come belongs to what has been put away.
    m_namesAsked = m_tipAsked = m_documentationAsked = 0;
}

QRect CodeAssist::caretRect() const {
    return m_view.caretOnScreen();
}

} // namespace tintype
