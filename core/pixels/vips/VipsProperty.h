// Carries plain values into and out of libvips' typed properties.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Value.h"

#include <vips/vips.h>

#include <string>

namespace tintype {

/// A GValue that is always unset again.
class ScopedValue {
public:
    explicit ScopedValue(GType type) { g_value_init(&m_value, type); }
    ~ScopedValue() { g_value_unset(&m_value); }
    ScopedValue(const ScopedValue&) = delete;
    GValue& get() { return m_value; }

private:
    GValue m_value = G_VALUE_INIT;
};

/// Numbers, texts, bytes and lists of numbers; `what` begins the ParameterError of a value that does not fit.
void toProperty(const Value& value, GValue& property, const std::string& what);
/// Nothing for types that a Value cannot hold, such as images.
Value fromProperty(const GValue& property);

/// Sets the options of a loader or saver by name. An unknown name is a ParameterError that lists the known ones.
void setOptions(VipsOperation* operation, const Parameters& options, const std::string& what);

} // namespace tintype
