// From libvips' formats to the types of C++.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

#include <cstdint>
#include <stdexcept>

namespace tintype {

/// Calls `work.operator()<T>()` with the type of the format's numbers. The caller refuses complex numbers before.
template <typename F>
decltype(auto) withNumberType(VipsBandFormat format, F&& work) {
    switch (format) {
    case VIPS_FORMAT_UCHAR:
        return work.template operator()<std::uint8_t>();
    case VIPS_FORMAT_CHAR:
        return work.template operator()<std::int8_t>();
    case VIPS_FORMAT_USHORT:
        return work.template operator()<std::uint16_t>();
    case VIPS_FORMAT_SHORT:
        return work.template operator()<std::int16_t>();
    case VIPS_FORMAT_UINT:
        return work.template operator()<std::uint32_t>();
    case VIPS_FORMAT_INT:
        return work.template operator()<std::int32_t>();
    case VIPS_FORMAT_FLOAT:
        return work.template operator()<float>();
    case VIPS_FORMAT_DOUBLE:
        return work.template operator()<double>();
    default:
        throw std::invalid_argument("the image must have real numbers");
    }
}

/// Whether decimal numbers of 32 bits lose digits of it.
inline bool isWide(VipsBandFormat format) {
    return format == VIPS_FORMAT_UINT || format == VIPS_FORMAT_INT || format == VIPS_FORMAT_DOUBLE;
}

} // namespace tintype
