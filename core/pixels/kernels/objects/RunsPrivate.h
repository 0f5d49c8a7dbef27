// Runs of pixels in the rows of a strip, joined to connected components.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

#include <vector>

namespace tintype {

/// Pixels side by side: the columns from `begin` up to, not including, `end`.
struct Run {
    int begin;
    int end;
    int component; ///< from 0 on, in the order of their first pixels
};

struct StripRuns {
    std::vector<Run> runs;
    std::vector<int> starts; ///< the first run of each row, and at the end how many runs there are
    int count = 0;           ///< components
};

/// Which pixels are parts of components.
enum class RunKind {
    NotZero,    ///< pixels that are not zero, whatever they are
    EqualValue, ///< pixels that are not zero; neighbours of different values are apart
    Zero        ///< pixels that are zero
};

/// Neighbours that belong together.
enum Connectivity { FOUR = 4, EIGHT = 8 };
/// The enumeration as a type of libvips' properties.
GType connectivityType();

/// The rows of one band, of a real format, that begin at `first`.
struct PixelRows {
    const void* first;
    std::size_t stride; ///< bytes from row to row
    int width;
    int height;
    VipsBandFormat format;

    double valueAt(int x, int y) const;
};
PixelRows rowsOf(VipsRegion* region, const VipsRect& area);

StripRuns findRuns(const PixelRows& rows, RunKind kind, Connectivity connectivity);

/// Whether two runs of rows one above the other touch.
inline bool runsTouch(const Run& one, const Run& other, Connectivity connectivity) {
    const int reach = connectivity == EIGHT;
    return one.end + reach > other.begin && one.begin < other.end + reach;
}

/// Follows links to smaller numbers, up to the one that links to itself, and shortens the way.
inline int rootOf(std::vector<int>& parents, int node) {
    while (parents[std::size_t(node)] != node)
        node = parents[std::size_t(node)] = parents[std::size_t(parents[std::size_t(node)])];
    return node;
}
/// Joins two sets; the smaller root becomes that of both.
void joinSets(std::vector<int>& parents, int one, int other);

/// Calls f with a pointer to the type of the format's numbers; libvips' complex formats count as float and double.
template <typename F>
auto withNumberType(VipsBandFormat format, F&& f) {
    switch (format) {
    case VIPS_FORMAT_CHAR:
        return f(static_cast<const signed char*>(nullptr));
    case VIPS_FORMAT_USHORT:
        return f(static_cast<const unsigned short*>(nullptr));
    case VIPS_FORMAT_SHORT:
        return f(static_cast<const short*>(nullptr));
    case VIPS_FORMAT_UINT:
        return f(static_cast<const unsigned*>(nullptr));
    case VIPS_FORMAT_INT:
        return f(static_cast<const int*>(nullptr));
    case VIPS_FORMAT_FLOAT:
    case VIPS_FORMAT_COMPLEX:
        return f(static_cast<const float*>(nullptr));
    case VIPS_FORMAT_DOUBLE:
    case VIPS_FORMAT_DPCOMPLEX:
        return f(static_cast<const double*>(nullptr));
    default:
        return f(static_cast<const unsigned char*>(nullptr));
    }
}

} // namespace tintype
