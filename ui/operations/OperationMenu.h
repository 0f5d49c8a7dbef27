// The operations menu, by category, made from the catalogue.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QMenu;

namespace tintype {

class OperationCatalog;
struct Operation;

/// Adds a submenu a category and an action an operation, whose objectName is the operation's id; `chosen` is called with
/// the operation.
void addOperations(QMenu& menu, const OperationCatalog& catalog, const std::function<void(const Operation&)>& chosen);

} // namespace tintype
