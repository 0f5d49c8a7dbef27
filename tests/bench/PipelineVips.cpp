// The pipeline of tests/bench/pipeline.py as a bare libvips program: pipeline_vips IN OUT integer|float.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <vips/vips.h>

#include <cstdio>
#include <string>

namespace {

/// Each step gives up its input, as a program that is done with it would.
VipsImage* next(VipsImage* in, VipsImage* out, int failed) {
    g_object_unref(in);
    if (failed)
        vips_error_exit("pipeline_vips");
    return out;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4 || VIPS_INIT(argv[0]))
        vips_error_exit("pipeline_vips IN OUT integer|float");
    const bool isInteger = std::string(argv[3]) == "integer";
    VipsImage* image = vips_image_new_from_file(argv[1], "access", VIPS_ACCESS_SEQUENTIAL, nullptr);
    if (!image)
        vips_error_exit("pipeline_vips");
    VipsImage* out = nullptr;
    int failed = vips_extract_area(image, &out, 100, 100, image->Xsize - 200, image->Ysize - 200, nullptr);
    image = next(image, out, failed);
    VipsInterpolate* bilinear = vips_interpolate_new("bilinear");
    failed = vips_affine(image, &out, 0.9, 0, 0, 0.9, "interpolate", bilinear, nullptr);
    g_object_unref(bilinear);
    image = next(image, out, failed);
    VipsImage* mask = vips_image_new_matrixv(3, 3, -1.0, -1.0, -1.0, -1.0, 16.0, -1.0, -1.0, -1.0, -1.0);
    vips_image_set_double(mask, "scale", 8);
    failed = vips_conv(image, &out, mask, "precision", isInteger ? VIPS_PRECISION_INTEGER : VIPS_PRECISION_FLOAT, nullptr);
    g_object_unref(mask);
    image = next(image, out, failed);
    if (!isInteger)
        image = next(image, out, vips_rint(image, &out, nullptr));
    if (!isInteger)
        image = next(image, out, vips_cast(image, &out, VIPS_FORMAT_UCHAR, nullptr));
    if (vips_image_write_to_file(image, argv[2], nullptr))
        vips_error_exit("pipeline_vips");
    g_object_unref(image);
    vips_shutdown();
    return 0;
}
