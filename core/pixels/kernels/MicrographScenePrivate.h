// Where the cells of a generated micrograph lie and how bright each pixel is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace tintype {

/// Cells lie on a loose grid of slots, one at most in each and none near its border, so that they never touch and the
/// cell of a pixel is found at once. All is made from hashes and from +, -, *, / and sqrt, which IEEE 754 defines to
/// the last bit: the same picture on every machine, in any tiles. The file is compiled without contraction to fused
/// multiply-adds for the same reason.
class MicrographScene {
public:
    /// Throws std::runtime_error when so many cells do not fit.
    MicrographScene(int width, int height, int count, std::uint64_t seed, double noise);

    /// 0 to 255.
    std::uint8_t pixel(int x, int y) const;

private:
    struct Cell {
        double x = 0; ///< centre
        double y = 0;
        double cosine = 1; ///< of the direction of the long axis
        double sine = 0;
        double radius = 0;    ///< 0: no cell in this slot
        double flatness = 1;  ///< short axis by long axis
        double lobes[2] = {}; ///< how much the outline deviates from an ellipse, with 2 and 3 lobes
        double brightness = 0;
    };

    bool layOut(int slots, int count, bool shifted);
    Cell makeCell(int slot) const;
    double cellLight(const Cell& cell, double x, double y) const;
    double texture(double x, double y, double grain) const;
    double random(std::uint64_t stream, std::uint64_t index) const;

    int m_width;
    int m_height;
    std::uint64_t m_seed;
    double m_noise;
    int m_columns = 1;
    double m_slotWidth = 0;
    double m_slotHeight = 0;
    std::vector<double> m_shifts; ///< of each row, to the right
    std::vector<Cell> m_cells;    ///< one for each slot, row by row
};

} // namespace tintype
