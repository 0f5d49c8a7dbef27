// Values as people write them in a line: "1, 2.5, 3", rows parted by semicolons.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Value.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace tintype {

/// Parted by commas or blanks.
QStringList listWords(const QString& text);
/// With a point, whatever the desktop's language: a comma parts numbers.
std::optional<double> numberFrom(const QString& word);
/// One number, a list, or a list of lists where rows are parted by semicolons; nothing when it is none of those.
std::optional<Value> numbersFrom(const QString& text);
QString lineFrom(const Value& value);

} // namespace tintype
