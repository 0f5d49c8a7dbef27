// A parameter that is linked to a number found on the picture: the link is kept, or a value of one's own takes its place.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/fields/ParameterField.h"

class QCheckBox;
class QLabel;

namespace tintype {

class LinkedField : public ParameterField {
    Q_OBJECT
public:
    /// `link` holds outputs of nodes; `words` say of which.
    LinkedField(const ParameterInfo& parameter, Value link, const QString& words);

    const Value& link() const { return m_link; }
    Value value() const override;
    void setValue(const Value& value) override;
    void showDocument(const DocumentState& state) override { m_own->showDocument(state); }
    bool isValid() const override;
    /// What the link leads to has been computed; it is proposed in the link's place. `words` say it shortly.
    void showFound(const Value& found, const QString& words);

private:
    void follow();

    const Value m_link;
    const QString m_words;
    QCheckBox* m_isLinked = nullptr;
    QLabel* m_found = nullptr;
    ParameterField* m_own = nullptr; ///< for the value of one's own
};

} // namespace tintype
