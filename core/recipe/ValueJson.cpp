// Values as JSON and back, without loss.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/ValueJson.h"

#include "core/Error.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>

#include <charconv>
#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

QString base64(const char* data, std::size_t size) {
    return QString::fromLatin1(QByteArray::fromRawData(data, qsizetype(size)).toBase64());
}

QByteArray fromBase64(const QJsonValue& json) {
    const auto decoded =
        QByteArray::fromBase64Encoding(json.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!json.isString() || !decoded)
        throw Error(ErrorCode::Recipe, "bytes must be a text in Base64");
    return *decoded;
}

QJsonValue numberToJson(const Value& value) {
    const double number = *value.as<double>();
    if (std::isfinite(number) && std::trunc(number) != number)
        return number;
    return QJsonObject{{u"number"_s, QString::fromStdString(value.toText())}};
}

double numberFromJson(const QJsonValue& json) {
    const std::string text = json.toString().toStdString();
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (!json.isString() || error != std::errc() || end != text.data() + text.size())
        throw Error(ErrorCode::Recipe, "\"" + text + "\" is not a number");
    return number;
}

QString compact(const QJsonObject& object) {
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact).left(80));
}

Value objectFromJson(const QJsonObject& object, const std::function<NodeOutput(const QJsonObject&)>& link) {
    if (object.contains("node"_L1))
        return link(object);
    if (object.contains("number"_L1))
        return numberFromJson(object["number"_L1]);
    if (object.contains("text"_L1))
        return fromBase64(object["text"_L1]).toStdString();
    if (object.contains("bytes"_L1)) {
        const QByteArray bytes = fromBase64(object["bytes"_L1]);
        return std::make_shared<const Bytes>(bytes.begin(), bytes.end());
    }
    throw Error(ErrorCode::Recipe,
                compact(object).toStdString() + " is not a value; an object has the key node, number, text or bytes");
}

} // namespace

QJsonValue textToJson(const std::string& text) {
    const QString unicode = QString::fromStdString(text);
    if (unicode.toStdString() == text)
        return unicode;
    return QJsonObject{{u"text"_s, base64(text.data(), text.size())}};
}

std::string textFromJson(const QJsonValue& json, const char* what) {
    if (json.isString())
        return json.toString().toStdString();
    if (json.isObject() && json.toObject().contains("text"_L1))
        return fromBase64(json.toObject()["text"_L1]).toStdString();
    throw Error(ErrorCode::Recipe, std::string(what) + " must be a text");
}

QJsonValue valueToJson(const Value& value, const std::function<QJsonObject(const NodeOutput&)>& link) {
    if (auto* flag = value.as<bool>())
        return *flag;
    if (auto* integer = value.as<std::int64_t>())
        return qint64(*integer);
    if (value.as<double>())
        return numberToJson(value);
    if (auto* text = value.as<std::string>())
        return textToJson(*text);
    if (auto* output = value.as<NodeOutput>())
        return link(*output);
    if (auto* bytes = value.as<BytesPtr>()) {
        const Bytes& data = **bytes;
        return QJsonObject{{u"bytes"_s, base64(reinterpret_cast<const char*>(data.data()), data.size())}};
    }
    if (auto* list = value.as<List>()) {
        QJsonArray array;
        for (const Value& item : *list)
            array.append(valueToJson(item, link));
        return array;
    }
    return QJsonValue::Null;
}

Value valueFromJson(const QJsonValue& json, const std::function<NodeOutput(const QJsonObject&)>& link) {
    switch (json.type()) {
    case QJsonValue::Bool:
        return json.toBool();
    case QJsonValue::Double: {
        const double number = json.toDouble();
        // A double without a fraction was not written as a plain number; but one beyond the integers may come from
        // elsewhere.
        const bool isInteger = std::trunc(number) == number && std::abs(number) <= 9.3e18;
        if (isInteger && QJsonValue(json.toInteger()) == json)
            return std::int64_t(json.toInteger());
        return number;
    }
    case QJsonValue::String:
        return json.toString().toStdString();
    case QJsonValue::Array: {
        List list;
        for (const QJsonValue& item : json.toArray())
            list.push_back(valueFromJson(item, link));
        return list;
    }
    case QJsonValue::Object:
        return objectFromJson(json.toObject(), link);
    default:
        return {};
    }
}

} // namespace tintype
