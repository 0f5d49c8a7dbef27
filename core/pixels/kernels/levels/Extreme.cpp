// The smallest or largest value of an image and its place, as two operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/levels/PixelStatisticsPrivate.h"

#include <cmath>
#include <string>

namespace tintype {

namespace {

struct Extreme {
    VipsOperation parent;
    VipsImage* in;
    int size;
    double out;
    int x;
    int y;
    VipsArrayDouble* out_array;
    VipsArrayInt* x_array;
    VipsArrayInt* y_array;
};

struct UnreferenceArea {
    void operator()(void* array) const { vips_area_unref(static_cast<VipsArea*>(array)); }
};
template <typename T>
using ArrayPointer = std::unique_ptr<T, UnreferenceArea>;

void setFound(VipsObject* object, double value, int x, int y) {
    const ArrayPointer<VipsArrayDouble> values(vips_array_double_new(&value, 1));
    const ArrayPointer<VipsArrayInt> across(vips_array_int_new(&x, 1));
    const ArrayPointer<VipsArrayInt> down(vips_array_int_new(&y, 1));
    g_object_set(object, "out", value, "x", x, "y", y, "out_array", values.get(), "x_array", across.get(), "y_array",
                 down.get(), nullptr);
}

using Find = int (*)(VipsImage*, double*, ...);

int findByLibvips(VipsObject* object, Find find) {
    const auto& extreme = *reinterpret_cast<Extreme*>(object);
    double value = 0;
    int x = 0;
    int y = 0;
    VipsArrayDouble* values = nullptr;
    VipsArrayInt* across = nullptr;
    VipsArrayInt* down = nullptr;
    if (find(extreme.in, &value, "size", extreme.size, "x", &x, "y", &y, "out_array", &values, "x_array", &across,
             "y_array", &down, nullptr))
        return -1;
    const ArrayPointer<VipsArrayDouble> keptValues(values);
    const ArrayPointer<VipsArrayInt> keptAcross(across);
    const ArrayPointer<VipsArrayInt> keptDown(down);
    g_object_set(object, "out", value, "x", x, "y", y, "out_array", values, "x_array", across, "y_array", down, nullptr);
    return 0;
}

/// One value only; of equal ones the first in reading order, where libvips gives any.
int findOne(VipsObject* object, bool isLeast, bool& found) {
    VipsImage* const in = reinterpret_cast<Extreme*>(object)->in;
    std::vector<BandStatistics> bands;
    if (pixelStatistics(in, {.least = isLeast, .most = !isLeast}, bands))
        return -1;
    std::int64_t at = -1;
    double value = 0;
    for (const BandStatistics& band : bands) {
        const std::int64_t place = isLeast ? band.leastAt : band.mostAt;
        const double other = isLeast ? band.least : band.most;
        const bool isBetter = isLeast ? other < value : other > value;
        if (place >= 0 && (at < 0 || isBetter || (other == value && place < at))) {
            at = place;
            value = other;
        }
    }
    found = at >= 0;
    if (found)
        setFound(object, value, int(at % in->Xsize), int(at / in->Xsize));
    return 0;
}

int buildWith(VipsObject* object, bool isLeast, Find find) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [=] {
        const auto& extreme = *reinterpret_cast<Extreme*>(object);
        bool found = false;
        if (extreme.size == 1 && hasPixelStatistics(extreme.in) && findOne(object, isLeast, found))
            return -1;
        return found ? 0 : findByLibvips(object, find);
    });
}

int buildLeast(VipsObject* object) {
    return buildWith(object, true, vips_min);
}

int buildMost(VipsObject* object) {
    return buildWith(object, false, vips_max);
}

void addArguments(VipsObjectClass* kernel, const std::string& name) {
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Extreme, in));
    VIPS_ARG_DOUBLE(kernel, "out", 2, "Output", "Output value", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                    G_STRUCT_OFFSET(Extreme, out), -INFINITY, INFINITY, 0);
    VIPS_ARG_INT(kernel, "x", 3, "x", ("Horizontal position of " + name).c_str(), VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                 G_STRUCT_OFFSET(Extreme, x), 0, VIPS_MAX_COORD, 0);
    VIPS_ARG_INT(kernel, "y", 4, "y", ("Vertical position of " + name).c_str(), VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                 G_STRUCT_OFFSET(Extreme, y), 0, VIPS_MAX_COORD, 0);
    VIPS_ARG_INT(kernel, "size", 5, "Size", ("Number of " + name + " values to find").c_str(), VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(Extreme, size), 1, 1000000, 10);
    VIPS_ARG_BOXED(kernel, "out_array", 7, "Output array", "Array of output values", VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                   G_STRUCT_OFFSET(Extreme, out_array), VIPS_TYPE_ARRAY_DOUBLE);
    VIPS_ARG_BOXED(kernel, "x_array", 8, "x array", "Array of horizontal positions", VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                   G_STRUCT_OFFSET(Extreme, x_array), VIPS_TYPE_ARRAY_INT);
    VIPS_ARG_BOXED(kernel, "y_array", 9, "y array", "Array of vertical positions", VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                   G_STRUCT_OFFSET(Extreme, y_array), VIPS_TYPE_ARRAY_INT);
}

void initLeast(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_min", "find image minimum", buildLeast);
    addArguments(kernel, "minimum");
}

void initMost(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_max", "find image maximum", buildMost);
    addArguments(kernel, "maximum");
}

void initInstance(Extreme* extreme) {
    extreme->size = 1;
}

} // namespace

void registerExtreme() {
    registerKernel<Extreme, initLeast, initInstance>("TtLeast");
    registerKernel<Extreme, initMost, initInstance>("TtMost");
}

} // namespace tintype
