// What a person typed wrong, in words for that person.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/UsageError.h"

#include <filesystem>

namespace tintype {

void requireFile(const std::string& path, const std::string& otherwise) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found)
        throw UsageError("there is no file '" + path + "'" + otherwise);
    if (error)
        throw UsageError("'" + path + "' cannot be reached: " + error.message());
    if (std::filesystem::is_directory(status))
        throw UsageError("'" + path + "' is a folder; give a file");
}

} // namespace tintype
