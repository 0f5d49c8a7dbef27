// The level between dark and bright pixels by Otsu's method, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/HistogramPrivate.h"
#include "core/pixels/kernels/KernelsPrivate.h"

namespace tintype {

namespace {

struct Otsu {
    VipsOperation parent;
    VipsImage* in;
    double out;
};

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        Histogram histogram;
        if (scanHistogram("tt_otsu", reinterpret_cast<Otsu*>(object)->in, histogram))
            return -1;
        g_object_set(object, "out", otsuLevel(histogram), nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_otsu", "find the level between dark and bright pixels", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "One-band image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Otsu, in));
    VIPS_ARG_DOUBLE(kernel, "out", 2, "Level", "The highest value that counts as dark", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                    G_STRUCT_OFFSET(Otsu, out), -G_MAXDOUBLE, G_MAXDOUBLE, 0);
}

} // namespace

void registerOtsu() {
    registerKernel<Otsu, initClass>("TtOtsu");
}

} // namespace tintype
