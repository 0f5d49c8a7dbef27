// The connected components of an image of any size, found strip by strip and joined across their borders.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/machinery/StripsPrivate.h"
#include "core/pixels/kernels/objects/RunsPrivate.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace tintype {

/// What is known of a whole component.
struct ComponentFacts {
    std::int64_t area = 0;
    std::int64_t first = std::numeric_limits<std::int64_t>::max(); ///< its first pixel, counted in reading order
    double before = 0;        ///< the value left of its first pixel, 0 in the first column
    bool touchesEdge = false; ///< of the image
};

/// Problem: the components of an image larger than memory must be known as wholes, and numbered in reading order,
/// without holding the image. One pass finds those of each strip; only those that touch a border between strips are
/// remembered and joined, so that memory grows with the borders. Whoever needs the pixels of a strip finds its runs
/// again, or keeps them. Scanned once, then read by any thread.
class Components {
public:
    /// Facts take time, and are gathered where they are wanted only.
    Components(RunKind kind, Connectivity connectivity, bool wantsFacts)
        : m_kind(kind), m_connectivity(connectivity), m_wantsFacts(wantsFacts) {}

    /// Called for every strip of the scan with its runs, on libvips' threads; may move the runs away.
    using OnStrip = std::function<void(const Strip& strip, StripRuns& runs)>;
    /// Reads one band of a real format. Returns -1 with libvips' error set. Throws Error(Operation) for too many
    /// components.
    int scan(VipsImage* in, int rows, const OnStrip& onStrip = {});

    /// The runs of a strip, as the scan found them.
    StripRuns runs(const PixelRows& pixels) const { return findRuns(pixels, m_kind, m_connectivity); }
    /// Of the whole image.
    int count() const { return m_count; }
    /// The number, from 1 on, of each component of a strip.
    std::vector<int> numbers(int strip) const;
    /// What is known of each component of a strip, whose runs and pixels are given.
    std::vector<ComponentFacts> facts(const Strip& strip, const StripRuns& runs, const PixelRows& pixels) const;

private:
    struct BorderRun {
        Run run;
        double value;
    };
    /// A component that touches a border between strips.
    struct Border {
        int component;
        ComponentFacts facts;
        int number = 0;
        bool isFirst = true; ///< no strip before has a part of it that comes first
    };
    struct Part {
        int count = 0;
        int numberBefore = 0;        ///< the last number before those that begin in this strip
        std::vector<Border> borders; ///< in ascending order
        std::vector<BorderRun> top;
        std::vector<BorderRun> bottom;
    };

    std::vector<ComponentFacts> ownFacts(const Strip& strip, const StripRuns& runs, const PixelRows& pixels) const;
    Part partOf(const Strip& strip, const StripRuns& runs, const PixelRows& pixels) const;
    void joinParts();
    void joinBorders(const Part& upper, const Part& lower, int upperOffset, int lowerOffset,
                     std::vector<int>& parents) const;
    void numberParts(std::vector<int>& parents);

    RunKind m_kind;
    Connectivity m_connectivity;
    bool m_wantsFacts;
    int m_width = 0;
    int m_height = 0;
    int m_count = 0;
    std::vector<Part> m_parts;
};

} // namespace tintype
