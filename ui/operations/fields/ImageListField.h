// Several images in a form: those that are ticked, in the order into which they are dragged.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/fields/ParameterField.h"

class QListWidget;

namespace tintype {

class ImageListField : public ParameterField {
    Q_OBJECT
public:
    explicit ImageListField(const ParameterInfo& parameter);
    Value value() const override;
    void setValue(const Value& value) override;
    /// All images.
    void reset() override;
    void showDocument(const DocumentState& state) override;

private:
    void check();

    QListWidget* m_list = nullptr;
    std::vector<std::pair<QString, NodeOutput>> m_images;
};

} // namespace tintype
