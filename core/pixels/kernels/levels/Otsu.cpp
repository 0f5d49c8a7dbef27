// The level between dark and bright pixels, by Otsu's method and by the triangle method, as operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/levels/HistogramPrivate.h"

namespace tintype {

namespace {

struct Level {
    VipsOperation parent;
    VipsImage* in;
    double out;
};

template <double (*find)(const Histogram&)>
int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        Histogram histogram;
        if (scanHistogram(VIPS_OBJECT_GET_CLASS(object)->nickname, reinterpret_cast<Level*>(object)->in, histogram))
            return -1;
        g_object_set(object, "out", find(histogram), nullptr);
        return 0;
    });
}

void describe(VipsObjectClass* kernel, const char* nickname, const char* description, int (*build)(VipsObject*)) {
    describeKernel(kernel, nickname, description, build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "One-band image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Level, in));
    VIPS_ARG_DOUBLE(kernel, "out", 2, "Level", "The highest value that counts as dark", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                    G_STRUCT_OFFSET(Level, out), -G_MAXDOUBLE, G_MAXDOUBLE, 0);
}

void initOtsu(VipsObjectClass* kernel) {
    describe(kernel, "tt_otsu", "find the level between dark and bright pixels", build<otsuLevel>);
}

void initTriangle(VipsObjectClass* kernel) {
    describe(kernel, "tt_triangle", "find the level at the foot of the histogram's peak", build<triangleLevel>);
}

} // namespace

void registerOtsu() {
    registerKernel<Level, initOtsu>("TtOtsu");
    registerKernel<Level, initTriangle>("TtTriangle");
}

} // namespace tintype
