// Exact distances to the nearest zero pixel, first along the columns, then along the rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/objects/DistancesPrivate.h"

#include <algorithm>
#include <cmath>

namespace tintype {

namespace {

using Wide = std::int64_t;

/// Of column x from the zero that lies g above or below column i, squared.
Wide distanceAt(Wide x, Wide i, Wide g) {
    return (x - i) * (x - i) + g * g;
}

/// The last column at which site i is not farther than site u, which lies right of it.
Wide endOf(Wide i, Wide u, Wide gi, Wide gu) {
    // Exact: a quotient of whole numbers of this size is never so near to a whole number without being one.
    return Wide(std::floor(double(u * u - i * i + gu * gu - gi * gi) / double(2 * (u - i))));
}

} // namespace

void columnDistances(int* pixels, std::size_t stride, int width, int height) {
    for (int x = 0; x < width; ++x)
        pixels[x] = pixels[x] ? NO_ZERO : 0;
    for (int y = 1; y < height; ++y) {
        int* const row = pixels + std::size_t(y) * stride;
        const int* const above = row - stride;
        for (int x = 0; x < width; ++x)
            row[x] = row[x] ? above[x] + 1 : 0;
    }
    for (int y = height - 2; y >= 0; --y) {
        int* const row = pixels + std::size_t(y) * stride;
        const int* const below = row + stride;
        for (int x = 0; x < width; ++x)
            row[x] = std::min(row[x], below[x] + 1);
    }
}

void RowDistances::findBetween(const int* columns, int begin, int end, Wide* distances) {
    int last = 0;
    m_sites[0] = m_starts[0] = begin;
    for (int u = begin + 1; u < end; ++u) {
        const auto isBeaten = [&] {
            const int site = m_sites[std::size_t(last)];
            const int start = m_starts[std::size_t(last)];
            return distanceAt(start, site, columns[site]) > distanceAt(start, u, columns[u]);
        };
        while (last >= 0 && isBeaten())
            --last;
        if (last < 0) {
            last = 0;
            m_sites[0] = u;
            m_starts[0] = begin;
            continue;
        }
        const int site = m_sites[std::size_t(last)];
        const Wide start = 1 + endOf(site, u, columns[site], columns[u]);
        if (start >= end)
            continue;
        ++last;
        m_sites[std::size_t(last)] = u;
        m_starts[std::size_t(last)] = int(start);
    }
    for (int x = end - 1; x >= begin; --x) {
        const int site = m_sites[std::size_t(last)];
        distances[x] = distanceAt(x, site, columns[site]);
        if (x == m_starts[std::size_t(last)])
            --last;
    }
}

void RowDistances::find(const int* columns, int width, Wide* distances) {
    m_sites.resize(std::size_t(width));
    m_starts.resize(std::size_t(width));
    for (int x = 0; x < width;) {
        if (columns[x] == 0) {
            distances[x++] = 0;
            continue;
        }
        // What lies beyond a zero of the row itself is never nearer than that zero.
        int end = x;
        while (end < width && columns[end] != 0)
            ++end;
        findBetween(columns, std::max(x - 1, 0), std::min(end + 1, width), distances);
        x = end;
    }
}

} // namespace tintype
