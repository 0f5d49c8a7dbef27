// What all of Tintype's JSON files have in common: one object with the number of the format.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace tintype {

/// The object, which must not be empty, as text for people that begins with {"tintype": 1.
QByteArray writeFormat(const QJsonObject& object);
/// Throws RecipeError with the reason: empty, not JSON, not ours, written by a newer version. `what` is "recipe" or
/// "project".
QJsonObject readFormat(const QByteArray& json, const char* what);

} // namespace tintype
