// The catalogue as JSON for programs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/CatalogJson.h"

#include <cmath>

namespace tintype {

namespace {

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

/// Defaults are plain numbers, texts and lists of them; a default that is nothing is null.
QJsonValue plainJson(const Value& value) {
    if (const auto* boolean = value.as<bool>())
        return *boolean;
    if (const auto* string = value.as<std::string>())
        return text(*string);
    if (const auto* list = value.as<List>()) {
        QJsonArray array;
        for (const Value& item : *list)
            array.append(plainJson(item));
        return array;
    }
    double number = 0;
    return value.toNumber(number) ? QJsonValue(number) : QJsonValue(QJsonValue::Null);
}

void insertLimit(QJsonObject& json, const char* key, double limit) {
    if (std::isfinite(limit))
        json.insert(QLatin1String(key), limit);
}

bool isNumeric(const ParameterInfo& info) {
    return info.kind == ParameterKind::Integer || info.kind == ParameterKind::Number ||
           info.kind == ParameterKind::NumberList || (info.kind == ParameterKind::IntegerList && info.choices.empty());
}

QJsonObject parameterJson(const ParameterInfo& info) {
    QJsonObject json{{QStringLiteral("name"), text(info.name)},
                     {QStringLiteral("title"), text(info.title)},
                     {QStringLiteral("help"), text(info.help)},
                     {QStringLiteral("kind"), text(kindName(info.kind))}};
    json.insert(QStringLiteral("required"), info.required);
    if (!info.choices.empty()) {
        QJsonArray choices;
        for (const Choice& choice : info.choices)
            choices.append(text(choice.value));
        json.insert(QStringLiteral("choices"), choices);
        json.insert(QStringLiteral("type"), text(info.engineType));
    }
    if (info.output)
        return json;
    json.insert(QStringLiteral("hidden"), info.hidden);
    if (!info.required)
        json.insert(QStringLiteral("default"), plainJson(info.defaultValue));
    if (isNumeric(info)) {
        insertLimit(json, "minimum", info.minimum);
        insertLimit(json, "maximum", info.maximum);
    }
    if (!info.unit.empty())
        json.insert(QStringLiteral("unit"), text(info.unit));
    return json;
}

QJsonArray parametersJson(const std::vector<ParameterInfo>& infos) {
    QJsonArray array;
    for (const ParameterInfo& info : infos)
        array.append(parameterJson(info));
    return array;
}

} // namespace

QJsonArray catalogJson(const OperationCatalog& catalog) {
    QJsonArray array;
    for (const Operation* operation : catalog.all())
        array.append(operationJson(*operation));
    return array;
}

QJsonObject operationJson(const Operation& operation) {
    QJsonArray keywords;
    for (const std::string& keyword : operation.keywords)
        keywords.append(text(keyword));
    return {{QStringLiteral("id"), text(operation.id)},
            {QStringLiteral("title"), text(operation.title)},
            {QStringLiteral("category"), text(operation.category)},
            {QStringLiteral("help"), text(operation.help)},
            {QStringLiteral("signature"), text(operation.signature())},
            {QStringLiteral("hidden"), operation.hidden},
            {QStringLiteral("origin"), text(operation.origin)},
            {QStringLiteral("keywords"), keywords},
            {QStringLiteral("inputs"), parametersJson(operation.inputs)},
            {QStringLiteral("outputs"), parametersJson(operation.outputs)}};
}

} // namespace tintype
