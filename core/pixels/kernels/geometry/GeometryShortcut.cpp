// Finds the geometry of libvips' operations that turn, scale and enlarge.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/ShortcutsPrivate.h"
#include "core/pixels/kernels/geometry/GeometryPrivate.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace tintype {

namespace {

bool isSet(VipsOperation* operation, const char* name) {
    return vips_object_argument_isset(VIPS_OBJECT(operation), name);
}

double number(VipsOperation* operation, const char* name) {
    double value = 0;
    g_object_get(operation, name, &value, nullptr);
    return value;
}

bool isBilinear(VipsOperation* operation) {
    VipsInterpolate* found = nullptr;
    g_object_get(operation, "interpolate", &found, nullptr);
    const std::unique_ptr<VipsInterpolate, Unreference> interpolate(found);
    return !interpolate || std::string_view(VIPS_OBJECT_GET_CLASS(found)->nickname) == "bilinear";
}

bool isBlack(VipsOperation* operation) {
    VipsArrayDouble* array = nullptr;
    g_object_get(operation, "background", &array, nullptr);
    if (!array)
        return true;
    int count = 0;
    const double* const values = vips_array_double_get(array, &count);
    const bool isBlack = std::all_of(values, values + count, [](double value) { return value == 0; });
    vips_area_unref(VIPS_AREA(array));
    return isBlack;
}

/// What all transformations have in common: no offsets, black around, and no alpha, which libvips multiplies with first.
bool isPlain(VipsOperation* operation, VipsImage* in) {
    for (const char* name : {"idx", "idy", "odx", "ody"}) {
        if (number(operation, name) != 0)
            return false;
    }
    return isBilinear(operation) && isBlack(operation) && !vips_image_hasalpha(in);
}

int rounded(double place) {
    return int(place > 0 ? place + 0.5 : place - 0.5);
}

/// Where the transformed corners lie; false where libvips has found another size.
bool setArea(Geometry& geometry, const double (&matrix)[4], const VipsImage* in, const VipsImage* out) {
    const double width = in->Xsize;
    const double height = in->Ysize;
    const auto [left, right] = std::minmax({0.0, matrix[0] * width, matrix[1] * height, matrix[0] * width + matrix[1] * height});
    const auto [top, bottom] = std::minmax({0.0, matrix[2] * width, matrix[3] * height, matrix[2] * width + matrix[3] * height});
    geometry.left = rounded(left);
    geometry.top = rounded(top);
    return rounded(right - left) == out->Xsize && rounded(bottom - top) == out->Ysize && out->Xoffset == -geometry.left &&
           out->Yoffset == -geometry.top;
}

std::optional<PartKernel> transformation(const double (&matrix)[4], VipsImage* in, VipsImage* out) {
    Geometry geometry;
    if (!geometry.setMatrix(matrix[0], matrix[1], matrix[2], matrix[3]) || !setArea(geometry, matrix, in, out))
        return {};
    return bilinear(geometry, in->BandFmt);
}

} // namespace

std::optional<PartKernel> affineShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out) {
    if (isSet(operation, "oarea") || isSet(operation, "extend") || isSet(operation, "premultiplied") ||
        !isPlain(operation, in))
        return {};
    VipsArrayDouble* array = nullptr;
    g_object_get(operation, "matrix", &array, nullptr);
    const double* const values = vips_array_double_get(array, nullptr);
    const double matrix[4] = {values[0], values[1], values[2], values[3]};
    vips_area_unref(VIPS_AREA(array));
    return transformation(matrix, in, out);
}

std::optional<PartKernel> turnShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out) {
    const double angle = number(operation, "angle");
    const bool hasScale = g_object_class_find_property(G_OBJECT_GET_CLASS(operation), "scale") != nullptr;
    const double scale = hasScale ? number(operation, "scale") : 1;
    // Right angles move pixels, and interpolate nothing.
    if (std::fmod(angle, 90) == 0 || !isPlain(operation, in))
        return {};
    const double cosine = scale * std::cos(VIPS_RAD(angle));
    const double sine = scale * -std::sin(VIPS_RAD(angle));
    return transformation({cosine, sine, -sine, cosine}, in, out);
}

std::optional<PartKernel> enlargeShortcut(VipsOperation* operation, VipsImage* in, VipsImage*) {
    VipsKernel kernel = VIPS_KERNEL_LANCZOS3;
    g_object_get(operation, "kernel", &kernel, nullptr);
    const double scale = number(operation, "scale");
    const double down = isSet(operation, "vscale") ? number(operation, "vscale") : scale;
    if (scale <= 1 || down <= 1 || kernel == VIPS_KERNEL_NEAREST)
        return {};
    Geometry geometry;
    geometry.setMatrix(scale, 0, 0, down);
    geometry.shift = 0.5;
    geometry.repeatsEdge = true;
    return kernel == VIPS_KERNEL_LINEAR ? bilinear(geometry, in->BandFmt) : bicubic(geometry, in->BandFmt);
}

} // namespace tintype
