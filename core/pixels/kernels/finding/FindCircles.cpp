// Circles in a grey image, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/finding/FoundRowsPrivate.h"
#include "core/pixels/kernels/finding/HoughCirclesPrivate.h"

#include <algorithm>
#include <cmath>

namespace tintype {

namespace {

struct FindCircles {
    Finding finding;
    int min_radius;
    int max_radius;
    double distance;
    double edge;
    double votes;
};

/// Where the slope is above `edge`, and above half of it beside such places.
ImagePointer edgesOf(VipsImage* in, double edge) {
    const double high = std::rint(edge);
    VipsImage* edges = nullptr;
    const bool failed = vips_call("tt_canny_edges", in, &edges, "low", std::max(std::floor(high / 2), 1.0), "high", high, nullptr);
    return ImagePointer(failed ? nullptr : edges);
}

CircleWish wishOf(const FindCircles& find) {
    // A circle has no radius to choose from where both are the same.
    const int largest = find.max_radius == find.min_radius ? find.min_radius + 2 : find.max_radius;
    return {find.min_radius, largest, find.distance, int(std::rint(find.votes))};
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    auto& find = *reinterpret_cast<FindCircles*>(object);
    const ImagePointer in = wholeSource(find.finding.in);
    if (!in || vips_check_mono("tt_find_circles", in.get()) ||
        vips_check_format("tt_find_circles", in.get(), VIPS_FORMAT_UCHAR))
        return -1;
    if (find.min_radius > find.max_radius) {
        vips_error("tt_find_circles", "the smallest radius, %d, is larger than the largest, %d", find.min_radius,
                   find.max_radius);
        return -1;
    }
    return withoutExceptions(object, [&] {
        const ImagePointer edges = edgesOf(in.get(), find.edge);
        if (!edges)
            return -1;
        const std::vector<FoundCircle> circles =
            findCircles(matrixOnPixels(in.get()), matrixOnPixels(edges.get()), wishOf(find), tokenOfBuild());
        FoundRows rows(4);
        for (const FoundCircle& circle : circles)
            rows.add({circle.x, circle.y, circle.radius, double(circle.votes)});
        return rows.give(find.finding, circles.size());
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_find_circles", "find circles in a grey image", build);
    describeFinding(kernel,
                    {"Grey image of 8 bits",
                     "A matrix with a row for each circle, the clearest first: x and y of its middle, its radius, and how many edge "
                     "pixels lie on it. One row of NaN when there is none",
                     "Circles at most", "How many circles there are"});
    VIPS_ARG_INT(kernel, "min_radius", 10, "Smallest radius", "Of the circles that are looked for",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindCircles, min_radius), 1, 10000, 5);
    VIPS_ARG_INT(kernel, "max_radius", 11, "Largest radius", "Of the circles that are looked for",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindCircles, max_radius), 1, 10000, 50);
    VIPS_ARG_DOUBLE(kernel, "distance", 12, "Distance", "Between the middles of two circles, at least",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindCircles, distance), 1, 10000, 20);
    VIPS_ARG_DOUBLE(kernel, "edge", 13, "Edge", "The slope above which an edge begins; it goes on above half of that",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindCircles, edge), 1, 10000, 100);
    VIPS_ARG_DOUBLE(kernel, "votes", 14, "Votes", "Edge pixels that point to the middle, at least",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(FindCircles, votes), 1, 10000, 30);
}

void initInstance(FindCircles* find) {
    initFinding(&find->finding);
    find->min_radius = 5;
    find->max_radius = 50;
    find->distance = 20;
    find->edge = 100;
    find->votes = 30;
}

} // namespace

void registerFindCircles() {
    registerKernel<FindCircles, initClass, initInstance>("TtFindCircles");
}

} // namespace tintype
