// One argument of a libvips operation as a ParameterInfo.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

#include <vips/vips.h>

namespace tintype {

/// A fresh object of a class, made when it is first asked for something: libvips sets some defaults in the instance only (gamma's
/// exponent is 2.4 by its description and 1/2.4 in fact), others are not what is described. Most operations need no such look, and
/// some do much when they are made; CMC2LCh fills a table for longer than it takes to describe a hundred others.
class FreshInstance {
public:
    explicit FreshInstance(GType type) : m_type(type) {}
    ~FreshInstance() {
        if (m_object)
            g_object_unref(m_object);
    }
    FreshInstance(const FreshInstance&) = delete;

    /// The value in the instance; reading the property would give the description's default instead.
    template <typename T>
    T member(const VipsArgumentClass& argument) {
        if (!m_object)
            m_object = VIPS_OBJECT(g_object_new(m_type, nullptr));
        return G_STRUCT_MEMBER(T, m_object, argument.offset);
    }

private:
    GType m_type;
    VipsObject* m_object = nullptr;
};

/// False when the argument has a type that a recipe cannot hold.
bool describeArgument(FreshInstance& object, GParamSpec* spec, const VipsArgumentClass& argument, ParameterInfo& info);

/// "min-ampl" becomes "min_ampl".
std::string pythonName(const char* engineName);
/// "b-w" becomes "B w", "find image average" "Find image average".
std::string sentence(std::string text);

} // namespace tintype
