// A truth value in a form: a check box.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/BooleanField.h"

#include <QCheckBox>
#include <QHBoxLayout>

namespace tintype {

BooleanField::BooleanField(const ParameterInfo& parameter) : ParameterField(parameter), m_box(new QCheckBox(title())) {
    hideTitle();
    // Half checked: left to the operation.
    m_box->setTristate(mayBeAutomatic());
    row()->addWidget(m_box);
    setFocusProxy(m_box);
    reset();
    connect(m_box, &QCheckBox::stateChanged, this, &BooleanField::changed);
}

Value BooleanField::value() const {
    return m_box->checkState() == Qt::PartiallyChecked ? Value() : Value(m_box->isChecked());
}

void BooleanField::setValue(const Value& value) {
    double number = 0;
    if (value.toNumber(number))
        m_box->setCheckState(number != 0 ? Qt::Checked : Qt::Unchecked);
    else
        m_box->setCheckState(mayBeAutomatic() ? Qt::PartiallyChecked : Qt::Unchecked);
}

} // namespace tintype
