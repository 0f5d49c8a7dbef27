// What is found on a picture, as the rows of a matrix.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/WholeSourcePrivate.h"

#include <initializer_list>
#include <vector>

namespace tintype {

class FoundRows {
public:
    explicit FoundRows(int columns) : m_columns(columns) {}
    void add(std::initializer_list<double> row) { m_numbers.insert(m_numbers.end(), row); }
    /// Makes the first rows, `most` of them, the operation's outputs `out` and `count`. An image has at least one row: of NaN
    /// when there is none. Returns what a build returns.
    int give(VipsObject* object, int most) const;

private:
    int m_columns;
    std::vector<double> m_numbers;
};

/// 255 where the image, which must have one band, is not zero; in memory. Null with libvips' error set on failure.
ImagePointer maskOf(const char* domain, VipsImage* in);

} // namespace tintype
