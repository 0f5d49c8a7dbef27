// The fields of a form: one for each parameter that people set.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationFields.h"

#include "core/document/DocumentState.h"
#include "core/operations/OperationCatalog.h"
#include "core/recipe/StepEdit.h"
#include "ui/operations/fields/FixedField.h"
#include "ui/operations/fields/LinkedField.h"
#include "ui/panels/CollapsibleSection.h"
#include "ui/panels/RecipeSteps.h"

#include <QVBoxLayout>

#include <algorithm>

namespace tintype {

namespace {

/// Optional parameters after this many fields are put away, so that a form shows what matters.
constexpr std::size_t MOST_FIELDS_IN_SIGHT = 5;
/// A longer list is a table that nobody edits in a line.
constexpr std::size_t LONGEST_LIST = 200;

bool isTable(const Value& value) {
    const auto* list = value.as<List>();
    return list && (list->size() > LONGEST_LIST || std::ranges::any_of(*list, isTable));
}

} // namespace

OperationFields::OperationFields(const OperationCatalog& catalog, QWidget* parent)
    : QScrollArea(parent), m_catalog(catalog) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
}

void OperationFields::showOperation(const Operation* operation, const DocumentState& state) {
    build(operation, nullptr, state);
}

void OperationFields::showStep(const Operation& operation, const Parameters& step, const DocumentState& state) {
    build(&operation, &step, state);
}

void OperationFields::build(const Operation* operation, const Parameters* step, const DocumentState& state) {
    m_entries.clear();
    m_isStep = step != nullptr;
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->setSpacing(10);
    auto* more = new CollapsibleSection(tr("More"));
    std::size_t inSight = 0;
    bool isRareSet = false;
    // The fields keep references to what the catalogue holds.
    for (std::size_t i = 0; operation && i < operation->inputs.size(); ++i) {
        const ParameterInfo& parameter = operation->inputs[i];
        if (parameter.hidden || &parameter == operation->firstImage())
            continue;
        ParameterField* field = addField(parameter, step, state);
        if (!field)
            continue;
        const bool rare = !parameter.required && (parameter.defaultValue.isNone() || inSight >= MOST_FIELDS_IN_SIGHT);
        if (rare)
            more->addWidget(field);
        else
            layout->addWidget(field);
        inSight += rare ? 0 : 1;
        isRareSet = isRareSet || (rare && step && !(field->value() == parameter.defaultValue));
    }
    // Nothing to look at but the rare ones, or a step that makes use of them.
    more->setOpen(inSight == 0 || isRareSet);
    more->setVisible(!more->isEmpty());
    layout->addWidget(more);
    layout->addStretch(1);
    setWidget(body);
}

/// A field that can show what a step has.
ParameterField* OperationFields::makeField(const ParameterInfo& parameter, const Value* given) const {
    bool isLinked = false;
    bool isOfImages = false;
    if (given)
        forEachInput(*given, [&](const NodeOutput& output) {
            isLinked = true;
            isOfImages = isOfImages || isImage(output, m_catalog);
        });
    if (given && (isOfImages || isTable(*given)))
        return new FixedField(parameter, *given, valueInWords(*given, m_catalog));
    if (isLinked && parameter.kind != ParameterKind::Bytes)
        return new LinkedField(parameter, *given, valueInWords(*given, m_catalog));
    return tintype::makeField(parameter);
}

ParameterField* OperationFields::addField(const ParameterInfo& parameter, const Parameters* step,
                                          const DocumentState& state) {
    const Value* given = step ? findParameter(*step, parameter.name) : nullptr;
    ParameterField* field = makeField(parameter, given);
    if (!field)
        return nullptr;
    field->showDocument(state);
    field->followCatalog(m_catalog);
    if (step)
        field->setValue(given ? *given : parameter.defaultValue);
    else
        field->reset();
    m_entries.push_back({field, field->value()});
    connect(field, &ParameterField::changed, this, &OperationFields::changed);
    return field;
}

void OperationFields::showDocument(const DocumentState& state) {
    for (const Entry& entry : m_entries)
        entry.field->showDocument(state);
}

void OperationFields::followCatalog() {
    for (const Entry& entry : m_entries)
        entry.field->followCatalog(m_catalog);
}

Parameters OperationFields::values() const {
    Parameters values;
    for (const Entry& entry : m_entries)
        if (Value value = entry.field->value(); !value.isNone())
            values.emplace_back(entry.field->parameter().name, std::move(value));
    return values;
}

Parameters OperationFields::changes() const {
    Parameters changes;
    for (const Entry& entry : m_entries)
        if (Value value = entry.field->value(); !(value == entry.shown))
            changes.emplace_back(entry.field->parameter().name, std::move(value));
    return changes;
}

void OperationFields::setValues(const Parameters& values) {
    for (const Entry& entry : m_entries)
        if (const Value* value = findParameter(values, entry.field->parameter().name))
            entry.field->setValue(*value);
}

void OperationFields::reset() {
    for (const Entry& entry : m_entries) {
        if (m_isStep)
            entry.field->setValue(entry.shown);
        else
            entry.field->reset();
    }
}

bool OperationFields::isValid() const {
    return std::ranges::all_of(m_entries, [](const Entry& entry) { return entry.field->isValid(); });
}

QWidget* OperationFields::first() const {
    return m_entries.empty() ? nullptr : m_entries.front().field;
}

} // namespace tintype
