// Straight lines and pieces of lines among the pixels of a mask, as two operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/finding/FoundRowsPrivate.h"
#include "core/pixels/kernels/finding/HoughLinesPrivate.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <utility>

namespace tintype {

namespace {

struct FindLines {
    Finding finding;
    int votes;
    double distance;
    double angle;
};

struct FindSegments {
    Finding finding;
    int votes;
    double length;
    double gap;
};

/// Where the line of the points whose projection on the direction of the angle is `distance` enters and leaves the picture.
std::pair<cv::Point2d, cv::Point2d> endsInside(const cv::Size& size, double distance, double angle) {
    const cv::Point2d normal(std::cos(angle), std::sin(angle));
    const cv::Point2d along(-normal.y, normal.x);
    const cv::Point2d middle = normal * distance;
    double begin = -std::numeric_limits<double>::infinity();
    double end = std::numeric_limits<double>::infinity();
    const auto cut = [&](double from, double step, double most) {
        if (std::abs(step) < 1e-12)
            return;
        const auto [first, last] = std::minmax({-from / step, (most - from) / step});
        begin = std::max(begin, first);
        end = std::min(end, last);
    };
    cut(middle.x, along.x, size.width - 1);
    cut(middle.y, along.y, size.height - 1);
    // A line beside the outermost pixels is given by the point nearest to them.
    if (begin > end)
        begin = end = (begin + end) / 2;
    return {middle + along * begin, middle + along * end};
}

/// The table is as large as the steps are small, however few pixels vote.
int checkTable(const VipsImage& mask, double distance, double angle) {
    constexpr double MOST_CELLS = 1 << 27;
    const double cells = LineTable::cells({mask.Xsize, mask.Ysize}, distance, angle);
    if (cells <= MOST_CELLS)
        return 0;
    vips_error("tt_find_lines",
               "a distance of %g pixels and an angle of %g degrees need a table of %.0f million cells for an image of %d x %d, "
               "and %.0f million are allowed; make one of them larger",
               distance, angle, cells / 1e6, mask.Xsize, mask.Ysize, MOST_CELLS / 1e6);
    return -1;
}

int buildLines(VipsObject* object) {
    if (buildParent(object))
        return -1;
    auto& find = *reinterpret_cast<FindLines*>(object);
    return withoutExceptions(object, [&] {
        const ImagePointer mask = maskOf("tt_find_lines", find.finding.in);
        if (!mask || checkTable(*mask, find.distance, find.angle))
            return -1;
        const CancelToken token = tokenOfBuild();
        const cv::Mat pixels = matrixOnPixels(mask.get());
        LineTable table(pixels.size(), find.distance, find.angle);
        table.count(pixels, token);
        const FoundLines found = table.lines(find.votes, find.finding.most, token);
        FoundRows rows(7);
        for (const FoundLine& line : found.lines) {
            const auto [begin, end] = endsInside(pixels.size(), line.distance, line.angle * std::numbers::pi / 180);
            rows.add({begin.x, begin.y, end.x, end.y, line.angle, line.distance, double(line.votes)});
        }
        return rows.give(find.finding, found.count);
    });
}

int buildSegments(VipsObject* object) {
    if (buildParent(object))
        return -1;
    auto& find = *reinterpret_cast<FindSegments*>(object);
    return withoutExceptions(object, [&] {
        const ImagePointer mask = maskOf("tt_find_segments", find.finding.in);
        if (!mask)
            return -1;
        const SegmentWish wish{find.votes, int(std::lround(find.length)), int(std::lround(find.gap))};
        std::vector<FoundSegment> segments = findSegments(matrixOnPixels(mask.get()), wish, tokenOfBuild());
        const auto length = [](const FoundSegment& s) { return std::hypot(s.end.x - s.begin.x, s.end.y - s.begin.y); };
        std::ranges::stable_sort(segments, std::greater<>(), length);
        FoundRows rows(5);
        for (const FoundSegment& s : segments)
            rows.add({double(s.begin.x), double(s.begin.y), double(s.end.x), double(s.end.y), length(s)});
        return rows.give(find.finding, segments.size());
    });
}

void initLines(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_find_lines", "find straight lines in a mask", buildLines);
    describeFinding(kernel,
                    {"One-band image, not zero where lines may be",
                     "A matrix with a row for each line, those with most pixels first: x1, y1, x2, y2, where it enters and leaves "
                     "the image; the angle in degrees of the direction across it and its distance from the top left corner "
                     "that way; its pixels. One row of NaN when there is none",
                     "Lines at most", "How many lines there are"});
    VIPS_ARG_INT(kernel, "votes", 10, "Votes", "So many pixels, at least, make a line", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(FindLines, votes), 1, 1000000, 100);
    VIPS_ARG_DOUBLE(kernel, "distance", 11, "Distance", "How exactly the distance is found, in pixels",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindLines, distance), 0.1, 100, 1);
    VIPS_ARG_DOUBLE(kernel, "angle", 12, "Angle", "How exactly the angle is found, in degrees",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindLines, angle), 0.05, 45, 1);
}

void initSegments(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_find_segments", "find pieces of straight lines in a mask", buildSegments);
    describeFinding(kernel,
                    {"One-band image, not zero where lines may be",
                     "A matrix with a row for each piece, the longest first: x1, y1, x2, y2 of its ends, and its length. One row "
                     "of NaN when there is none",
                     "Pieces at most", "How many pieces there are"});
    VIPS_ARG_INT(kernel, "votes", 10, "Votes", "So many pixels, at least, make a line", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(FindSegments, votes), 1, 1000000, 50);
    VIPS_ARG_DOUBLE(kernel, "length", 11, "Length", "Of the shortest piece", VIPS_ARGUMENT_OPTIONAL_INPUT,
                    G_STRUCT_OFFSET(FindSegments, length), 1, 1e6, 50);
    VIPS_ARG_DOUBLE(kernel, "gap", 12, "Gap", "That does not end a piece", VIPS_ARGUMENT_OPTIONAL_INPUT,
                    G_STRUCT_OFFSET(FindSegments, gap), 0, 1e6, 5);
}

void initLinesInstance(FindLines* find) {
    initFinding(&find->finding);
    find->votes = 100;
    find->distance = 1;
    find->angle = 1;
}

void initSegmentsInstance(FindSegments* find) {
    initFinding(&find->finding);
    find->votes = 50;
    find->length = 50;
    find->gap = 5;
}

} // namespace

void registerFindLines() {
    registerKernel<FindLines, initLines, initLinesInstance>("TtFindLines");
    registerKernel<FindSegments, initSegments, initSegmentsInstance>("TtFindSegments");
}

} // namespace tintype
