// One parameter in a form: its title, the editor of its value, and what is wrong with the value.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/ParameterField.h"

#include "core/operations/ColourMaps.h"
#include "ui/code/CodeColors.h"
#include "ui/operations/fields/BooleanField.h"
#include "ui/operations/fields/ChoiceField.h"
#include "ui/operations/fields/ColourMapField.h"
#include "ui/operations/fields/ImageField.h"
#include "ui/operations/fields/ImageListField.h"
#include "ui/operations/fields/NumberField.h"
#include "ui/operations/fields/TextField.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tintype {

ParameterField::ParameterField(const ParameterInfo& parameter)
    : m_parameter(parameter), m_title(new QLabel(title())), m_error(new QLabel), m_row(new QHBoxLayout) {
    setObjectName(QString::fromStdString(parameter.name));
    const QString help = QString::fromStdString(parameter.help);
    const QString range = allowedRange(parameter);
    setToolTip(range.isEmpty() ? help : help + (help.isEmpty() ? QString() : u"\n"_s) + tr("Allowed: %1").arg(range));
    m_error->setObjectName(u"error"_s);
    m_error->setWordWrap(true);
    m_error->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addLayout(m_row);
    layout->addWidget(m_error);
}

QString ParameterField::title() const {
    const QString name = QString::fromStdString(m_parameter.title.empty() ? m_parameter.name : m_parameter.title);
    const QString unit = QString::fromStdString(m_parameter.unit);
    // Beside a single number the unit stands in its box.
    const bool inBox = m_parameter.kind == ParameterKind::Number || m_parameter.kind == ParameterKind::Integer;
    return unit.isEmpty() || inBox ? name : tr("%1 (%2)").arg(name, unit);
}

void ParameterField::hideTitle() {
    m_title->hide();
}

void ParameterField::setError(const QString& error) {
    m_valid = error.isEmpty();
    m_error->setText(error);
    m_error->setVisible(!m_valid);
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, CodeColors::of(palette()).error);
    m_error->setPalette(ink);
}

void ParameterField::guardWheel(QWidget* editor) {
    editor->setFocusPolicy(Qt::StrongFocus);
    editor->installEventFilter(this);
}

bool ParameterField::eventFilter(QObject* watched, QEvent* event) {
    const auto* editor = qobject_cast<QWidget*>(watched);
    if (event->type() == QEvent::Wheel && editor && !editor->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

ParameterField* makeField(const ParameterInfo& parameter) {
    switch (parameter.kind) {
    case ParameterKind::Boolean:
        return new BooleanField(parameter);
    case ParameterKind::Integer:
    case ParameterKind::Number:
        return new NumberField(parameter);
    case ParameterKind::Choice:
    case ParameterKind::Interpolator:
        if (parameter.engineType == COLOUR_MAP_TYPE)
            return new ColourMapField(parameter);
        return parameter.choices.empty() ? static_cast<ParameterField*>(new TextField(parameter))
                                         : new ChoiceField(parameter);
    case ParameterKind::Text:
    case ParameterKind::NumberList:
    case ParameterKind::IntegerList:
        return new TextField(parameter);
    case ParameterKind::Image:
        return new ImageField(parameter);
    case ParameterKind::ImageList:
        return new ImageListField(parameter);
    case ParameterKind::Bytes:
        return nullptr;
    }
    return nullptr;
}

QString allowedRange(const ParameterInfo& parameter) {
    constexpr double EVERYTHING = 1e7;
    if (parameter.maximum <= parameter.minimum)
        return {};
    const QString low = QString::number(parameter.minimum == 0 ? 0 : parameter.minimum);
    const QString high = QString::number(parameter.maximum, 'g', 10);
    if (parameter.minimum > -EVERYTHING && parameter.maximum < EVERYTHING)
        return ParameterField::tr("%1 to %2").arg(low, high);
    if (parameter.minimum > -EVERYTHING)
        return ParameterField::tr("at least %1").arg(low);
    return parameter.maximum < EVERYTHING ? ParameterField::tr("at most %1").arg(high) : QString();
}

} // namespace tintype
