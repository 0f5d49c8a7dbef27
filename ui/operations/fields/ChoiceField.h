// One of several named values in a form.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/fields/ParameterField.h"

class QComboBox;

namespace tintype {

class ChoiceField : public ParameterField {
    Q_OBJECT
public:
    explicit ChoiceField(const ParameterInfo& parameter);
    Value value() const override;
    void setValue(const Value& value) override;

private:
    QComboBox* m_combo = nullptr;
};

} // namespace tintype
