// A heading that shows or hides what lies below it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace tintype {

class CollapsibleSection : public QWidget {
    Q_OBJECT
public:
    explicit CollapsibleSection(const QString& title, QWidget* parent = nullptr);

    void addWidget(QWidget* widget);
    bool isEmpty() const;
    void setOpen(bool open);

private:
    QToolButton* m_heading = nullptr;
    QWidget* m_body = nullptr;
    QVBoxLayout* m_layout = nullptr;
};

} // namespace tintype
