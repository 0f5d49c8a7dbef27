// The connected components of an image of any size, found strip by strip and joined across their borders.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/objects/ComponentsPrivate.h"

#include "core/Error.h"

#include <algorithm>
#include <string>

namespace tintype {

namespace {

void join(ComponentFacts& facts, const ComponentFacts& other) {
    facts.area += other.area;
    facts.touchesEdge |= other.touchesEdge;
    if (other.first < facts.first) {
        facts.first = other.first;
        facts.before = other.before;
    }
}

} // namespace

int Components::scan(VipsImage* in, int rows, const OnStrip& onStrip) {
    m_width = in->Xsize;
    m_height = in->Ysize;
    m_parts.assign(std::size_t(stripCount(in, rows)), {});
    const auto work = [&](const Strip& strip) {
        const PixelRows pixels = rowsOf(strip.regions.front(), strip.kept);
        StripRuns found = runs(pixels);
        m_parts[std::size_t(strip.index)] = partOf(strip, found, pixels);
        if (onStrip)
            onStrip(strip, found);
    };
    if (forEachStrip({{in}}, rows, work))
        return -1;
    joinParts();
    return 0;
}

std::vector<ComponentFacts> Components::ownFacts(const Strip& strip, const StripRuns& runs,
                                                 const PixelRows& pixels) const {
    std::vector<ComponentFacts> facts(std::size_t(runs.count));
    for (int y = 0; y < pixels.height; ++y) {
        const int row = strip.kept.top + y;
        const bool atEnd = row == 0 || row == m_height - 1;
        for (int i = runs.starts[std::size_t(y)]; i < runs.starts[std::size_t(y) + 1]; ++i) {
            const Run& run = runs.runs[std::size_t(i)];
            ComponentFacts& own = facts[std::size_t(run.component)];
            if (own.area == 0) {
                own.first = std::int64_t(row) * m_width + run.begin;
                own.before = run.begin > 0 ? pixels.valueAt(run.begin - 1, y) : 0;
            }
            own.area += run.end - run.begin;
            own.touchesEdge |= atEnd || run.begin == 0 || run.end == m_width;
        }
    }
    return facts;
}

Components::Part Components::partOf(const Strip& strip, const StripRuns& runs, const PixelRows& pixels) const {
    Part part;
    part.count = runs.count;
    const auto take = [&](int y, std::vector<BorderRun>& border) {
        for (int i = runs.starts[std::size_t(y)]; i < runs.starts[std::size_t(y) + 1]; ++i) {
            const Run& run = runs.runs[std::size_t(i)];
            const double value = m_kind == RunKind::EqualValue ? pixels.valueAt(run.begin, y) : 1;
            border.push_back({run, value});
            part.borders.push_back({run.component, {}});
        }
    };
    if (strip.kept.top > 0)
        take(0, part.top);
    if (VIPS_RECT_BOTTOM(&strip.kept) < m_height)
        take(strip.kept.height - 1, part.bottom);
    std::ranges::sort(part.borders, {}, &Border::component);
    const auto equal = std::ranges::unique(part.borders, {}, &Border::component);
    part.borders.erase(equal.begin(), equal.end());
    if (part.borders.empty() || !m_wantsFacts)
        return part;
    const std::vector<ComponentFacts> facts = ownFacts(strip, runs, pixels);
    for (Border& border : part.borders)
        border.facts = facts[std::size_t(border.component)];
    return part;
}

void Components::joinBorders(const Part& upper, const Part& lower, int upperOffset, int lowerOffset,
                             std::vector<int>& parents) const {
    const auto node = [](const Part& part, int offset, int component) {
        return offset +
               int(std::ranges::lower_bound(part.borders, component, {}, &Border::component) - part.borders.begin());
    };
    std::size_t begin = 0;
    for (const BorderRun& below : lower.top) {
        while (begin < upper.bottom.size() && !runsTouch(upper.bottom[begin].run, below.run, m_connectivity) &&
               upper.bottom[begin].run.begin < below.run.end)
            ++begin;
        for (std::size_t i = begin;
             i < upper.bottom.size() && runsTouch(upper.bottom[i].run, below.run, m_connectivity); ++i) {
            const BorderRun& above = upper.bottom[i];
            if (above.value == below.value)
                joinSets(parents, node(upper, upperOffset, above.run.component),
                         node(lower, lowerOffset, below.run.component));
        }
    }
}

void Components::joinParts() {
    // Nodes stand in reading order of the strips and of the components in them, so that the smallest of a set, its
    // root, comes first in the image.
    std::vector<int> parents;
    std::vector<int> offsets;
    for (const Part& part : m_parts) {
        offsets.push_back(int(parents.size()));
        for (std::size_t i = 0; i < part.borders.size(); ++i)
            parents.push_back(int(parents.size()));
    }
    for (std::size_t i = 1; i < m_parts.size(); ++i)
        joinBorders(m_parts[i - 1], m_parts[i], offsets[i - 1], offsets[i], parents);
    for (Part& part : m_parts) {
        part.top = {};
        part.bottom = {};
    }
    numberParts(parents);
}

void Components::numberParts(std::vector<int>& parents) {
    std::vector<Border*> nodes;
    std::int64_t last = 0;
    for (Part& part : m_parts) {
        part.numberBefore = int(last);
        std::int64_t later = 0;
        for (Border& border : part.borders) {
            const int own = int(nodes.size());
            const int root = rootOf(parents, own);
            nodes.push_back(&border);
            border.isFirst = root == own;
            if (border.isFirst)
                border.number = int(last + border.component + 1 - later);
            else
                ++later;
        }
        last += part.count - later;
        if (last > std::numeric_limits<int>::max())
            throw Error(ErrorCode::Operation, "there are more than " + std::to_string(std::numeric_limits<int>::max()) +
                                                  " objects in the image");
    }
    m_count = int(last);
    const auto forEachLater = [&](auto&& f) {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (!nodes[i]->isFirst)
                f(*nodes[i], *nodes[std::size_t(rootOf(parents, int(i)))]);
        }
    };
    forEachLater([](Border& later, Border& first) { join(first.facts, later.facts); });
    forEachLater([](Border& later, const Border& first) {
        later.facts = first.facts;
        later.number = first.number;
    });
}

std::vector<int> Components::numbers(int strip) const {
    const Part& part = m_parts[std::size_t(strip)];
    std::vector<int> numbers(std::size_t(part.count));
    auto border = part.borders.begin();
    int last = part.numberBefore;
    for (int i = 0; i < part.count; ++i) {
        const bool isBorder = border != part.borders.end() && border->component == i;
        numbers[std::size_t(i)] = isBorder && !border->isFirst ? border->number : ++last;
        if (isBorder)
            ++border;
    }
    return numbers;
}

std::vector<ComponentFacts> Components::facts(const Strip& strip, const StripRuns& runs,
                                              const PixelRows& pixels) const {
    std::vector<ComponentFacts> facts = ownFacts(strip, runs, pixels);
    for (const Border& border : m_parts[std::size_t(strip.index)].borders)
        facts[std::size_t(border.component)] = border.facts;
    return facts;
}

} // namespace tintype
