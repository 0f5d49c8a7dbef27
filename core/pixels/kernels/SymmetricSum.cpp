// Weighted sums along a line and across lines, with the widest registers that the processor has.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/SymmetricSumPrivate.h"

#include "core/pixels/kernels/WideRegistersPrivate.h"

#include <cstddef>
#include <cstring>
#include <type_traits>

namespace tintype {

namespace {

using FourFloats = float __attribute__((vector_size(4 * sizeof(float))));
using EightFloats = float __attribute__((vector_size(8 * sizeof(float))));
using FourDoubles = double __attribute__((vector_size(4 * sizeof(double))));

/// Numbers that are computed with at once.
template <typename D>
using Several = std::conditional_t<std::is_same_v<D, float>, EightFloats, FourDoubles>;
template <typename D>
constexpr int LANES = int(sizeof(Several<D>) / sizeof(D));
/// Sums that are kept in registers at once.
constexpr int SUMS = 4;

TINTYPE_INLINED void read(const float* from, FourDoubles& to) {
    FourFloats four;
    std::memcpy(&four, from, sizeof four);
    to = __builtin_convertvector(four, FourDoubles);
}
TINTYPE_INLINED void read(const double* from, FourDoubles& to) {
    std::memcpy(&to, from, sizeof to);
}
TINTYPE_INLINED void read(const float* from, EightFloats& to) {
    std::memcpy(&to, from, sizeof to);
}
TINTYPE_INLINED void write(const FourDoubles& from, float* to) {
    const FourFloats four = __builtin_convertvector(from, FourFloats);
    std::memcpy(to, &four, sizeof four);
}
TINTYPE_INLINED void write(const FourDoubles& from, double* to) {
    std::memcpy(to, &from, sizeof from);
}
TINTYPE_INLINED void write(const EightFloats& from, float* to) {
    std::memcpy(to, &from, sizeof from);
}

/// `before` and `after` give the lines at a distance from the middle. The small weights come first, so that less is rounded off.
template <typename T, typename D, typename Before, typename After>
TINTYPE_INLINED void addBlock(const Before& before, const After& after, const std::vector<D>& weights, T* out, int x) {
    Several<D> sums[SUMS] = {};
    for (std::size_t k = weights.size() - 1; k > 0; --k) {
        const T* const a = before(int(k)) + x;
        const T* const b = after(int(k)) + x;
        for (int i = 0; i < SUMS; ++i) {
            Several<D> left;
            Several<D> right;
            read(a + LANES<D> * i, left);
            read(b + LANES<D> * i, right);
            sums[i] += weights[k] * (left + right);
        }
    }
    for (int i = 0; i < SUMS; ++i) {
        Several<D> middle;
        read(before(0) + x + LANES<D> * i, middle);
        write(sums[i] + weights[0] * middle, out + x + LANES<D> * i);
    }
}

template <typename T, typename D, typename Before, typename After>
TINTYPE_INLINED void addOne(const Before& before, const After& after, const std::vector<D>& weights, T* out, int x) {
    D sum = 0;
    for (std::size_t k = weights.size() - 1; k > 0; --k)
        sum += weights[k] * (D(before(int(k))[x]) + D(after(int(k))[x]));
    out[x] = T(sum + weights[0] * D(before(0)[x]));
}

template <typename T, typename D, typename Before, typename After>
TINTYPE_INLINED void add(const Before& before, const After& after, const std::vector<D>& weights, T* out, int count) {
    int x = 0;
    for (; x + SUMS * LANES<D> <= count; x += SUMS * LANES<D>)
        addBlock(before, after, weights, out, x);
    for (; x < count; ++x)
        addOne(before, after, weights, out, x);
}

template <typename T, typename D>
TINTYPE_INLINED void alongLine(const T* line, int step, const std::vector<D>& weights, T* out, int count) {
    add([=](int k) { return line - k * step; }, [=](int k) { return line + k * step; }, weights, out, count);
}

template <typename T, typename D>
TINTYPE_INLINED void acrossLines(const T* const* lines, const std::vector<D>& weights, T* out, int count) {
    add([=](int k) { return lines[-k]; }, [=](int k) { return lines[k]; }, weights, out, count);
}

template <typename T, typename D>
TINTYPE_WIDE void alongLineWide(const T* line, int step, const std::vector<D>& weights, T* out, int count) {
    alongLine(line, step, weights, out, count);
}

template <typename T, typename D>
TINTYPE_WIDE void acrossLinesWide(const T* const* lines, const std::vector<D>& weights, T* out, int count) {
    acrossLines(lines, weights, out, count);
}

template <typename T, typename D>
void sumAlong(const T* line, int step, const std::vector<D>& weights, T* out, int count) {
    if (hasWideRegisters())
        alongLineWide(line, step, weights, out, count);
    else
        alongLine(line, step, weights, out, count);
}

template <typename T, typename D>
void sumAcross(const T* const* lines, const std::vector<D>& weights, T* out, int count) {
    if (hasWideRegisters())
        acrossLinesWide(lines, weights, out, count);
    else
        acrossLines(lines, weights, out, count);
}

} // namespace

void addSymmetric(const float* line, int step, const std::vector<double>& weights, float* out, int count) {
    sumAlong(line, step, weights, out, count);
}

void addSymmetric(const double* line, int step, const std::vector<double>& weights, double* out, int count) {
    sumAlong(line, step, weights, out, count);
}

void addSymmetric(const float* line, int step, const std::vector<float>& weights, float* out, int count) {
    sumAlong(line, step, weights, out, count);
}

void addSymmetricLines(const float* const* lines, const std::vector<float>& weights, float* out, int count) {
    sumAcross(lines, weights, out, count);
}

void addSymmetricLines(const float* const* lines, const std::vector<double>& weights, float* out, int count) {
    sumAcross(lines, weights, out, count);
}

void addSymmetricLines(const double* const* lines, const std::vector<double>& weights, double* out, int count) {
    sumAcross(lines, weights, out, count);
}

} // namespace tintype
