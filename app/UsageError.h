// What a person typed wrong, in words for that person.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace tintype {

/// Its message is what the person reads; the program ends with exit code 2.
class UsageError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Throws UsageError unless there is a file of that name; `otherwise` is added to the words "there is no file".
void requireFile(const std::string& path, const std::string& otherwise = {});

} // namespace tintype
