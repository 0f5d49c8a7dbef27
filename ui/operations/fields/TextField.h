// A text or a list of numbers in a form, written in one line.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/fields/ParameterField.h"

class QLineEdit;

namespace tintype {

class TextField : public ParameterField {
    Q_OBJECT
public:
    explicit TextField(const ParameterInfo& parameter);
    Value value() const override { return m_value; }
    void setValue(const Value& value) override;

private:
    void addFileButton();
    void read();
    /// Empty when the text is fine.
    QString readText(const QString& text);
    QString readList(const QString& text);
    QString readItem(const QString& word, List& items) const;

    QLineEdit* m_edit = nullptr;
    Value m_value;
};

} // namespace tintype
