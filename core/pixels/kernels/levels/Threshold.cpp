// A mask of the pixels above a level, which is given or found on the picture, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/ShortcutsPrivate.h"
#include "core/pixels/kernels/levels/HistogramPrivate.h"
#include "core/pixels/kernels/machinery/WholePicturePrivate.h"

#include <memory>

namespace tintype {

namespace {

enum Method { OTSU, TRIANGLE, FIXED };

struct Threshold {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int method;
    double level;
    double found;
};

GType methodType() {
    static const GEnumValue values[] = {{OTSU, "TT_THRESHOLD_METHOD_OTSU", "otsu"},
                                        {TRIANGLE, "TT_THRESHOLD_METHOD_TRIANGLE", "triangle"},
                                        {FIXED, "TT_THRESHOLD_METHOD_FIXED", "fixed"},
                                        {0, nullptr, nullptr}};
    static const GType type = g_enum_register_static("TtThresholdMethod", values);
    return type;
}

/// As vips_more_const1, with the pixels of a whole picture at once, as OperationBuilder gives them to comparisons.
int markAbove(VipsImage* in, double level, VipsImage** mask) {
    const std::unique_ptr<VipsOperation, Unreference> comparison(vips_operation_new("relational_const"));
    const std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> levels(
        vips_array_double_new(&level, 1), [](VipsArrayDouble* array) { vips_area_unref(VIPS_AREA(array)); });
    g_object_set(comparison.get(), "in", in, "relational", VIPS_OPERATION_RELATIONAL_MORE, "c", levels.get(), nullptr);
    if (vips_object_build(VIPS_OBJECT(comparison.get())))
        return -1;
    VipsImage* made = nullptr;
    g_object_get(comparison.get(), "out", &made, nullptr);
    const ImagePointer plain(made);
    vips_object_unref_outputs(VIPS_OBJECT(comparison.get()));
    *mask = quickerImage(comparison.get(), plain.get());
    return *mask ? 0 : -1;
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    auto* threshold = reinterpret_cast<Threshold*>(object);
    return withoutExceptions(object, [object, threshold] {
        double level = threshold->level;
        if (threshold->method != FIXED) {
            Histogram histogram;
            if (scanHistogram("tt_threshold", threshold->in, histogram))
                return -1;
            level = threshold->method == OTSU ? otsuLevel(histogram) : triangleLevel(histogram);
        }
        VipsImage* mask = nullptr;
        // What was watched while the level was looked for hides where the pixels are.
        if (markAbove(watchedPicture(threshold->in).original, level, &mask))
            return -1;
        g_object_set(object, "out", mask, "found", level, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_threshold", "make a mask of the pixels above a level", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(Threshold, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Mask", "255 where the pixel is above the level, 0 elsewhere",
                   VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(Threshold, out));
    VIPS_ARG_ENUM(kernel, "method", 3, "Method", "How the level is found", VIPS_ARGUMENT_OPTIONAL_INPUT,
                  G_STRUCT_OFFSET(Threshold, method), methodType(), OTSU);
    VIPS_ARG_DOUBLE(kernel, "level", 4, "Level", "The highest value that counts as dark, for the method fixed",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Threshold, level), -G_MAXDOUBLE, G_MAXDOUBLE, 128);
    VIPS_ARG_DOUBLE(kernel, "found", 5, "Found", "The level that was used", VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                    G_STRUCT_OFFSET(Threshold, found), -G_MAXDOUBLE, G_MAXDOUBLE, 0);
}

void initInstance(Threshold* threshold) {
    threshold->method = OTSU;
    threshold->level = 128;
}

} // namespace

void registerThreshold() {
    registerKernel<Threshold, initClass, initInstance>("TtThreshold");
}

} // namespace tintype
