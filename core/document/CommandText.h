// Names and Python text that the commands share.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"
#include "core/document/DocumentState.h"
#include "core/operations/Operation.h"
#include "core/recipe/PythonText.h"

#include <string>

namespace tintype {

/// `tt.data.images["coins"]`
inline std::string imagePlace(const std::string& name) {
    return "tt.data.images[" + pythonString(name) + "]";
}

/// `tt.data.scripts["count"]`
inline std::string scriptPlace(const std::string& name) {
    return "tt.data.scripts[" + pythonString(name) + "]";
}

/// Pixels in memory cannot be written as Python; the log says so where the line would stand.
template <typename F>
std::string lineOrComment(const std::string& what, F&& line) {
    try {
        return line();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Recipe)
            throw;
        return "# " + what + ": " + error.what();
    }
}

/// What an image that an operation makes of nothing is called: `despeckle` of "scan.despeckle", where that is free.
inline std::string newImageName(const Operation& operation, const DocumentState& state) {
    return state.freeName(operation.id.substr(operation.id.rfind('.') + 1));
}

} // namespace tintype
