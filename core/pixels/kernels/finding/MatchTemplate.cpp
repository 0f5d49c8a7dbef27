// Finds a small image in a larger one, as two operations: a map of how much each place looks like it, and the best place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/finding/TemplateMapPrivate.h"
#include "core/pixels/kernels/machinery/WholeSourcePrivate.h"

#include <limits>

namespace tintype {

namespace {

struct MatchTemplate {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* ref;
    int method;
    VipsImage* out;
};

struct FindTemplate {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* ref;
    int method;
    int x;
    int y;
    double likeness;
};

int buildMatch(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        const auto& match = *reinterpret_cast<MatchTemplate*>(object);
        ImagePointer map = templateMap("tt_match_template", match.in, match.ref, Likeness(match.method));
        if (!map)
            return -1;
        g_object_set(object, "out", map.release(), nullptr);
        return 0;
    });
}

int buildFind(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        const auto& find = *reinterpret_cast<FindTemplate*>(object);
        const ImagePointer in = wholeSource(find.in);
        const ImagePointer map =
            in ? templateMap("tt_find_template", in.get(), find.ref, Likeness(find.method)) : nullptr;
        if (!map)
            return -1;
        const ImagePointer pixels = computedWhole(map.get());
        double least = 0;
        double most = 0;
        cv::Point leastAt;
        cv::Point mostAt;
        cv::minMaxLoc(matrixOnPixels(pixels.get()), &least, &most, &leastAt, &mostAt);
        const bool isDifference = Likeness(find.method) == Likeness::Difference;
        const cv::Point at = isDifference ? leastAt : mostAt;
        g_object_set(object, "x", at.x, "y", at.y, "likeness", isDifference ? least : most, nullptr);
        return 0;
    });
}

template <typename T>
void addInputs(VipsObjectClass* kernel) {
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(T, in));
    VIPS_ARG_IMAGE(kernel, "ref", 2, "Template", "The small image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(T, ref));
    VIPS_ARG_ENUM(kernel, "method", 10, "Method", "How likeness is measured", VIPS_ARGUMENT_OPTIONAL_INPUT,
                  G_STRUCT_OFFSET(T, method), likenessType(), int(Likeness::Coefficient));
}

void initMatch(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_match_template", "how much each place looks like a small image", buildMatch);
    addInputs<MatchTemplate>(kernel);
    VIPS_ARG_IMAGE(kernel, "out", 3, "Map", "The likeness of what begins at each place", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(MatchTemplate, out));
}

void initFind(VipsObjectClass* kernel) {
    constexpr int MOST = std::numeric_limits<int>::max();
    describeKernel(kernel, "tt_find_template", "the place that looks most like a small image", buildFind);
    addInputs<FindTemplate>(kernel);
    VIPS_ARG_INT(kernel, "x", 3, "x", "The left edge of the place", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                 G_STRUCT_OFFSET(FindTemplate, x), 0, MOST, 0);
    VIPS_ARG_INT(kernel, "y", 4, "y", "The top edge of the place", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                 G_STRUCT_OFFSET(FindTemplate, y), 0, MOST, 0);
    VIPS_ARG_DOUBLE(kernel, "likeness", 5, "Likeness", "How much it looks like it", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                    G_STRUCT_OFFSET(FindTemplate, likeness), -G_MAXDOUBLE, G_MAXDOUBLE, 0);
}

} // namespace

void registerMatchTemplate() {
    registerKernel<MatchTemplate, initMatch>("TtMatchTemplate");
    registerKernel<FindTemplate, initFind>("TtFindTemplate");
}

} // namespace tintype
