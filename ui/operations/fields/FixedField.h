// A value of a step that its form shows and leaves as it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/fields/ParameterField.h"

namespace tintype {

/// For images that earlier steps make, and for tables that nobody reads in a line.
class FixedField : public ParameterField {
    Q_OBJECT
public:
    /// `words` is what people read.
    FixedField(const ParameterInfo& parameter, Value value, const QString& words);
    Value value() const override { return m_value; }
    void setValue(const Value&) override {}

private:
    const Value m_value;
};

} // namespace tintype
