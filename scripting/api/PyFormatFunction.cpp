// A Python function that opens or saves files of a format.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/PyFormatFunction.h"

#include "core/pixels/FileFormats.h"

namespace tintype {

PyOperationFunction::Failure PyFormatFunction::failure(const Parameters& parameters, const ErrorCode*,
                                                       const std::string& said) const {
    const auto text = [&](const char* name) {
        const Value* const value = findParameter(parameters, name);
        return value && value->as<std::string>() ? *value->as<std::string>() : std::string();
    };
    const std::string shown = text(FormatFunction::SHOWN);
    std::string reason = said;
    // Nobody has heard of the file that takes its place when it is written.
    const std::string file = text(FormatFunction::FILENAME);
    for (std::size_t at = reason.find(file); !file.empty() && file != shown && at != std::string::npos; at = reason.find(file, at + shown.size()))
        reason.replace(at, file.size(), shown);
    return {ErrorCode::File, shown + ": " + m_format + (m_way == Way::Opens ? " cannot open it: " : " cannot save it: ") + reason};
}

} // namespace tintype
