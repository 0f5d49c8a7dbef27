// The mean of a rectangle around each pixel, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/filters/WindowSumsPrivate.h"
#include "core/pixels/kernels/machinery/RoundedPrivate.h"

namespace tintype {

namespace {

struct BoxBlur {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int radius;
    int vradius;
};

/// In 32 bits the mean of 8-bit numbers is exact enough: no mean of an odd number of them lies halfway between two.
template <typename T, typename S>
using Mean = std::conditional_t<sizeof(S) == 2, float, double>;

template <typename T, typename S>
TINTYPE_INLINED void divideRow(const S* sums, double numbers, T* out, int count) {
    using M = Mean<T, S>;
    const auto share = M(1 / numbers);
    for (int x = 0; x < count; ++x) {
        // What is lost by not dividing lies far behind the last digit of 32 bits.
        if constexpr (std::is_same_v<T, float>)
            out[x] = float(sums[x] * share);
        else if constexpr (std::is_same_v<S, double>)
            out[x] = rounded<T>(sums[x] / numbers);
        else if constexpr (std::is_unsigned_v<T>)
            out[x] = T(std::int32_t(M(sums[x]) * share + M(0.5)));
        else
            out[x] = T(std::int32_t(M(sums[x]) * share + (sums[x] < 0 ? M(-0.5) : M(0.5))));
    }
}

template <typename T, typename S>
TINTYPE_WIDE void divideWide(const S* sums, double numbers, T* out, int count) {
    divideRow(sums, numbers, out, count);
}

void blur(const Part& part, int across, int down) {
    const int numbers = (2 * across + 1) * (2 * down + 1);
    withSumType(part.out.image->BandFmt, numbers, [&]<typename T, typename S>() {
        const auto divide = [&](const PixelArea& strip, int y, const S* sums) {
            const int count = strip.rect.width * strip.image->Bands;
            if (hasWideRegisters())
                divideWide(sums, numbers, strip.row<T>(y), count);
            else
                divideRow(sums, numbers, strip.row<T>(y), count);
        };
        sumWindows<T, S>(part.in.front(), part.out, across, down, part.token, divide);
    });
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto* box = reinterpret_cast<BoxBlur*>(object);
    const ImagePointer in = decoded(box->in);
    if (!in || vips_check_noncomplex("tt_boxblur", in.get()))
        return -1;
    return withoutExceptions(object, [&] {
        const int across = box->radius;
        const int down = box->vradius == SAME_RADIUS ? box->radius : box->vradius;
        PartKernel kernel = reachingKernel(across, down, [across, down](const Part& part) { blur(part, across, down); });
        VipsImage* blurred = nullptr;
        if (computePartwise({in.get()}, std::move(kernel), &blurred))
            return -1;
        g_object_set(object, "out", blurred, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_boxblur", "replace each pixel by the mean of those around it", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(BoxBlur, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(BoxBlur, out));
    VIPS_ARG_INT(kernel, "radius", 3, "Radius", "How far the window reaches from its centre",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(BoxBlur, radius), 0, MOST_RADIUS, 1);
    VIPS_ARG_INT(kernel, "vradius", 4, "Vertical radius", "How far it reaches up and down, where that is not the same",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(BoxBlur, vradius), 0, MOST_RADIUS, 1);
}

void initInstance(BoxBlur* box) {
    box->radius = 1;
    box->vradius = SAME_RADIUS;
}

} // namespace

void registerBoxBlur() {
    registerKernel<BoxBlur, initClass, initInstance>("TtBoxBlur");
}

} // namespace tintype
