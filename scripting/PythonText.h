// Text on its way from Python to C++ and back; none is lost because it is not proper Unicode.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <string_view>

namespace tintype {

/// A str as UTF-8. Halves of surrogate pairs, which names of files that are not UTF-8 have in Python, are written as
/// `\udce9`: pybind11's own conversion throws an error that is none of Python's, and the message would be lost with it. With
/// the GIL; throws error_already_set for what is no str.
std::string textFrom(PyObject* text);
inline std::string textFrom(pybind11::handle text) {
    return textFrom(text.ptr());
}
/// The way back; bytes that are no UTF-8, in messages of libraries for example, are written as `\xe9`. With the GIL.
pybind11::str pythonText(std::string_view text);

} // namespace tintype
