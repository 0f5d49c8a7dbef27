// Lays the overrides data over introspected operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/Overrides.h"

#include "core/Error.h"
#include "core/operations/ColourMaps.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <set>

namespace tintype {

using namespace Qt::StringLiterals;

namespace {

std::vector<std::string> texts(const QJsonValue& value) {
    std::vector<std::string> list;
    for (const QJsonValue& item : value.toArray())
        list.push_back(item.toString().toStdString());
    return list;
}

std::set<std::string> textSet(const QJsonValue& value) {
    const std::vector<std::string> list = texts(value);
    return {list.begin(), list.end()};
}

/// JSON has one kind of number; the parameter says which is meant.
Value valueFor(const ParameterInfo& info, const QJsonValue& json) {
    if (json.isBool())
        return Value(json.toBool());
    if (json.isString())
        return Value(json.toString().toStdString());
    if (json.isDouble() && (info.kind == ParameterKind::Integer || info.kind == ParameterKind::IntegerList))
        return Value(std::int64_t(json.toInteger()));
    if (json.isDouble())
        return Value(json.toDouble());
    if (!json.isArray())
        return Value();
    List list;
    for (const QJsonValue& item : json.toArray())
        list.push_back(valueFor(info, item));
    return Value(std::move(list));
}

void setText(std::string& text, const QJsonObject& json, QLatin1StringView key) {
    if (const QJsonValue value = json.value(key); value.isString())
        text = value.toString().toStdString();
}

void setRange(double& minimum, double& maximum, const QJsonValue& range) {
    if (!range.isArray())
        return;
    minimum = range.toArray().at(0).toDouble();
    maximum = range.toArray().at(1).toDouble();
}

void setChoiceTitles(std::vector<Choice>& choices, const QJsonObject& titles) {
    for (Choice& choice : choices)
        setText(choice.title, titles, QLatin1StringView(choice.value.c_str()));
}

/// A list of values, which are all that is left, in this order; titles stand elsewhere.
void restrictChoices(std::vector<Choice>& choices, const QJsonValue& wanted) {
    if (!wanted.isArray())
        return;
    std::vector<Choice> kept;
    for (const std::string& value : texts(wanted)) {
        const auto found = std::ranges::find(choices, value, &Choice::value);
        kept.push_back(found == choices.end() ? Choice{value, value} : *found);
    }
    choices = std::move(kept);
}

void keepInside(double& value, double minimum, double maximum) {
    value = std::clamp(value, minimum, maximum);
}

/// Words, unit and ranges.
void describeWords(ParameterInfo& info, const QJsonObject& json) {
    setText(info.title, json, "title"_L1);
    setText(info.help, json, "help"_L1);
    setText(info.unit, json, "unit"_L1);
    setRange(info.minimum, info.maximum, json.value("range"_L1));
    setRange(info.sliderMinimum, info.sliderMaximum, json.value("slider"_L1));
    keepInside(info.sliderMinimum, info.minimum, info.maximum);
    keepInside(info.sliderMaximum, info.minimum, info.maximum);
    info.fixedLength = json.value("length"_L1).toInt(info.fixedLength);
    info.hidden = json.value("hidden"_L1).toBool(info.hidden);
}

/// Null: the engine has a way of its own to find the value, which no number stands for.
void describeDefault(ParameterInfo& info, const QJsonObject& json) {
    if (json.contains("default"_L1)) {
        info.defaultValue = valueFor(info, json.value("default"_L1));
        if (info.defaultValue.isNone())
            info.engineDefault = Value();
    }
    if (json.contains("engineDefault"_L1))
        info.engineDefault = valueFor(info, json.value("engineDefault"_L1));
}

/// The choices are Tintype's own maps; more may come.
void describeColourMap(ParameterInfo& info) {
    info.kind = ParameterKind::Choice;
    info.engineType = COLOUR_MAP_TYPE;
    info.choices.clear();
    for (const ColourMapPtr& map : builtInColourMaps())
        info.choices.push_back({map->name, map->title});
}

} // namespace

Overrides::Overrides() {
    QFile file(u":/core/operations/overrides.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorCode::Internal, "the descriptions of the operations are missing from this build");
    QJsonParseError error;
    const QJsonObject data = QJsonDocument::fromJson(file.readAll(), &error).object();
    if (error.error != QJsonParseError::NoError)
        throw Error(ErrorCode::Internal, "overrides.json, character " + std::to_string(error.offset) + ": " +
                                             error.errorString().toStdString());
    m_categories = texts(data.value("categories"_L1));
    m_hidden = textSet(data.value("hidden"_L1));
    m_pixelwiseFamilies = textSet(data.value("pixelwise"_L1));
    m_families = data.value("families"_L1).toObject();
    m_choiceTitles = data.value("choiceTitles"_L1).toObject();
    m_parameters = data.value("parameters"_L1).toObject();
    m_operations = data.value("operations"_L1).toObject();
}

std::string Overrides::familyCategory(const Operation& operation) const {
    const QJsonValue category = m_families.value(QString::fromStdString(operation.family));
    return category.isString() ? category.toString().toStdString() : m_categories.back();
}

void Overrides::apply(Operation& operation) const {
    const QJsonObject json = m_operations.value(QString::fromStdString(operation.id)).toObject();
    operation.described = json.contains("title"_L1);
    operation.category = familyCategory(operation);
    setText(operation.title, json, "title"_L1);
    setText(operation.category, json, "category"_L1);
    setText(operation.help, json, "help"_L1);
    operation.keywords = texts(json.value("keywords"_L1));
    operation.keepsFormat = json.value("keepsFormat"_L1).toBool();
    operation.hidden = m_hidden.contains(operation.id);
    operation.pixelwise = json.value("pixelwise"_L1).toBool(m_pixelwiseFamilies.contains(operation.family));

    const QJsonObject own = json.value("parameters"_L1).toObject();
    for (std::vector<ParameterInfo>* infos : {&operation.inputs, &operation.outputs}) {
        for (ParameterInfo& info : *infos) {
            const QString name = QString::fromStdString(info.name);
            describeParameter(info, m_parameters.value(name).toObject(), own.value(name).toObject());
        }
    }
}

void Overrides::describeParameter(ParameterInfo& info, const QJsonObject& common, const QJsonObject& own) const {
    const QString type = QString::fromStdString(info.engineType);
    // An array of numbers may stand for choices of an enumeration.
    restrictChoices(info.choices, common.value("choices"_L1));
    restrictChoices(info.choices, own.value("choices"_L1));
    setChoiceTitles(info.choices, m_choiceTitles.value(type).toObject());
    if (own.value("colourMap"_L1).toBool())
        describeColourMap(info);
    describeWords(info, common);
    describeWords(info, own);
    setChoiceTitles(info.choices, own.value("choiceTitles"_L1).toObject());
    if (info.output)
        return;
    describeDefault(info, common);
    describeDefault(info, own);
}

} // namespace tintype
