// What all of Tintype's JSON files have in common: one object with the number of the format.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/JsonFormat.h"

#include "core/Error.h"

#include <QJsonDocument>

#include <string>

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {
constexpr int VERSION = 1;
}

QByteArray writeFormat(const QJsonObject& object) {
    // The version comes first, where people and programs that tell files apart look for it; QJsonObject sorts its keys.
    QByteArray text = QJsonDocument(object).toJson();
    return text.replace(0, 1, "{\n    \"tintype\": " + QByteArray::number(VERSION) + ",");
}

QJsonObject readFormat(const QByteArray& json, const char* what) {
    const std::string name = what;
    if (json.isEmpty())
        throw Error(ErrorCode::Recipe, "this " + name + " is empty (0 bytes)");
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (problem.error != QJsonParseError::NoError)
        throw Error(ErrorCode::Recipe, "this is not a " + name + ": it is not JSON (" +
                                           problem.errorString().toStdString() + " at byte " +
                                           std::to_string(problem.offset) + ")");
    const QJsonObject object = document.object();
    const qint64 version = object["tintype"_L1].toInteger(0);
    if (version < 1)
        throw Error(ErrorCode::Recipe,
                    "this is not a " + name + " of Tintype: it lacks the key tintype with a version");
    if (version > VERSION)
        throw Error(ErrorCode::Recipe, "this " + name + " was written by a newer Tintype (format " +
                                           std::to_string(version) + "; this one reads up to " +
                                           std::to_string(VERSION) + ")");
    return object;
}

} // namespace tintype
