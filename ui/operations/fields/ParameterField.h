// One parameter in a form: its title, the editor of its value, and what is wrong with the value.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace tintype {

class DocumentState;
class OperationCatalog;

/// An empty Value means that the parameter is left to the operation, which people read as "automatic". Subclasses put
/// their editor into row(), Q_EMIT changed() when a person changes it, and name in setError() what is allowed. The
/// parameter belongs to the catalogue and lives as long as the program.
class ParameterField : public QWidget {
    Q_OBJECT
public:
    explicit ParameterField(const ParameterInfo& parameter);

    const ParameterInfo& parameter() const { return m_parameter; }
    virtual Value value() const = 0;
    virtual void setValue(const Value& value) = 0;
    /// What the field proposes when the form opens.
    virtual void reset() { setValue(m_parameter.defaultValue); }
    /// The open images have changed.
    virtual void showDocument(const DocumentState&) {}
    virtual bool isValid() const { return m_valid; }
    /// For a field that is a part of another one.
    void hideTitle();
    /// What add-ons bring has come or gone; called at first as well.
    virtual void followCatalog(const OperationCatalog&) {}

Q_SIGNALS:
    void changed();

protected:
    QHBoxLayout* row() const { return m_row; }
    QString title() const;
    /// Empty when there is nothing wrong.
    void setError(const QString& error);
    bool mayBeAutomatic() const { return !m_parameter.required && m_parameter.defaultValue.isNone(); }
    /// Keeps the wheel for scrolling the form while the keyboard is elsewhere.
    void guardWheel(QWidget* editor);
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const ParameterInfo& m_parameter;
    QLabel* m_title = nullptr;
    QLabel* m_error = nullptr;
    QHBoxLayout* m_row = nullptr;
    bool m_valid = true;
};

/// Null for what a form cannot ask for (bytes).
ParameterField* makeField(const ParameterInfo& parameter);

/// "0.01 to 1000", "at least 1", or nothing where everything is allowed.
QString allowedRange(const ParameterInfo& parameter);

} // namespace tintype
