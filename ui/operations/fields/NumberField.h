// A number in a form: a spin box for everything that is allowed, and a slider for what is useful.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/fields/ParameterField.h"

class QCheckBox;
class QDoubleSpinBox;
class QSlider;

namespace tintype {

class NumberField : public ParameterField {
    Q_OBJECT
public:
    explicit NumberField(const ParameterInfo& parameter);
    Value value() const override;
    void setValue(const Value& value) override;
    /// By how much the arrows change it; 0: as usual.
    void setStep(double step);

private:
    /// The slider's way from 0 to 1 and the value there; bent where useful values span several powers of ten.
    double valueAt(double way) const;
    double wayOf(double value) const;
    void buildSlider();
    void buildAutomatic();
    void showOnSlider();
    bool isAutomatic() const;

    const bool m_integer;
    /// What was set, and how the spin box shows it: a default such as 1 / 2.4 has more digits than people want to see.
    double m_exact = 0;
    double m_shown = 0;
    QDoubleSpinBox* m_spin = nullptr;
    QSlider* m_slider = nullptr;      ///< null when there is no useful range
    QCheckBox* m_automatic = nullptr; ///< null when a value is needed
};

} // namespace tintype
