// Adds rows of numbers, with the widest registers that the processor has.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/filters/WindowSumsPrivate.h"

#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

namespace tintype {

namespace {

template <typename S>
TINTYPE_INLINED void addTwo(const S* a, const S* b, S* out, int count) {
#pragma GCC ivdep
    for (int x = 0; x < count; ++x)
        out[x] = S(a[x] + b[x]);
}

template <typename S>
TINTYPE_WIDE void addTwoWide(const S* a, const S* b, S* out, int count) {
    addTwo(a, b, out, count);
}

template <typename S>
void add(const S* a, const S* b, S* out, int count) {
    if (hasWideRegisters())
        addTwoWide(a, b, out, count);
    else
        addTwo(a, b, out, count);
}

} // namespace

void addRows(const std::int16_t* a, const std::int16_t* b, std::int16_t* out, int count) {
    add(a, b, out, count);
}

void addRows(const std::uint16_t* a, const std::uint16_t* b, std::uint16_t* out, int count) {
    add(a, b, out, count);
}

void addRows(const std::int32_t* a, const std::int32_t* b, std::int32_t* out, int count) {
    add(a, b, out, count);
}

void addRows(const double* a, const double* b, double* out, int count) {
    add(a, b, out, count);
}

} // namespace tintype
