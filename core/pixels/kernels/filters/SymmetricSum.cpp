// Weighted sums along a line and across lines, with the widest registers that the processor has.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/filters/SymmetricSumPrivate.h"

#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

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
constexpr int SUMS = 8;

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

/// Two numbers at the same distance from the middle.
template <typename T>
struct Pair {
    const T* before;
    const T* after;
};

/// Goes from pair to pair towards the middle; each is found from the last one, which takes fewer steps than from the middle.
template <typename T>
struct AlongLine {
    const T* line;
    std::ptrdiff_t step;

    Pair<T> at(std::ptrdiff_t k, int x) const { return {line + x - k * step, line + x + k * step}; }
    void approach(Pair<T>& pair, std::ptrdiff_t, int) const {
        pair.before += step;
        pair.after -= step;
    }
};

template <typename T>
struct AcrossLines {
    const T* const* lines;

    Pair<T> at(std::ptrdiff_t k, int x) const { return {lines[-k] + x, lines[k] + x}; }
    void approach(Pair<T>& pair, std::ptrdiff_t k, int x) const { pair = at(k, x); }
};

/// The small weights come first, so that less is rounded off.
template <typename T, typename D, typename Pairs>
TINTYPE_INLINED void addBlock(const Pairs& pairs, const std::vector<D>& weights, T* out, int x) {
    Several<D> sums[SUMS] = {};
    auto k = std::ptrdiff_t(weights.size()) - 1;
    for (Pair<T> pair = pairs.at(k, x); k > 0; pairs.approach(pair, --k, x)) {
        for (int i = 0; i < SUMS; ++i) {
            Several<D> left;
            Several<D> right;
            read(pair.before + LANES<D> * i, left);
            read(pair.after + LANES<D> * i, right);
            sums[i] += weights[std::size_t(k)] * (left + right);
        }
    }
    for (int i = 0; i < SUMS; ++i) {
        Several<D> middle;
        read(pairs.at(0, x).before + LANES<D> * i, middle);
        write(sums[i] + weights[0] * middle, out + x + LANES<D> * i);
    }
}

template <typename T, typename D, typename Pairs>
TINTYPE_INLINED void addOne(const Pairs& pairs, const std::vector<D>& weights, T* out, int x) {
    D sum = 0;
    for (auto k = std::ptrdiff_t(weights.size()) - 1; k > 0; --k)
        sum += weights[std::size_t(k)] * (D(*pairs.at(k, x).before) + D(*pairs.at(k, x).after));
    out[x] = T(sum + weights[0] * D(*pairs.at(0, x).before));
}

template <typename T, typename D, typename Pairs>
TINTYPE_INLINED void add(const Pairs& pairs, const std::vector<D>& weights, T* out, int count) {
    constexpr int BLOCK = SUMS * LANES<D>;
    if (count < BLOCK) {
        for (int x = 0; x < count; ++x)
            addOne(pairs, weights, out, x);
        return;
    }
    int x = 0;
    for (; x + BLOCK <= count; x += BLOCK)
        addBlock(pairs, weights, out, x);
    // Some numbers a second time are cheaper than the last ones one by one.
    if (x < count)
        addBlock(pairs, weights, out, count - BLOCK);
}

template <typename T, typename D>
TINTYPE_INLINED void alongLine(const T* line, int step, const std::vector<D>& weights, T* out, int count) {
    add(AlongLine<T>{line, step}, weights, out, count);
}

template <typename T, typename D>
TINTYPE_INLINED void acrossLines(const T* const* lines, const std::vector<D>& weights, T* out, int count) {
    add(AcrossLines<T>{lines}, weights, out, count);
}

template <typename T, typename D>
TINTYPE_WIDE void alongLineWide(const T* line, int step, const std::vector<D>& weights, T* out, int count) {
    alongLine(line, step, weights, out, count);
}

template <typename T, typename D>
TINTYPE_WIDE_JOINED void alongLineJoined(const T* line, int step, const std::vector<D>& weights, T* out, int count) {
    alongLine(line, step, weights, out, count);
}

template <typename T, typename D>
TINTYPE_WIDE_JOINED void acrossLinesJoined(const T* const* lines, const std::vector<D>& weights, T* out, int count) {
    acrossLines(lines, weights, out, count);
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
    if (hasWideJoinedSums())
        alongLineJoined(line, step, weights, out, count);
    else
        sumAlong(line, step, weights, out, count);
}

void addSymmetricLines(const float* const* lines, const std::vector<float>& weights, float* out, int count) {
    if (hasWideJoinedSums())
        acrossLinesJoined(lines, weights, out, count);
    else
        sumAcross(lines, weights, out, count);
}

void addSymmetricLines(const float* const* lines, const std::vector<double>& weights, float* out, int count) {
    sumAcross(lines, weights, out, count);
}

void addSymmetricLines(const double* const* lines, const std::vector<double>& weights, double* out, int count) {
    sumAcross(lines, weights, out, count);
}

} // namespace tintype
