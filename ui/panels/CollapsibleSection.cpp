// A heading that shows or hides what lies below it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/CollapsibleSection.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace tintype {

CollapsibleSection::CollapsibleSection(const QString& title, QWidget* parent)
    : QWidget(parent), m_heading(new QToolButton), m_body(new QWidget), m_layout(new QVBoxLayout(m_body)) {
    m_heading->setText(title);
    m_heading->setCheckable(true);
    m_heading->setAutoRaise(true);
    m_heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_layout->setContentsMargins(12, 4, 0, 0);
    m_layout->setSpacing(10);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_heading);
    layout->addWidget(m_body);
    connect(m_heading, &QToolButton::toggled, this, &CollapsibleSection::setOpen);
    setOpen(false);
}

void CollapsibleSection::addWidget(QWidget* widget) {
    m_layout->addWidget(widget);
}

bool CollapsibleSection::isEmpty() const {
    return m_layout->isEmpty();
}

void CollapsibleSection::setOpen(bool open) {
    m_heading->setChecked(open);
    m_heading->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    m_body->setVisible(open);
}

} // namespace tintype
