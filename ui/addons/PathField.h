// A file or a folder in a form: its path, and a button that opens the dialog.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/fields/ParameterField.h"

class QLineEdit;
class QSettings;

namespace tintype {

class PathField : public ParameterField {
    Q_OBJECT
public:
    PathField(const ParameterInfo& parameter, bool isFolder, QSettings& settings);
    Value value() const override;
    void setValue(const Value& value) override;

private:
    void choose();

    const bool m_isFolder;
    QSettings& m_settings;
    QLineEdit* m_edit;
};

} // namespace tintype
