// The catalogue as JSON for programs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/OperationCatalog.h"

#include <QJsonArray>
#include <QJsonObject>

namespace tintype {

/// All operations, by id.
QJsonArray catalogJson(const OperationCatalog& catalog);
/// `origin` says who has added it; empty for Tintype's own.
QJsonObject operationJson(const Operation& operation);

} // namespace tintype
