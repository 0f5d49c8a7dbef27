// A line below a text that searches it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/FindBar.h"

#include "ui/code/CodeView.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace tintype {

FindBar::FindBar(CodeView& text, QWidget* parent)
    : QWidget(parent), m_text(text), m_edit(new QLineEdit), m_matchCase(new QCheckBox(tr("Match case"))),
      m_result(new QLabel) {
    m_edit->setObjectName(u"findText"_s);
    m_edit->setPlaceholderText(tr("Find"));
    m_edit->setClearButtonEnabled(true);
    auto* previous = new QToolButton;
    previous->setArrowType(Qt::UpArrow);
    previous->setToolTip(tr("Previous (Shift+Enter)"));
    auto* next = new QToolButton;
    next->setArrowType(Qt::DownArrow);
    next->setToolTip(tr("Next (Enter or F3)"));
    auto* closeButton = new QToolButton;
    closeButton->setText(u"×"_s);
    closeButton->setToolTip(tr("Close (Escape)"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 2, 4, 2);
    layout->addWidget(m_edit, 1);
    for (QToolButton* button : {previous, next}) {
        button->setAutoRaise(true);
        layout->addWidget(button);
    }
    layout->addWidget(m_matchCase);
    layout->addWidget(m_result);
    closeButton->setAutoRaise(true);
    layout->addWidget(closeButton);
    setFocusProxy(m_edit);
    hide();
    connect(m_edit, &QLineEdit::textChanged, this, &FindBar::findWhileTyping);
    connect(m_matchCase, &QCheckBox::toggled, this, &FindBar::findWhileTyping);
    connect(previous, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(next, &QToolButton::clicked, this, &FindBar::findNext);
    connect(closeButton, &QToolButton::clicked, this, &FindBar::close);
}

void FindBar::open() {
    const QString selected = m_text.selectedText();
    show();
    if (!selected.isEmpty() && !selected.contains(u'\n'))
        m_edit->setText(selected);
    m_edit->selectAll();
    m_edit->setFocus();
}

void FindBar::find(bool forward, int line, int column) {
    const QString wanted = m_edit->text();
    const bool found = !wanted.isEmpty() &&
                       m_text.findFirst(wanted, false, m_matchCase->isChecked(), false, true, forward, line, column);
    m_result->setText(found || wanted.isEmpty() ? QString() : tr("Not found"));
}

void FindBar::findWhileTyping() {
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;
    // From the beginning of what is found now, so that it grows with the word that is typed.
    m_text.getCursorPosition(&line, &column);
    if (m_text.hasSelectedText())
        m_text.getSelection(&line, &column, &endLine, &endColumn);
    find(true, line, column);
}

void FindBar::findNext() {
    int line = 0;
    int column = 0;
    m_text.getCursorPosition(&line, &column);
    find(true, line, column);
}

void FindBar::findPrevious() {
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;
    m_text.getCursorPosition(&line, &column);
    if (m_text.hasSelectedText())
        m_text.getSelection(&line, &column, &endLine, &endColumn);
    find(false, line, column);
}

void FindBar::close() {
    hide();
    m_text.setFocus();
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() & Qt::ShiftModifier)
        findPrevious();
    else if (enter)
        findNext();
    else if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace tintype
