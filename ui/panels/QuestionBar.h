// Questions of scripts, one at a time, above the canvas; the window stays usable meanwhile.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/ColoredBar.h"

#include <QPointer>

#include <deque>
#include <memory>

class QLabel;
class QLineEdit;

namespace tintype {

class Question;

/// Hidden while there is no question. Escape or closing dismisses the question; the next one follows.
class QuestionBar : public ColoredBar {
    Q_OBJECT
public:
    explicit QuestionBar(QWidget* parent = nullptr);
    ~QuestionBar() override;

    void ask(const std::shared_ptr<Question>& question);
    /// The one who asked waits no more.
    void withdraw(const std::weak_ptr<Question>& question);
    /// For someone who waits for the question; afterwards the focus goes back to where it was.
    void takeFocus();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void answer();
    void dismiss();
    void showNext();

    std::deque<std::shared_ptr<Question>> m_questions;
    QLabel* m_text;
    QLineEdit* m_input;
    QPointer<QWidget> m_before;
};

} // namespace tintype
