// Python values to parameters of operations, and what operations found to Python values.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"
#include "core/recipe/Image.h"

#include <pybind11/pybind11.h>

#include <string>

namespace tintype {

class Host;

// GIL: all of these keep it; none blocks.

/// `info` says what is wanted and is used to name the parameter in errors; null for loader and saver options.
/// Throws Error(Parameter) for what cannot be a parameter.
Value toValue(const Host& host, pybind11::handle object, const std::string& caller, const std::string& name,
              const ParameterInfo* info);
/// Keyword arguments as they stand, for loaders and savers.
Parameters toOptions(const Host& host, const std::string& caller, const pybind11::kwargs& options);

/// A number, a list or a text that remembers the output it came from; an Image for an output that is an image.
pybind11::object fromValue(const Value& value, const NodeOutput& link = {});

/// A copy of bytes, or of whatever else has a buffer. Throws Error(Parameter), which begins with the caller.
BytesPtr bytesOf(pybind11::handle object, const std::string& caller);
/// A text or an os.PathLike, as bytes of the file system. Throws Error(Parameter).
std::string toPath(pybind11::handle object);
/// "str", "numpy.ndarray": what people call its type.
std::string typeName(pybind11::handle object);

} // namespace tintype
