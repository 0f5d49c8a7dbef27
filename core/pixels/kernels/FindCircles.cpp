// Circles in a grey image, as an operation on OpenCV's Hough transform.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/FoundRowsPrivate.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <limits>

namespace tintype {

namespace {

struct FindCircles {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int min_radius;
    int max_radius;
    double distance;
    double edge;
    double votes;
    int most;
    int count;
};

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto& find = *reinterpret_cast<FindCircles*>(object);
    const ImagePointer in = wholeSource(find.in);
    if (!in || vips_check_mono("tt_find_circles", in.get()) ||
        vips_check_format("tt_find_circles", in.get(), VIPS_FORMAT_UCHAR))
        return -1;
    if (find.min_radius > find.max_radius) {
        vips_error("tt_find_circles", "the smallest radius, %d, is larger than the largest, %d", find.min_radius,
                   find.max_radius);
        return -1;
    }
    return withoutExceptions(object, [&] {
        constexpr double SAME_SCALE = 1;
        // OpenCV's level is the one that is not enough, and has to be above 0; it is rounded.
        const double level = std::max(find.votes - 1, 0.1);
        std::vector<cv::Vec4f> circles;
        cv::HoughCircles(matrixOnPixels(in.get()), circles, cv::HOUGH_GRADIENT, SAME_SCALE, find.distance, find.edge,
                         level, find.min_radius, find.max_radius);
        FoundRows rows(4);
        for (const cv::Vec4f& circle : circles)
            rows.add({circle[0], circle[1], circle[2], circle[3]});
        return rows.give(object, find.most);
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_find_circles", "find circles in a grey image", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Grey image of 8 bits", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(FindCircles, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Circles",
                   "A matrix with a row for each circle, the clearest first: x and y of its middle, its radius, and how many edge "
                   "pixels point to the middle. One row of NaN when there is none",
                   VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(FindCircles, out));
    VIPS_ARG_INT(kernel, "min_radius", 3, "Smallest radius", "Of the circles that are looked for",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindCircles, min_radius), 1, 10000, 5);
    VIPS_ARG_INT(kernel, "max_radius", 4, "Largest radius", "Of the circles that are looked for",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindCircles, max_radius), 1, 10000, 50);
    VIPS_ARG_DOUBLE(kernel, "distance", 5, "Distance", "Between the middles of two circles, at least",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindCircles, distance), 1, 10000, 20);
    VIPS_ARG_DOUBLE(kernel, "edge", 6, "Edge", "The slope above which an edge begins; it goes on above half of that",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindCircles, edge), 1, 10000, 100);
    VIPS_ARG_DOUBLE(kernel, "votes", 7, "Votes", "Edge pixels that point to the middle, at least",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindCircles, votes), 1, 10000, 30);
    VIPS_ARG_INT(kernel, "most", 8, "Most", "Circles at most", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(FindCircles, most), 1, 1000000, 1000);
    VIPS_ARG_INT(kernel, "count", 9, "Count", "How many circles there are", VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                 G_STRUCT_OFFSET(FindCircles, count), 0, std::numeric_limits<int>::max(), 0);
}

void initInstance(FindCircles* find) {
    find->min_radius = 5;
    find->max_radius = 50;
    find->distance = 20;
    find->edge = 100;
    find->votes = 30;
    find->most = 1000;
}

} // namespace

void registerFindCircles() {
    registerKernel<FindCircles, initClass, initInstance>("TtFindCircles");
}

} // namespace tintype
