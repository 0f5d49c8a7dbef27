// Weighted sums along a line and across lines, with the widest registers that the processor has.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/SymmetricSumPrivate.h"

#include "core/pixels/kernels/WideRegistersPrivate.h"

#include <cstddef>
#include <cstring>

namespace tintype {

namespace {

using Four = double __attribute__((vector_size(4 * sizeof(double))));
using FourFloats = float __attribute__((vector_size(4 * sizeof(float))));
/// Sums that are kept in registers at once.
constexpr int FOURS = 4;
constexpr int BLOCK = 4 * FOURS;

TINTYPE_INLINED void read(const float* from, Four& to) {
    FourFloats four;
    std::memcpy(&four, from, sizeof four);
    to = __builtin_convertvector(four, Four);
}
TINTYPE_INLINED void read(const double* from, Four& to) {
    std::memcpy(&to, from, sizeof to);
}
TINTYPE_INLINED void write(const Four& from, float* to) {
    const FourFloats four = __builtin_convertvector(from, FourFloats);
    std::memcpy(to, &four, sizeof four);
}
TINTYPE_INLINED void write(const Four& from, double* to) {
    std::memcpy(to, &from, sizeof from);
}

/// `before` and `after` give the lines at a distance from the middle.
template <typename T, typename Before, typename After>
TINTYPE_INLINED void addBlock(const Before& before, const After& after,
                                                    const std::vector<double>& weights, T* out, int x) {
    Four sums[FOURS];
    for (int i = 0; i < FOURS; ++i) {
        read(before(0) + x + 4 * i, sums[i]);
        sums[i] *= weights[0];
    }
    for (std::size_t k = 1; k < weights.size(); ++k) {
        const T* const a = before(int(k)) + x;
        const T* const b = after(int(k)) + x;
        for (int i = 0; i < FOURS; ++i) {
            Four left;
            Four right;
            read(a + 4 * i, left);
            read(b + 4 * i, right);
            sums[i] += weights[k] * (left + right);
        }
    }
    for (int i = 0; i < FOURS; ++i)
        write(sums[i], out + x + 4 * i);
}

template <typename T, typename Before, typename After>
TINTYPE_INLINED void addOne(const Before& before, const After& after,
                                                  const std::vector<double>& weights, T* out, int x) {
    double sum = weights[0] * double(before(0)[x]);
    for (std::size_t k = 1; k < weights.size(); ++k)
        sum += weights[k] * (double(before(int(k))[x]) + double(after(int(k))[x]));
    out[x] = T(sum);
}

template <typename T, typename Before, typename After>
TINTYPE_INLINED void add(const Before& before, const After& after, const std::vector<double>& weights,
                                               T* out, int count) {
    int x = 0;
    for (; x + BLOCK <= count; x += BLOCK)
        addBlock(before, after, weights, out, x);
    for (; x < count; ++x)
        addOne(before, after, weights, out, x);
}

template <typename T>
TINTYPE_INLINED void alongLine(const T* line, int step, const std::vector<double>& weights, T* out,
                                                     int count) {
    add<T>([=](int k) { return line - k * step; }, [=](int k) { return line + k * step; }, weights, out, count);
}

template <typename T>
TINTYPE_INLINED void acrossLines(const T* const* lines, const std::vector<double>& weights, T* out,
                                                       int count) {
    add<T>([=](int k) { return lines[-k]; }, [=](int k) { return lines[k]; }, weights, out, count);
}

template <typename T>
TINTYPE_WIDE void alongLineWide(const T* line, int step, const std::vector<double>& weights, T* out, int count) {
    alongLine(line, step, weights, out, count);
}

template <typename T>
TINTYPE_WIDE void acrossLinesWide(const T* const* lines, const std::vector<double>& weights, T* out, int count) {
    acrossLines(lines, weights, out, count);
}

template <typename T>
void sumAlong(const T* line, int step, const std::vector<double>& weights, T* out, int count) {
    if (hasWideRegisters())
        alongLineWide(line, step, weights, out, count);
    else
        alongLine(line, step, weights, out, count);
}

template <typename T>
void sumAcross(const T* const* lines, const std::vector<double>& weights, T* out, int count) {
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

void addSymmetricLines(const float* const* lines, const std::vector<double>& weights, float* out, int count) {
    sumAcross(lines, weights, out, count);
}

void addSymmetricLines(const double* const* lines, const std::vector<double>& weights, double* out, int count) {
    sumAcross(lines, weights, out, count);
}

} // namespace tintype
