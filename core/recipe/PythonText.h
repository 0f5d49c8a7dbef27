// Values as Python literals.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Value.h"

#include <functional>
#include <string>

namespace tintype {

/// A text in Python's double quotes, with escapes. Bytes that are no UTF-8, as file names may hold, become the
/// surrogates by which Python stands for them.
std::string pythonString(const std::string& text);

/// A Python literal: True, 2.0, "text", [1, 2]. `outputText` writes the outputs of nodes.
std::string pythonLiteral(const Value& value, const std::function<std::string(const NodeOutput&)>& outputText);
/// For a value without nodes; throws RecipeError for one with.
std::string pythonLiteral(const Value& value);

/// Whether a name is a word of Python's own, which cannot be a variable or a keyword argument.
bool isPythonKeyword(const std::string& name);
/// A keyword argument: `sigma=2.0`, or `**{"in": …}` for a name that is a word of Python's own.
std::string pythonKeyword(const std::string& name, const std::string& value);
/// A valid Python name that is like the text; `fallback` where nothing of it can be used.
std::string pythonName(const std::string& text, const std::string& fallback);

} // namespace tintype
