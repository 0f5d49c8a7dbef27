// An image in a form: one of those that are open, or a number for an image of that value, or rows of numbers for a mask.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/fields/ParameterField.h"

#include <map>

class QComboBox;

namespace tintype {

class ImageField : public ParameterField {
    Q_OBJECT
public:
    explicit ImageField(const ParameterInfo& parameter);
    Value value() const override { return m_value; }
    void setValue(const Value& value) override;
    void reset() override;
    void showDocument(const DocumentState& state) override;

private:
    /// A picture as a mask would be thousands of numbers for each pixel, so none is proposed.
    bool isMask() const;
    void read();

    QComboBox* m_combo = nullptr;
    std::map<QString, NodeOutput> m_images;
    QString m_proposal; ///< the first open image that is not the active one
    Value m_value;
};

} // namespace tintype
