// A value of a step that its form shows and leaves as it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/FixedField.h"

#include <QHBoxLayout>
#include <QLabel>

namespace tintype {

FixedField::FixedField(const ParameterInfo& parameter, Value value, const QString& words)
    : ParameterField(parameter), m_value(std::move(value)) {
    auto* label = new QLabel(words);
    label->setObjectName(QStringLiteral("fixed"));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row()->addWidget(label, 1);
}

} // namespace tintype
