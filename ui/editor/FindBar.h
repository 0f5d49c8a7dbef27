// A line below a text that searches it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace tintype {

class CodeView;

/// Searches while it is typed into; Enter and F3 go on, Shift+Enter goes back, Escape closes it. The text must outlive it.
class FindBar : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(CodeView& text, QWidget* parent = nullptr);

    /// With the selected word, if there is one.
    void open();

public Q_SLOTS:
    void findNext();
    void findPrevious();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void find(bool forward, int line, int column);
    void findWhileTyping();
    void close();

    CodeView& m_text;
    QLineEdit* m_edit = nullptr;
    QCheckBox* m_matchCase = nullptr;
    QLabel* m_result = nullptr;
};

} // namespace tintype
