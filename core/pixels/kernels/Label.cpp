// Numbers the objects of a mask, as an operation on OpenCV's connected components.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"

#include <opencv2/imgproc.hpp>

#include <limits>
#include <vector>

namespace tintype {

namespace {

enum Connectivity { FOUR = 4, EIGHT = 8 };

struct Label {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int connectivity;
    int count;
};

GType connectivityType() {
    static const GEnumValue values[] = {
        {FOUR, "TT_CONNECTIVITY_4", "4"}, {EIGHT, "TT_CONNECTIVITY_8", "8"}, {0, nullptr, nullptr}};
    static const GType type = g_enum_register_static("TtConnectivity", values);
    return type;
}

int checkInput(const VipsImage* in) {
    if (vips_check_mono("tt_label", const_cast<VipsImage*>(in)) ||
        vips_check_uncoded("tt_label", const_cast<VipsImage*>(in)))
        return -1;
    if (VIPS_IMAGE_N_PELS(in) <= guint64(std::numeric_limits<int>::max()))
        return 0;
    vips_error("tt_label", "the mask has %" G_GUINT64_FORMAT " pixels; %d are the most that can be labelled",
               VIPS_IMAGE_N_PELS(in), std::numeric_limits<int>::max());
    return -1;
}

/// The mask in memory, 255 where the input is not zero; fractions count.
ImagePointer readMask(VipsImage* in) {
    VipsImage* mask = nullptr;
    if (vips_notequal_const1(in, &mask, 0, nullptr))
        return nullptr;
    const ImagePointer lazy(mask);
    return ImagePointer(vips_image_copy_memory(mask));
}

/// Memory that looks like the input, for one whole number a pixel.
ImagePointer makeLabels(VipsImage* in) {
    ImagePointer labels(vips_image_new_memory());
    if (vips_image_pipelinev(labels.get(), VIPS_DEMAND_STYLE_ANY, in, nullptr))
        return nullptr;
    labels->BandFmt = VIPS_FORMAT_INT;
    labels->Type = VIPS_INTERPRETATION_MULTIBAND;
    return vips_image_write_prepare(labels.get()) ? nullptr : std::move(labels);
}

cv::Mat matrix(VipsImage* image, int type) {
    return {image->Ysize, image->Xsize, type, VIPS_IMAGE_ADDR(image, 0, 0), VIPS_IMAGE_SIZEOF_LINE(image)};
}

/// Numbers objects by their first pixel in reading order; OpenCV's order depends on its threads.
void renumber(cv::Mat& labels, int count) {
    std::vector<int> numbers(std::size_t(count) + 1, 0);
    int last = 0;
    for (int y = 0; y < labels.rows; ++y) {
        int* line = labels.ptr<int>(y);
        for (int x = 0; x < labels.cols; ++x) {
            if (line[x] == 0)
                continue;
            int& number = numbers[std::size_t(line[x])];
            if (number == 0)
                number = ++last;
            line[x] = number;
        }
    }
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    auto* label = reinterpret_cast<Label*>(object);
    if (checkInput(label->in))
        return -1;
    return withoutExceptions(object, [object, label] {
        const ImagePointer mask = readMask(label->in);
        if (!mask)
            return -1;
        ImagePointer out = makeLabels(label->in);
        if (!out)
            return -1;
        cv::Mat labels = matrix(out.get(), CV_32S);
        const int count = cv::connectedComponents(matrix(mask.get(), CV_8U), labels, label->connectivity, CV_32S) - 1;
        renumber(labels, count);
        g_object_set(object, "out", out.release(), "count", count, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_label", "number the objects of a mask", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Mask", "One-band image, not zero where objects are", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(Label, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Labels", "The number of its object at each pixel, 0 in the background",
                   VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(Label, out));
    VIPS_ARG_ENUM(kernel, "connectivity", 3, "Connectivity",
                  "Neighbours that belong to the same object: 4 at the sides, or 8 with the corners",
                  VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Label, connectivity), connectivityType(), EIGHT);
    VIPS_ARG_INT(kernel, "count", 4, "Count", "How many objects there are", VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                 G_STRUCT_OFFSET(Label, count), 0, std::numeric_limits<int>::max(), 0);
}

void initInstance(Label* label) {
    label->connectivity = EIGHT;
}

} // namespace

void registerLabel() {
    registerKernel<Label, initClass, initInstance>("TtLabel");
}

} // namespace tintype
