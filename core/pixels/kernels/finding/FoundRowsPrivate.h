// What operations share that find things on a picture, and give them as the rows of a matrix.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/machinery/WholeSourcePrivate.h"

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace tintype {

/// Begins the instance of such an operation.
struct Finding {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int most;
    int count;
};

/// What the arguments of such an operation say; those of its own have numbers from 10 on.
struct FindingText {
    const char* in;
    const char* out;
    const char* most;
    const char* count;
};
void describeFinding(VipsObjectClass* kernel, const FindingText& text);
void initFinding(Finding* finding);

class FoundRows {
public:
    explicit FoundRows(int columns) : m_columns(columns) {}
    void add(std::initializer_list<double> row) { m_numbers.insert(m_numbers.end(), row); }
    /// Makes the rows the operation's output `out`, as many as it asked for at most, and `count` how many there were. An image has
    /// at least one row: of NaN when there is none. Returns what a build returns.
    int give(Finding& finding, std::size_t count) const;

private:
    int m_columns;
    std::vector<double> m_numbers;
};

/// 255 where the image, which must have one band, is not zero; in memory of its own. Null with libvips' error set on failure.
ImagePointer maskOf(const char* domain, VipsImage* in);

} // namespace tintype
