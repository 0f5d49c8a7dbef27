// Straight lines and pieces of lines among the pixels of a mask, as two operations on OpenCV's Hough transforms.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/FoundRowsPrivate.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace tintype {

namespace {

struct FindLines {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int votes;
    double distance;
    double angle;
    int most;
    int count;
};

struct FindSegments {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int votes;
    double length;
    double gap;
    int count;
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

/// OpenCV counts in a table of all distances and angles, and numbers its cells by ints.
int checkTable(const VipsImage& mask, double distance, double angle) {
    constexpr double MOST_CELLS = 1 << 27;
    const double cells = (180 / angle + 2) * ((2.0 * (mask.Xsize + mask.Ysize) + 1) / distance + 2);
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
    const auto& find = *reinterpret_cast<FindLines*>(object);
    return withoutExceptions(object, [&] {
        const ImagePointer mask = maskOf("tt_find_lines", find.in);
        if (!mask)
            return -1;
        if (checkTable(*mask, find.distance, find.angle))
            return -1;
        std::vector<cv::Vec3f> lines;
        // OpenCV's level is the one that is not enough.
        cv::HoughLines(matrixOnPixels(mask.get()), lines, find.distance, find.angle * CV_PI / 180, find.votes - 1);
        std::ranges::stable_sort(lines, [](const cv::Vec3f& a, const cv::Vec3f& b) { return a[2] > b[2]; });
        FoundRows rows(7);
        for (const cv::Vec3f& line : lines) {
            const auto [begin, end] = endsInside({mask->Xsize, mask->Ysize}, line[0], line[1]);
            rows.add({begin.x, begin.y, end.x, end.y, line[1] * 180 / CV_PI, line[0], line[2]});
        }
        return rows.give(object, find.most);
    });
}

int buildSegments(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto& find = *reinterpret_cast<FindSegments*>(object);
    return withoutExceptions(object, [&] {
        const ImagePointer mask = maskOf("tt_find_segments", find.in);
        if (!mask)
            return -1;
        std::vector<cv::Vec4i> segments;
        cv::HoughLinesP(matrixOnPixels(mask.get()), segments, 1, CV_PI / 180, find.votes, find.length, find.gap);
        const auto length = [](const cv::Vec4i& s) { return std::hypot(s[2] - s[0], s[3] - s[1]); };
        std::ranges::stable_sort(segments, std::greater<>(), length);
        FoundRows rows(5);
        for (const cv::Vec4i& s : segments)
            rows.add({double(s[0]), double(s[1]), double(s[2]), double(s[3]), length(s)});
        return rows.give(object, std::numeric_limits<int>::max());
    });
}

void initLines(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_find_lines", "find straight lines in a mask", buildLines);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Mask", "One-band image, not zero where lines may be", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(FindLines, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Lines",
                   "A matrix with a row for each line, those with most pixels first: x1, y1, x2, y2, where it enters and leaves "
                   "the image; the angle in degrees of the direction across it and its distance from the top left corner "
                   "that way; its pixels. One row of NaN when there is none",
                   VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(FindLines, out));
    VIPS_ARG_INT(kernel, "votes", 3, "Votes", "So many pixels, at least, make a line", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(FindLines, votes), 1, 1000000, 100);
    VIPS_ARG_DOUBLE(kernel, "distance", 4, "Distance", "How exactly the distance is found, in pixels",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindLines, distance), 0.1, 100, 1);
    VIPS_ARG_DOUBLE(kernel, "angle", 5, "Angle", "How exactly the angle is found, in degrees",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindLines, angle), 0.05, 45, 1);
    VIPS_ARG_INT(kernel, "most", 6, "Most", "Lines at most", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(FindLines, most), 1, 1000000, 1000);
    VIPS_ARG_INT(kernel, "count", 7, "Count", "How many lines there are", VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                 G_STRUCT_OFFSET(FindLines, count), 0, std::numeric_limits<int>::max(), 0);
}

void initSegments(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_find_segments", "find pieces of straight lines in a mask", buildSegments);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Mask", "One-band image, not zero where lines may be", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(FindSegments, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Pieces",
                   "A matrix with a row for each piece, the longest first: x1, y1, x2, y2 of its ends, and its length. One row "
                   "of NaN when there is none",
                   VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(FindSegments, out));
    VIPS_ARG_INT(kernel, "votes", 3, "Votes", "So many pixels, at least, make a line", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(FindSegments, votes), 1, 1000000, 50);
    VIPS_ARG_DOUBLE(kernel, "length", 4, "Length", "Of the shortest piece", VIPS_ARGUMENT_OPTIONAL_INPUT,
                    G_STRUCT_OFFSET(FindSegments, length), 1, 1e6, 50);
    VIPS_ARG_DOUBLE(kernel, "gap", 5, "Gap", "That does not end a piece", VIPS_ARGUMENT_OPTIONAL_INPUT,
                    G_STRUCT_OFFSET(FindSegments, gap), 0, 1e6, 5);
    VIPS_ARG_INT(kernel, "count", 6, "Count", "How many pieces there are", VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                 G_STRUCT_OFFSET(FindSegments, count), 0, std::numeric_limits<int>::max(), 0);
}

void initLinesInstance(FindLines* find) {
    find->votes = 100;
    find->distance = 1;
    find->angle = 1;
    find->most = 1000;
}

void initSegmentsInstance(FindSegments* find) {
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
