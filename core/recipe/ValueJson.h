// Values as JSON and back, without loss.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Value.h"

#include <QJsonObject>
#include <QJsonValue>

#include <functional>
#include <string>

namespace tintype {

// Problem: JSON has one kind of number and only Unicode texts. What it can hold stands as it is; a double that would
// come back as an integer or not at all is {"number": "2.0"}, bytes are {"bytes": base64}, a text that is not UTF-8, as
// file names may be, is {"text": base64}.

/// `link` writes the outputs of nodes.
QJsonValue valueToJson(const Value& value, const std::function<QJsonObject(const NodeOutput&)>& link);
/// `link` reads an object with the key "node". Throws RecipeError.
Value valueFromJson(const QJsonValue& json, const std::function<NodeOutput(const QJsonObject&)>& link);

QJsonValue textToJson(const std::string& text);
/// Throws RecipeError, which names what was wanted, for anything but a text.
std::string textFromJson(const QJsonValue& json, const char* what);

} // namespace tintype
