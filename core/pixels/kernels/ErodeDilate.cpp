// The smallest or largest value in a disc or square, as two operations on OpenCV's morphology.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/NeighbourhoodPrivate.h"

#include <opencv2/imgproc.hpp>

namespace tintype {

namespace {

enum Shape { DISC, SQUARE };

struct Morphology {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int radius;
    int shape;
};

GType shapeType() {
    static const GEnumValue values[] = {
        {DISC, "TT_SHAPE_DISC", "disc"}, {SQUARE, "TT_SHAPE_SQUARE", "square"}, {0, nullptr, nullptr}};
    static const GType type = g_enum_register_static("TtShape", values);
    return type;
}

/// A disc holds the pixels at most half a pixel further from the centre than the radius.
cv::Mat element(int shape, int radius) {
    const int side = 2 * radius + 1;
    cv::Mat mask(side, side, CV_8U, cv::Scalar(1));
    if (shape == SQUARE)
        return mask;
    for (int y = -radius; y <= radius; ++y) {
        for (int x = -radius; x <= radius; ++x)
            mask.at<uchar>(y + radius, x + radius) = x * x + y * y <= radius * radius + radius;
    }
    return mask;
}

/// A format that OpenCV's morphology has and that holds every value of the image's.
VipsBandFormat workingFormat(VipsBandFormat format) {
    switch (format) {
    case VIPS_FORMAT_CHAR:
        return VIPS_FORMAT_SHORT;
    case VIPS_FORMAT_INT:
    case VIPS_FORMAT_UINT:
        return VIPS_FORMAT_DOUBLE;
    default:
        return format;
    }
}

int filter(VipsImage* in, VipsImage** out, const NeighbourhoodFilter& work) {
    const VipsBandFormat format = workingFormat(in->BandFmt);
    if (format == in->BandFmt)
        return filterNeighbourhood(in, out, work);
    VipsImage* step = nullptr;
    if (vips_cast(in, &step, format, nullptr))
        return -1;
    const ImagePointer source(step);
    if (filterNeighbourhood(source.get(), &step, work))
        return -1;
    const ImagePointer filtered(step);
    return vips_cast(filtered.get(), out, in->BandFmt, nullptr);
}

int buildWith(VipsObject* object, void (*morph)(const cv::Mat&, cv::Mat&, const cv::Mat&)) {
    if (buildParent(object))
        return -1;
    auto* morphology = reinterpret_cast<Morphology*>(object);
    const char* domain = VIPS_OBJECT_GET_CLASS(object)->nickname;
    if (vips_check_uncoded(domain, morphology->in) || vips_check_noncomplex(domain, morphology->in))
        return -1;
    return withoutExceptions(object, [=] {
        const cv::Mat mask = element(morphology->shape, morphology->radius);
        const auto work = [mask, morph](const MatrixPart& part, cv::Mat& filtered) { morph(part.in, filtered, mask); };
        VipsImage* filtered = nullptr;
        if (filter(morphology->in, &filtered, {morphology->radius, work}))
            return -1;
        g_object_set(object, "out", filtered, nullptr);
        return 0;
    });
}

int buildErode(VipsObject* object) {
    return buildWith(object, [](const cv::Mat& in, cv::Mat& out, const cv::Mat& mask) { cv::erode(in, out, mask); });
}

int buildDilate(VipsObject* object) {
    return buildWith(object, [](const cv::Mat& in, cv::Mat& out, const cv::Mat& mask) { cv::dilate(in, out, mask); });
}

void addArguments(VipsObjectClass* kernel) {
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(Morphology, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Morphology, out));
    VIPS_ARG_INT(kernel, "radius", 3, "Radius", "How far the window reaches from its centre",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Morphology, radius), 1, 250, 1);
    VIPS_ARG_ENUM(kernel, "shape", 4, "Shape", "Shape of the window", VIPS_ARGUMENT_OPTIONAL_INPUT,
                  G_STRUCT_OFFSET(Morphology, shape), shapeType(), DISC);
}

void initErode(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_erode", "replace each pixel by the smallest of those around it", buildErode);
    addArguments(kernel);
}

void initDilate(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_dilate", "replace each pixel by the largest of those around it", buildDilate);
    addArguments(kernel);
}

void initInstance(Morphology* morphology) {
    morphology->radius = 1;
    morphology->shape = DISC;
}

} // namespace

void registerErodeDilate() {
    registerKernel<Morphology, initErode, initInstance>("TtErode");
    registerKernel<Morphology, initDilate, initInstance>("TtDilate");
}

} // namespace tintype
