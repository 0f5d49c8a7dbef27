// Makes a rectangle of four corners of a picture, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/geometry/GeometryPrivate.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tintype {

namespace {

struct Perspective {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    VipsArrayDouble* corners;
    int width;
    int height;
};

struct Corner {
    double x;
    double y;
};
/// From the top left one clockwise, in the result; x and y count from the upper left edge of the picture.
using Corners = std::array<Corner, 4>;

double distance(Corner a, Corner b) {
    return std::hypot(b.x - a.x, b.y - a.y);
}

/// Positive where the way from a over b to c turns right.
double turn(Corner a, Corner b, Corner c) {
    return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
}

/// Whether each corner turns the same way: only then everything between them can be seen at once.
bool isConvex(const Corners& corners) {
    int right = 0;
    int left = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const double turned = turn(corners[i], corners[(i + 1) % 4], corners[(i + 2) % 4]);
        right += turned > 0;
        left += turned < 0;
    }
    return right == 4 || left == 4;
}

/// From a rectangle to the corners: Heckbert (1989), "Fundamentals of texture mapping and image warping", section 2.2.3.
Tilt tiltOf(const Corners& corners, int width, int height) {
    const auto [a, b, c, d] = corners;
    const Corner right{b.x - c.x, b.y - c.y};
    const Corner below{d.x - c.x, d.y - c.y};
    const Corner sum{a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y};
    const double determinant = right.x * below.y - right.y * below.x;
    const double g = (sum.x * below.y - sum.y * below.x) / determinant;
    const double h = (right.x * sum.y - right.y * sum.x) / determinant;
    return {(b.x - a.x + g * b.x) / width,
            (d.x - a.x + h * d.x) / height,
            a.x,
            (b.y - a.y + g * b.y) / width,
            (d.y - a.y + h * d.y) / height,
            a.y,
            g / width,
            h / height};
}

/// As long as the longer one of two opposite sides, unless it is given.
int side(int given, double first, double second) {
    return given > 0 ? given : int(std::clamp(std::round(std::max(first, second)), 1.0, double(VIPS_MAX_COORD - 1)));
}

int makeRectangle(VipsImage* in, const Corners& corners, const Perspective& perspective, VipsImage** out) {
    const auto [a, b, c, d] = corners;
    const int width = side(perspective.width, distance(a, b), distance(d, c));
    const int height = side(perspective.height, distance(a, d), distance(b, c));
    Geometry geometry;
    geometry.tilt = tiltOf(corners, width, height);
    geometry.repeatsEdge = true;
    return computePartwise({in}, *bilinear(geometry, in->BandFmt), out, [=](VipsImage& header) {
        header.Xsize = width;
        header.Ysize = height;
        header.Xoffset = 0;
        header.Yoffset = 0;
    });
}

/// Other formats are interpolated as decimal numbers; alpha belongs to the colours that it hides.
int build(VipsImage* in, const Corners& corners, const Perspective& perspective, VipsImage** out) {
    const bool hasAlpha = vips_image_hasalpha(in);
    const bool isDirect = bilinear({}, in->BandFmt).has_value() && !hasAlpha;
    if (isDirect)
        return makeRectangle(in, corners, perspective, out);
    VipsImage* step = nullptr;
    if (hasAlpha ? vips_premultiply(in, &step, nullptr) : vips_cast(in, &step, VIPS_FORMAT_DOUBLE, nullptr))
        return -1;
    const ImagePointer prepared(step);
    if (makeRectangle(prepared.get(), corners, perspective, &step))
        return -1;
    const ImagePointer rectangle(step);
    if (hasAlpha ? vips_unpremultiply(rectangle.get(), &step, nullptr) : vips_copy(rectangle.get(), &step, nullptr))
        return -1;
    const ImagePointer plain(step);
    if (!vips_band_format_isint(in->BandFmt))
        return vips_cast(plain.get(), out, in->BandFmt, nullptr);
    if (vips_rint(plain.get(), &step, nullptr))
        return -1;
    const ImagePointer rounded(step);
    return vips_cast(rounded.get(), out, in->BandFmt, nullptr);
}

int refuse(const char* reason) {
    vips_error("tt_perspective", "%s", reason);
    return -1;
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto& perspective = *reinterpret_cast<Perspective*>(object);
    const ImagePointer in = decoded(perspective.in);
    if (!in)
        return -1;
    if (vips_band_format_iscomplex(in->BandFmt))
        return refuse("the image must have real numbers");
    int count = 0;
    const double* const numbers = vips_array_double_get(perspective.corners, &count);
    if (count != 8 || !std::all_of(numbers, numbers + count, [](double number) { return std::fabs(number) < VIPS_MAX_COORD; }))
        return refuse("corners must be eight numbers: x and y of the top left, top right, bottom right and bottom left corner");
    Corners corners;
    for (std::size_t i = 0; i < corners.size(); ++i)
        corners[i] = {numbers[2 * i], numbers[2 * i + 1]};
    if (!isConvex(corners))
        return refuse("corners must go around an area without a dent: top left, top right, bottom right, bottom left");
    return withoutExceptions(object, [&] {
        VipsImage* out = nullptr;
        if (build(in.get(), corners, perspective, &out))
            return -1;
        g_object_set(object, "out", out, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_perspective", "make a rectangle of four corners", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Perspective, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Perspective, out));
    VIPS_ARG_BOXED(kernel, "corners", 3, "Corners", "x and y of the four corners, from the top left one clockwise",
                   VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Perspective, corners), VIPS_TYPE_ARRAY_DOUBLE);
    VIPS_ARG_INT(kernel, "width", 4, "Width", "Of the result; 0: as long as the longer one of both sides",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Perspective, width), 0, VIPS_MAX_COORD - 1, 0);
    VIPS_ARG_INT(kernel, "height", 5, "Height", "Of the result; 0: as long as the longer one of both sides",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Perspective, height), 0, VIPS_MAX_COORD - 1, 0);
}

} // namespace

void registerPerspective() {
    registerKernel<Perspective, initClass>("TtPerspective");
}

} // namespace tintype
