// Sums up the parts of objects that lie in one strip of a labelled image.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/measure/ObjectSums.h"
#include "core/pixels/kernels/machinery/StripsPrivate.h"

#include <array>
#include <unordered_map>
#include <vector>

namespace tintype {

/// One use, one thread. The strip's first region holds labels, with OVERLAP rows around; the second, if there is one,
/// an image of the same size.
class StripSums {
public:
    /// The outline at a pixel depends on which of its neighbours lie at the border, and that on theirs.
    static constexpr int OVERLAP = 2;

    explicit StripSums(const Strip& strip);
    /// In the order in which the objects were come by. Throws Error(Parameter) for labels that are none.
    std::vector<ObjectSums> take();

private:
    using Row = std::vector<std::uint32_t>;

    void readLabels();
    void findBorders();
    void sumUpRow(int y);
    void sumUpBorder(ObjectSums& object, int y, int begin, int end) const;
    void sumUpIntensity(ObjectSums& object, int y, int begin, int end) const;
    ObjectSums& objectOf(std::uint32_t label);
    const std::uint32_t* labels(int y) const { return m_labels.data() + std::size_t(y + OVERLAP) * m_stride + 1; }
    const std::uint32_t* borders(int y) const { return m_borders.data() + std::size_t(y + 1) * m_stride + 1; }

    struct Known {
        std::uint32_t label = 0;
        std::size_t place = 0;
    };

    const Strip& m_strip;
    const int m_width;
    const std::size_t m_stride; ///< with a pixel of background on both sides
    Row m_labels;               ///< rows of the strip and of the overlap
    Row m_borders; ///< likewise with one row more on both sides: the label at the border of its object, or 0
    std::vector<ObjectSums> m_objects;
    std::unordered_map<std::uint32_t, std::size_t> m_places;
    std::array<Known, 1024> m_known; ///< the same objects come in row after row
};

} // namespace tintype
