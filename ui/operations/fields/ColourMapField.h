// One of the colour maps in a form, with its colours.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/fields/ParameterField.h"

class QComboBox;

namespace tintype {

/// The list follows the maps that come and go. What a step holds that no map has, a name with its colours, is an entry as well.
class ColourMapField : public ParameterField {
    Q_OBJECT
public:
    explicit ColourMapField(const ParameterInfo& parameter);
    Value value() const override;
    void setValue(const Value& value) override;
    void followCatalog(const OperationCatalog& catalog) override;

private:
    void check();

    QComboBox* m_combo = nullptr;
    const OperationCatalog* m_catalog = nullptr;
};

} // namespace tintype
