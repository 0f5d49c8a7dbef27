// One of several named values in a form.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/ChoiceField.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace tintype {

ChoiceField::ChoiceField(const ParameterInfo& parameter) : ParameterField(parameter), m_combo(new QComboBox) {
    if (mayBeAutomatic())
        m_combo->addItem(tr("Automatic"), QString());
    for (const Choice& choice : parameter.choices)
        m_combo->addItem(QString::fromStdString(choice.title.empty() ? choice.value : choice.title),
                         QString::fromStdString(choice.value));
    guardWheel(m_combo);
    row()->addWidget(m_combo, 1);
    setFocusProxy(m_combo);
    reset();
    connect(m_combo, &QComboBox::currentIndexChanged, this, &ChoiceField::changed);
}

Value ChoiceField::value() const {
    const QString chosen = m_combo->currentData().toString();
    return chosen.isEmpty() ? Value() : Value(chosen.toStdString());
}

void ChoiceField::setValue(const Value& value) {
    const auto* text = value.as<std::string>();
    const int index = m_combo->findData(text ? QString::fromStdString(*text) : QString());
    m_combo->setCurrentIndex(std::max(0, index));
}

} // namespace tintype
