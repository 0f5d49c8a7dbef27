// Erosion and dilation by a disc, square or cross, and what is made of the two, as operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/filters/ExtremesPrivate.h"
#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"

#include <limits>
#include <type_traits>

namespace tintype {

namespace {

struct Morphology {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int radius;
    int vradius;
    int shape;
};

using Step = void (*)(const PixelArea& in, const Window& window, const PixelArea& out, const CancelToken* token);

/// Smallest then largest, or the other way round, in one go: what lies between stays in the cache.
template <Step first, Step second>
void runBoth(const Part& part, const Window& window, const PixelArea& out) {
    const PixelArea& in = part.in.front();
    const BetweenPixels between(in.image, insideOf(grown(out.rect, window.across(), window.down()), in.image));
    first(in, window, between.area(), part.token);
    second(between.area(), window, out, part.token);
}

/// a - b, at most the largest number of the format; b is never larger.
template <typename T>
T difference(T a, T b) {
    if constexpr (std::is_floating_point_v<T> || std::is_unsigned_v<T>)
        return T(a - b);
    else if constexpr (sizeof(T) == 4)
        return T(std::min<std::int64_t>(std::int64_t(a) - b, std::numeric_limits<T>::max()));
    else
        return T(std::min<int>(a - b, std::numeric_limits<T>::max()));
}

template <typename T>
void subtractRow(const T* above, const T* below, T* out, int count) {
#pragma GCC ivdep
    for (int x = 0; x < count; ++x)
        out[x] = difference(above[x], below[x]);
}

/// Leaves how far `above` lies above `below` in `out`, which may be one of them.
void subtract(const PixelArea& above, const PixelArea& below, const PixelArea& out) {
    const int count = out.rect.width * out.image->Bands;
    withNumberType(out.image->BandFmt, [&]<typename T>() {
        for (int y = out.rect.top; y < out.rect.top + out.rect.height; ++y) {
            const int a = (out.rect.left - above.rect.left) * out.image->Bands;
            const int b = (out.rect.left - below.rect.left) * out.image->Bands;
            subtractRow(above.row<T>(y) + a, below.row<T>(y) + b, out.row<T>(y), count);
        }
    });
}

void erode(const Part& part, const Window& window) {
    findSmallest(part.in.front(), window, part.out, part.token);
}

void dilate(const Part& part, const Window& window) {
    findLargest(part.in.front(), window, part.out, part.token);
}

void open(const Part& part, const Window& window) {
    runBoth<findSmallest, findLargest>(part, window, part.out);
}

void close(const Part& part, const Window& window) {
    runBoth<findLargest, findSmallest>(part, window, part.out);
}

void findWhiteTopHat(const Part& part, const Window& window) {
    open(part, window);
    subtract(part.in.front(), part.out, part.out);
}

void findBlackTopHat(const Part& part, const Window& window) {
    close(part, window);
    subtract(part.out, part.in.front(), part.out);
}

void findGradient(const Part& part, const Window& window) {
    const BetweenPixels smallest(part.out.image, part.out.rect);
    findSmallest(part.in.front(), window, smallest.area(), part.token);
    findLargest(part.in.front(), window, part.out, part.token);
    subtract(part.out, smallest.area(), part.out);
}

/// `steps`: how many windows one after the other a pixel depends on. Differences keep what tells how opaque a pixel is.
template <void (*work)(const Part&, const Window&), int steps, bool isDifference>
int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    auto* morphology = reinterpret_cast<Morphology*>(object);
    const char* domain = VIPS_OBJECT_GET_CLASS(object)->nickname;
    const ImagePointer in = decoded(morphology->in);
    if (!in || vips_check_noncomplex(domain, in.get()))
        return -1;
    return withoutExceptions(object, [&] {
        const Window window(morphology->shape, morphology->radius, morphology->vradius);
        PartKernel kernel = reachingKernel(steps * window.across(), steps * window.down(),
                                           [window](const Part& part) { work(part, window); });
        kernel.keepsAlpha = isDifference;
        VipsImage* filtered = nullptr;
        if (computePartwise({in.get()}, std::move(kernel), &filtered))
            return -1;
        g_object_set(object, "out", filtered, nullptr);
        return 0;
    });
}

template <void (*work)(const Part&, const Window&), int steps, bool isDifference = false>
void describe(VipsObjectClass* kernel, const char* nickname, const char* description) {
    describeKernel(kernel, nickname, description, build<work, steps, isDifference>);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(Morphology, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Morphology, out));
    VIPS_ARG_INT(kernel, "radius", 3, "Radius", "How far the window reaches from its centre",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Morphology, radius), 0, MOST_RADIUS, 1);
    VIPS_ARG_INT(kernel, "vradius", 4, "Vertical radius", "How far it reaches up and down, where that is not the same",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Morphology, vradius), 0, MOST_RADIUS, 1);
    VIPS_ARG_ENUM(kernel, "shape", 5, "Shape", "Shape of the window", VIPS_ARGUMENT_OPTIONAL_INPUT,
                  G_STRUCT_OFFSET(Morphology, shape), windowShapeType(), WINDOW_DISC);
}

void initErode(VipsObjectClass* kernel) {
    describe<erode, 1>(kernel, "tt_erode", "replace each pixel by the smallest of those around it");
}

void initDilate(VipsObjectClass* kernel) {
    describe<dilate, 1>(kernel, "tt_dilate", "replace each pixel by the largest of those around it");
}

void initOpening(VipsObjectClass* kernel) {
    describe<open, 2>(kernel, "tt_opening", "erode, then dilate");
}

void initClosing(VipsObjectClass* kernel) {
    describe<close, 2>(kernel, "tt_closing", "dilate, then erode");
}

void initWhiteTopHat(VipsObjectClass* kernel) {
    describe<findWhiteTopHat, 2, true>(kernel, "tt_white_tophat", "what an opening takes away");
}

void initBlackTopHat(VipsObjectClass* kernel) {
    describe<findBlackTopHat, 2, true>(kernel, "tt_black_tophat", "what a closing adds");
}

void initGradient(VipsObjectClass* kernel) {
    describe<findGradient, 1, true>(kernel, "tt_morph_gradient", "the largest less the smallest of the pixels around each one");
}

void initInstance(Morphology* morphology) {
    morphology->radius = 1;
    morphology->vradius = SAME_RADIUS;
    morphology->shape = WINDOW_DISC;
}

} // namespace

void registerMorphology() {
    registerKernel<Morphology, initErode, initInstance>("TtErode");
    registerKernel<Morphology, initDilate, initInstance>("TtDilate");
    registerKernel<Morphology, initOpening, initInstance>("TtOpening");
    registerKernel<Morphology, initClosing, initInstance>("TtClosing");
    registerKernel<Morphology, initWhiteTopHat, initInstance>("TtWhiteTopHat");
    registerKernel<Morphology, initBlackTopHat, initInstance>("TtBlackTopHat");
    registerKernel<Morphology, initGradient, initInstance>("TtMorphGradient");
}

} // namespace tintype
