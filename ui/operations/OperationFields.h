// The fields of a form: one for each parameter that people set.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

#include <QScrollArea>

#include <vector>

namespace tintype {

class DocumentState;
class OperationCatalog;
class ParameterField;

/// Left out are the first image input, which the form is for, and what people have no need of. Optional parameters that are
/// rarely used are put away below "More". The parameters belong to the catalogue.
class OperationFields : public QScrollArea {
    Q_OBJECT
public:
    explicit OperationFields(const OperationCatalog& catalog, QWidget* parent = nullptr);

    /// Fields with what the operation proposes; none for null.
    void showOperation(const Operation* operation, const DocumentState& state);
    /// Fields with what a step of the operation has.
    void showStep(const Operation& operation, const Parameters& step, const DocumentState& state);
    void showDocument(const DocumentState& state);
    /// What add-ons bring has come or gone.
    void followCatalog();

    /// What the fields say, without what is left to the operation.
    Parameters values() const;
    /// What differs from what was shown first; an empty value for what is left to the operation now.
    Parameters changes() const;
    /// Names that have no field are ignored.
    void setValues(const Parameters& values);
    /// What was shown first.
    void reset();
    bool isValid() const;
    bool isEmpty() const { return m_entries.empty(); }
    /// Null when there are none.
    QWidget* first() const;

Q_SIGNALS:
    void changed();

private:
    struct Entry {
        ParameterField* field;
        Value shown; ///< what it said at first
    };
    void build(const Operation* operation, const Parameters* step, const DocumentState& state);
    ParameterField* makeField(const ParameterInfo& parameter, const Value* given) const;
    ParameterField* addField(const ParameterInfo& parameter, const Parameters* step, const DocumentState& state);

    const OperationCatalog& m_catalog;
    std::vector<Entry> m_entries;
    bool m_isStep = false;
};

} // namespace tintype
