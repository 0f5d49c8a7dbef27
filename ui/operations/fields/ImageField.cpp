// An image in a form: one of those that are open, or a number for an image of that value, or rows of numbers for a mask.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/ImageField.h"

#include "core/document/DocumentState.h"
#include "ui/operations/fields/ValueText.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>

namespace tintype {

ImageField::ImageField(const ParameterInfo& parameter) : ParameterField(parameter), m_combo(new QComboBox) {
    m_combo->setEditable(true);
    m_combo->setInsertPolicy(QComboBox::NoInsert);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->lineEdit()->setPlaceholderText(isMask()            ? tr("Rows of numbers: 1 2 1; 2 4 2; 1 2 1")
                                            : mayBeAutomatic() ? tr("None")
                                                               : tr("An open image, or numbers"));
    guardWheel(m_combo);
    row()->addWidget(m_combo, 1);
    setFocusProxy(m_combo);
    connect(m_combo, &QComboBox::editTextChanged, this, [this] {
        read();
        Q_EMIT changed();
    });
    read();
}

bool ImageField::isMask() const {
    return parameter().name == "mask";
}

void ImageField::showDocument(const DocumentState& state) {
    const QString text = m_combo->currentText();
    const QSignalBlocker blocker(m_combo);
    m_combo->clear();
    m_images.clear();
    m_proposal.clear();
    for (const std::string& name : state.imageNames()) {
        const QString shown = QString::fromStdString(name);
        m_combo->addItem(shown);
        m_images[shown] = state.image(name).output();
        if (m_proposal.isEmpty() && name != state.active())
            m_proposal = shown;
    }
    m_combo->setEditText(text);
    read();
}

void ImageField::reset() {
    if (!parameter().defaultValue.isNone())
        setValue(parameter().defaultValue);
    else
        m_combo->setEditText(parameter().required && !isMask() ? m_proposal : QString());
    read();
}

void ImageField::setValue(const Value& value) {
    QString text = lineFrom(value);
    for (const auto& [name, output] : m_images)
        if (value.as<NodeOutput>() && *value.as<NodeOutput>() == output)
            text = name;
    m_combo->setEditText(text);
    read();
}

void ImageField::read() {
    const QString text = m_combo->currentText().trimmed();
    m_value = {};
    if (const auto found = m_images.find(text); found != m_images.end())
        m_value = found->second;
    else if (const std::optional<Value> numbers = numbersFrom(text))
        m_value = *numbers;
    const bool missing = m_value.isNone() && !(text.isEmpty() && !parameter().required);
    if (!missing)
        setError({});
    else if (text.isEmpty() && isMask())
        setError(tr("Write the rows of the mask, parted by semicolons, or choose an image that holds it."));
    else if (text.isEmpty())
        setError(tr("Choose an open image, or write a number for an image of that value, or rows of numbers parted by "
                    "semicolons."));
    else
        setError(tr("No open image is named “%1”, and it is not a number.").arg(text));
}

} // namespace tintype
