// One step of a recipe as a Python call, and where its outputs stand in what the call returns.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Value.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace tintype {

class OperationCatalog;
struct Operation;
struct ParameterInfo;

/// Required outputs come plain, or as a list when there are several; the optional ones that were asked for follow as
/// one dict at the end of that list, as in pyvips.
class PythonCall {
public:
    using OutputText = std::function<std::string(const NodeOutput&)>;

    /// `wanted` are the outputs that somebody uses. Throws RecipeError for an operation that does not exist.
    PythonCall(const std::string& operation, const std::set<std::string>& wanted, const OperationCatalog& catalog);

    /// `coins.gaussblur(2.0, precision="float")`. Throws RecipeError for a step that cannot be written down.
    std::string text(const Parameters& parameters, const OutputText& outputText) const;

    const std::vector<std::string>& requiredOutputs() const { return m_required; }
    bool hasOptionalOutputs() const { return !m_optional.empty(); }
    bool isOptional(const std::string& output) const;
    /// Whether the call returns its one output, or the dict, without a list around it.
    bool returnsOne() const { return m_required.size() + (m_optional.empty() ? 0 : 1) == 1; }
    /// What follows the call to get the output: nothing, `[1]`, `[1]["segments"]`.
    std::string access(const std::string& output) const;
    /// Whether that output is an image; a number or a list otherwise.
    bool isImage(const std::string& output) const;

private:
    std::string sourceText(const Parameters& parameters, const OutputText& outputText) const;
    std::string fileText(const Parameters& parameters) const;

    const std::string m_id;
    const Operation* m_operation; ///< null for sources and planes
    std::vector<std::string> m_required;
    std::vector<std::string> m_optional;
};

/// Whether leaving the parameter out means the same as this value.
bool isDefault(const ParameterInfo& info, const Value& value);
/// What messages call a source: "array 512x512", an input's name, a file's path; in quotes.
std::string sourceTitle(const std::string& operation, const Parameters& parameters);
/// What follows that title in the message that a source in memory cannot be written down.
std::string whyNotWritten(const std::string& operation);

} // namespace tintype
