// The one exception type of core: a code for programs, a message for people.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace tintype {

enum class ErrorCode {
    Operation, ///< an operation could not be done on this image
    Parameter, ///< a parameter has a wrong type or value, or a name that does not exist
    File,      ///< a file could not be read or written
    Recipe,    ///< a recipe cannot be written down, read, or applied
    NotFound,  ///< no image, operation or other thing of that name
    NoWindow,  ///< asked for something that only the window has
    Cancelled, ///< the work was stopped on purpose
    Internal,  ///< a mistake of ours
};

/// A message says what was wrong, with which value, and what would be right. It is one line unless it quotes a traceback.
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& message) : std::runtime_error(message), m_code(code) {}
    ErrorCode code() const { return m_code; }

private:
    ErrorCode m_code;
};

} // namespace tintype
