// References to libvips objects that are counted like C++ values.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

#include <utility>

namespace tintype {

/// Owns one reference to a GObject, or none.
template <typename T>
class VipsRef {
public:
    VipsRef() = default;
    /// Takes over the reference that the caller holds.
    static VipsRef take(T* object) {
        VipsRef ref;
        ref.m_object = object;
        return ref;
    }
    /// Adds a reference of its own.
    static VipsRef share(T* object) {
        if (object)
            g_object_ref(object);
        return take(object);
    }
    VipsRef(const VipsRef& other) : VipsRef(share(other.m_object)) {}
    VipsRef(VipsRef&& other) noexcept : m_object(std::exchange(other.m_object, nullptr)) {}
    VipsRef& operator=(VipsRef other) noexcept {
        std::swap(m_object, other.m_object);
        return *this;
    }
    ~VipsRef() {
        if (m_object)
            g_object_unref(m_object);
    }

    T* get() const { return m_object; }
    explicit operator bool() const { return m_object != nullptr; }
    T* release() { return std::exchange(m_object, nullptr); }

private:
    T* m_object = nullptr;
};

using VipsImageRef = VipsRef<VipsImage>;

} // namespace tintype
