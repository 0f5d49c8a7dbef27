// The catalogue as JSON for programs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

#include <QJsonObject>

namespace tintype {

QJsonObject operationJson(const Operation& operation);

} // namespace tintype
