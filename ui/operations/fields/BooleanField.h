// A truth value in a form: a check box.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/fields/ParameterField.h"

class QCheckBox;

namespace tintype {

class BooleanField : public ParameterField {
    Q_OBJECT
public:
    explicit BooleanField(const ParameterInfo& parameter);
    Value value() const override;
    void setValue(const Value& value) override;

private:
    QCheckBox* m_box = nullptr;
};

} // namespace tintype
