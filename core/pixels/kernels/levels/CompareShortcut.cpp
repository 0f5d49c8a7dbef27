// Compares pixels with constants.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/ShortcutsPrivate.h"
#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace tintype {

namespace {

/// The values that are marked, both ends included; none when the first one is above the last.
template <typename T>
struct Interval {
    T first;
    T last;
    bool operator==(const Interval&) const = default;
};

/// The number of the format next to a constant, or on it.
template <typename T>
T above(double constant, bool orOn) {
    if constexpr (std::is_integral_v<T>) {
        const double number = orOn ? std::ceil(constant) : std::floor(constant) + 1;
        return T(std::max(number, double(std::numeric_limits<T>::min())));
    } else {
        const T number = T(constant);
        const bool fits = orOn ? double(number) >= constant : double(number) > constant;
        return fits ? number : std::nextafter(number, std::numeric_limits<T>::infinity());
    }
}

template <typename T>
T below(double constant, bool orOn) {
    if constexpr (std::is_integral_v<T>) {
        const double number = orOn ? std::floor(constant) : std::ceil(constant) - 1;
        return T(std::min(number, double(std::numeric_limits<T>::max())));
    } else {
        const T number = T(constant);
        const bool fits = orOn ? double(number) <= constant : double(number) < constant;
        return fits ? number : std::nextafter(number, -std::numeric_limits<T>::infinity());
    }
}

template <typename T>
Interval<T> interval(VipsOperationRelational relational, double constant) {
    constexpr bool WHOLE = std::is_integral_v<T>;
    constexpr T LOWEST = WHOLE ? std::numeric_limits<T>::min() : -std::numeric_limits<T>::infinity();
    constexpr T HIGHEST = WHOLE ? std::numeric_limits<T>::max() : std::numeric_limits<T>::infinity();
    const Interval<T> none{T(1), T(0)};
    switch (relational) {
    case VIPS_OPERATION_RELATIONAL_MORE:
        return constant >= double(HIGHEST) ? none : Interval<T>{above<T>(constant, false), HIGHEST};
    case VIPS_OPERATION_RELATIONAL_MOREEQ:
        return constant > double(HIGHEST) ? none : Interval<T>{above<T>(constant, true), HIGHEST};
    case VIPS_OPERATION_RELATIONAL_LESS:
        return constant <= double(LOWEST) ? none : Interval<T>{LOWEST, below<T>(constant, false)};
    case VIPS_OPERATION_RELATIONAL_LESSEQ:
        return constant < double(LOWEST) ? none : Interval<T>{LOWEST, below<T>(constant, true)};
    default: // equal, and its opposite
        if (constant < double(LOWEST) || constant > double(HIGHEST) || double(T(constant)) != constant)
            return none;
        return {T(constant), T(constant)};
    }
}

template <typename T>
TINTYPE_INLINED void mark(const T* in, int count, Interval<T> marked, VipsPel other, VipsPel* out) {
    // Both are always compared: a comparison of decimal numbers that is left out keeps the compiler from taking several at once.
    for (int i = 0; i < count; ++i)
        out[i] = VipsPel(-(int(in[i] >= marked.first) & int(in[i] <= marked.last))) ^ other;
}

template <typename T>
TINTYPE_INLINED void markBands(const T* in, int count, std::span<const Interval<T>> marked, VipsPel other, VipsPel* out) {
    const int bands = int(marked.size());
    for (int i = 0; i < count; i += bands) {
        for (int band = 0; band < bands; ++band)
            mark(in + i + band, 1, marked[std::size_t(band)], other, out + i + band);
    }
}

template <typename T>
void compare(const Part& part, const std::vector<Interval<T>>& marked, VipsPel other) {
    const VipsRect& rect = part.out.rect;
    const int count = rect.width * int(marked.size());
    const bool isOne = std::ranges::adjacent_find(marked, std::not_equal_to()) == marked.end();
    withWideRegisters([&]() __attribute__((always_inline)) {
        for (int y = rect.top; y < rect.top + rect.height; ++y) {
            const T* const in = part.in.front().row<T>(y);
            VipsPel* const out = part.out.row<VipsPel>(y);
            if (isOne)
                mark(in, count, marked.front(), other, out);
            else
                markBands<T>(in, count, marked, other, out);
        }
    });
}

/// libvips compares numbers of 32 bits in ways of its own, and so constants that have no exact counterpart.
bool isExact(VipsBandFormat format, double constant) {
    constexpr double EXACT = 1 << 24;
    return !vips_band_format_iscomplex(format) && format != VIPS_FORMAT_UINT && format != VIPS_FORMAT_INT &&
           std::fabs(constant) <= EXACT;
}

} // namespace

std::optional<PartKernel> compareShortcut(VipsOperation* operation, VipsImage* in, VipsImage*) {
    VipsOperationRelational relational = VIPS_OPERATION_RELATIONAL_EQUAL;
    VipsArrayDouble* array = nullptr;
    g_object_get(operation, "relational", &relational, "c", &array, nullptr);
    int count = 0;
    const double* const values = vips_array_double_get(array, &count);
    std::vector<double> constants(values, values + count);
    vips_area_unref(VIPS_AREA(array));
    if (count == 1)
        constants.resize(std::size_t(in->Bands), constants.front());
    if (int(constants.size()) != in->Bands ||
        !std::ranges::all_of(constants, [in](double constant) { return isExact(in->BandFmt, constant); }))
        return {};
    const VipsPel other = relational == VIPS_OPERATION_RELATIONAL_NOTEQ ? 255 : 0;
    return withNumberType(in->BandFmt, [&]<typename T>() -> PartKernel {
        std::vector<Interval<T>> marked;
        for (double constant : constants)
            marked.push_back(interval<T>(relational, constant));
        return {[marked, other](const Part& part) { compare<T>(part, marked, other); }};
    });
}

} // namespace tintype
