// Reads labels of any real format, and refuses what are none.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measure/LabelRowsPrivate.h"

#include "core/Error.h"
#include "core/measure/LabelFormat.h"
#include "core/pixels/kernels/objects/RunsPrivate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <type_traits>

namespace tintype {

namespace {

constexpr auto LARGEST = std::numeric_limits<std::uint32_t>::max();

template <typename T>
bool isLabel(T value) {
    if constexpr (std::is_floating_point_v<T>)
        return value >= 0 && double(value) <= double(LARGEST) && value == std::floor(value);
    else if constexpr (std::is_signed_v<T>)
        return value >= 0;
    else
        return true;
}

template <typename T>
[[noreturn]] void refuse(const std::string& caller, T value, int x, int y) {
    std::ostringstream text;
    text << caller << ": labels must be whole numbers from 0, the background, to " << LARGEST << ", but the pixel at "
         << x << ", " << y << " is " << +value;
    throw Error(ErrorCode::Parameter, text.str());
}

} // namespace

void readLabelRow(const std::string& caller, const void* row, VipsBandFormat format, int width, int y,
                  std::uint32_t* labels) {
    withNumberType(format, [&](auto* type) {
        const auto* const values = static_cast<decltype(type)>(row);
        using T = std::remove_const_t<std::remove_pointer_t<decltype(type)>>;
        bool allLabels = true;
        for (int x = 0; x < width; ++x)
            allLabels &= isLabel<T>(values[x]);
        if (!allLabels) {
            const auto* const found = std::find_if_not(values, values + width, isLabel<T>);
            refuse(caller, *found, int(found - values), y);
        }
        std::transform(values, values + width, labels, [](T value) { return std::uint32_t(value); });
    });
}

void checkLabelFormat(const std::string& caller, int bands, PixelFormat format) {
    if (format == PixelFormat::Complex || format == PixelFormat::DPComplex)
        throw Error(ErrorCode::Parameter, caller + ": labels must be real numbers, not " + formatName(format));
    if (bands != 1)
        throw Error(ErrorCode::Parameter, caller + ": labels must have one band, not " + std::to_string(bands));
}

} // namespace tintype
