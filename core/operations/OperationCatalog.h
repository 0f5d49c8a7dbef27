// The one catalogue of operations: menu, form, Python, command line and documentation are derived from it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"
#include "core/recipe/Node.h"

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace tintype {

/// Built once from libvips' introspection, our kernels and the overrides data (core/operations/overrides.json). Any
/// thread may read it; operations are never removed while the program runs, so pointers stay good.
class OperationCatalog {
public:
    OperationCatalog();

    /// Null when there is none.
    const Operation* find(const std::string& id) const;
    /// Throws NotFound, which proposes the nearest ids.
    const Operation& get(const std::string& id) const;
    std::vector<const Operation*> all() const;
    /// For people: categories in their order, then operations by title, hidden ones left out.
    std::vector<std::string> categories() const;
    std::vector<const Operation*> inCategory(const std::string& category) const;
    /// Best first: by title, id, keywords, then help. Words in any order, case ignored.
    std::vector<const Operation*> search(const std::string& text) const;

    /// Checks names, types and ranges of what was given, fills in defaults, and makes the node. A number where an image
    /// is wanted stays a number (a constant image). Throws ParameterError, which names the operation, the parameter,
    /// the value and what is allowed.
    NodePtr makeNode(const Operation& operation, Parameters given) const;

private:
    std::deque<Operation> m_operations;
    std::map<std::string, const Operation*> m_byId;
    std::vector<std::string> m_categories;
};

} // namespace tintype
