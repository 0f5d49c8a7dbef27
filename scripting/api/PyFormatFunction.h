// A Python function that opens or saves files of a format.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/api/PyOperationFunction.h"

namespace tintype {

/// What goes wrong in it is an error of the file, which names the file, the format and who brings that. Any thread.
class PyFormatFunction : public PyOperationFunction {
public:
    enum class Way { Opens, Saves };

    /// `format` is what messages call it, "the format NumPy array (npy) of the add-on Arrays". With the GIL.
    PyFormatFunction(const Host& host, Way way, const std::string& id, std::string format, PyCallable function, OwnerPtr owner)
        : PyOperationFunction(host, id, std::string(way == Way::Opens ? "Opening" : "Saving") + " by the format " + id,
                              std::move(function), std::move(owner)),
          m_way(way), m_format(std::move(format)) {}

protected:
    Failure failure(const Parameters& parameters, const ErrorCode* code, const std::string& said) const override;

private:
    const Way m_way;
    const std::string m_format;
};

} // namespace tintype
