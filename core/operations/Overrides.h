// What people wrote about operations, read from data.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

#include <QJsonObject>

#include <set>
#include <string>
#include <vector>

namespace tintype {

/// libvips says what is possible, not what is useful: titles, categories, slider ranges, units and better defaults come
/// from core/operations/overrides.json. The data may name operations that this build of libvips lacks; they are passed
/// over.
class Overrides {
public:
    /// Reads the resource. Throws Error(Internal) when it is not JSON.
    Overrides();

    /// In the order in which people see them.
    const std::vector<std::string>& categories() const { return m_categories; }
    /// Writes over what introspection found.
    void apply(Operation& operation) const;

private:
    void describeParameter(ParameterInfo& info, const QJsonObject& common, const QJsonObject& own) const;
    std::string familyCategory(const Operation& operation) const;

    std::vector<std::string> m_categories;
    std::set<std::string> m_hidden;
    std::set<std::string> m_pixelwiseFamilies;
    QJsonObject m_families;     ///< category by libvips' parent class
    QJsonObject m_choiceTitles; ///< title by choice by libvips' type
    QJsonObject m_parameters;   ///< what all parameters of a name have in common
    QJsonObject m_operations;
};

} // namespace tintype
