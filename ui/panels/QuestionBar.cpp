// Questions of scripts, one at a time, above the canvas; the window stays usable meanwhile.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/QuestionBar.h"

#include "ui/WindowRequests.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace tintype {

QuestionBar::QuestionBar(QWidget* parent)
    : ColoredBar(BarTone::Calm, parent), m_text(new QLabel(this)), m_input(new QLineEdit(this)) {
    setObjectName(QStringLiteral("questionBar"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("questionText"));
    m_input->setObjectName(QStringLiteral("questionInput"));
    auto* send = new QPushButton(tr("Answer"), this);
    send->setObjectName(QStringLiteral("questionAnswer"));
    auto* close = new QPushButton(tr("Dismiss"), this);
    close->setObjectName(QStringLiteral("questionDismiss"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 4, 4);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_input, 1);
    layout->addWidget(send);
    layout->addWidget(close);
    connect(send, &QPushButton::clicked, this, &QuestionBar::answer);
    connect(close, &QPushButton::clicked, this, &QuestionBar::dismiss);
    connect(m_input, &QLineEdit::returnPressed, this, &QuestionBar::answer);
    hide();
}

QuestionBar::~QuestionBar() = default;

void QuestionBar::ask(const std::shared_ptr<Question>& question) {
    m_questions.push_back(question);
    if (m_questions.size() == 1)
        showNext();
}

void QuestionBar::withdraw(const std::weak_ptr<Question>& question) {
    // By identity: two scripts may ask in the same words.
    const auto found = std::find(m_questions.begin(), m_questions.end(), question.lock());
    if (found == m_questions.end())
        return;
    const bool shown = found == m_questions.begin();
    m_questions.erase(found);
    if (shown)
        showNext();
}

void QuestionBar::showNext() {
    if (m_questions.empty()) {
        const bool hadFocus = m_input->hasFocus();
        hide();
        if (hadFocus && m_before)
            m_before->setFocus();
        return;
    }
    m_text->setText(m_questions.front()->text());
    m_input->setText(m_questions.front()->proposal());
    m_input->setAccessibleName(m_text->text());
    m_input->selectAll();
    // Not the focus: whoever is typing goes on typing there.
    show();
}

void QuestionBar::takeFocus() {
    m_before = QApplication::focusWidget();
    m_input->setFocus();
}

void QuestionBar::answer() {
    m_questions.front()->answer(m_input->text());
    m_questions.pop_front();
    showNext();
}

void QuestionBar::dismiss() {
    m_questions.front()->dismiss();
    m_questions.pop_front();
    showNext();
}

void QuestionBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QWidget::keyPressEvent(event);
}

} // namespace tintype
