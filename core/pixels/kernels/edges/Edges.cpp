// How steeply brightness changes at each pixel, by masks of 3 x 3, as operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/filters/WindowPrivate.h"
#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/RoundedPrivate.h"
#include "core/pixels/kernels/machinery/RowsPrivate.h"

#include <cmath>

namespace tintype {

namespace {

struct Edges {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
};

/// What holds the sums of a mask exactly where the format has 8 or 16 bits.
template <typename T>
using Sum = std::conditional_t<sizeof(T) == 1, std::int16_t, std::conditional_t<sizeof(T) == 2, std::int32_t, double>>;

template <typename S>
struct Slope {
    S across;
    S down;
};

/// The difference of the pixels at both sides, the row's own counting `middle` times and those above and below `side` times.
template <int side, int middle, typename T>
TINTYPE_INLINED Slope<Sum<T>> slopeAt(const T* above, const T* row, const T* below, int x, int bands) {
    using S = Sum<T>;
    const auto of = [](const T* from, int i) { return S(from[i]); };
    const int l = x - bands;
    const int r = x + bands;
    const S left = S(side * of(above, l) + middle * of(row, l) + side * of(below, l));
    const S right = S(side * of(above, r) + middle * of(row, r) + side * of(below, r));
    const S top = S(side * of(above, l) + middle * of(above, x) + side * of(above, r));
    const S bottom = S(side * of(below, l) + middle * of(below, x) + side * of(below, r));
    return {S(left - right), S(top - bottom)};
}

template <typename S>
TINTYPE_INLINED S size(S number) {
    return S(number < 0 ? -number : number);
}

/// libvips': the sum of both, in decimal numbers of 32 bits where the format is not whole numbers of fewer.
struct Sobel {
    template <typename T>
    static TINTYPE_INLINED T at(const T* above, const T* row, const T* below, int x, int bands) {
        const auto slope = slopeAt<1, 2>(above, row, below, x, bands);
        if constexpr (std::is_integral_v<Sum<T>>) {
            constexpr auto MOST = Sum<T>(std::numeric_limits<T>::max());
            const auto sum = Sum<T>(size(slope.across) + size(slope.down));
            return T(sum < MOST ? sum : MOST);
        } else if constexpr (std::is_same_v<T, float>) {
            return size(T(slope.across)) + size(T(slope.down));
        } else {
            return rounded<T>(size(slope.across) + size(slope.down));
        }
    }
};

/// The length of the slope.
template <int side, int middle>
struct Length {
    template <typename T>
    static TINTYPE_INLINED T at(const T* above, const T* row, const T* below, int x, int bands) {
        const auto slope = slopeAt<side, middle>(above, row, below, x, bands);
        using D = std::conditional_t<sizeof(T) == 1, float, double>;
        const D across = D(slope.across);
        const D down = D(slope.down);
        return rounded<T>(std::sqrt(across * across + down * down));
    }
};

template <typename Edge, typename T>
TINTYPE_INLINED void fillRow(const T* above, const T* row, const T* below, int bands, T* out, int count) {
    for (int x = 0; x < count; ++x)
        out[x] = Edge::template at<T>(above, row, below, x, bands);
}

template <typename Edge, typename T>
TINTYPE_WIDE void fillRowWide(const T* above, const T* row, const T* below, int bands, T* out, int count) {
    fillRow<Edge>(above, row, below, bands, out, count);
}

/// The sum of the four neighbours less four times the pixel.
template <typename T, typename D>
TINTYPE_INLINED void fillLaplacianRow(const T* above, const T* row, const T* below, int bands, D* out, int count) {
    using S = std::conditional_t<sizeof(T) <= 2, std::int32_t, double>;
    for (int x = 0; x < count; ++x)
        out[x] = D(S(above[x]) + S(below[x]) + S(row[x - bands]) + S(row[x + bands]) - 4 * S(row[x]));
}

template <typename T, typename D>
TINTYPE_WIDE void fillLaplacianRowWide(const T* above, const T* row, const T* below, int bands, D* out, int count) {
    fillLaplacianRow(above, row, below, bands, out, count);
}

/// Calls `work` for each row with the ones above and below; one more pixel can be read at both ends.
template <typename T, typename F>
void forEachRow(const Part& part, F&& work) {
    const VipsRect& rect = part.out.rect;
    const int bands = part.out.image->Bands;
    Rows<T> rows(3, (rect.width + 2) * bands);
    const auto read = [&](int y) {
        readRepeated<T>(part.in.front(), rect.left - 1, rect.width + 2, y, rows.row(y - rect.top + 1));
    };
    read(rect.top - 1);
    read(rect.top);
    for (int y = 0; y < rect.height; ++y) {
        if (part.token && part.token->isCancelled())
            return;
        read(rect.top + y + 1);
        work(rows.row(y) + bands, rows.row(y + 1) + bands, rows.row(y + 2) + bands, rect.top + y);
    }
}

template <typename Edge>
void findEdges(const Part& part) {
    const int bands = part.out.image->Bands;
    const int count = part.out.rect.width * bands;
    withNumberType(part.out.image->BandFmt, [&]<typename T>() {
        forEachRow<T>(part, [&](const T* above, const T* row, const T* below, int y) {
            if (hasWideRegisters())
                fillRowWide<Edge>(above, row, below, bands, part.out.row<T>(y), count);
            else
                fillRow<Edge>(above, row, below, bands, part.out.row<T>(y), count);
        });
    });
}

template <typename D>
void findLaplacianIn(const Part& part) {
    const int bands = part.out.image->Bands;
    const int count = part.out.rect.width * bands;
    withNumberType(part.in.front().image->BandFmt, [&]<typename T>() {
        forEachRow<T>(part, [&](const T* above, const T* row, const T* below, int y) {
            if (hasWideRegisters())
                fillLaplacianRowWide(above, row, below, bands, part.out.row<D>(y), count);
            else
                fillLaplacianRow(above, row, below, bands, part.out.row<D>(y), count);
        });
    });
}

void findLaplacian(const Part& part) {
    if (part.out.image->BandFmt == VIPS_FORMAT_DOUBLE)
        findLaplacianIn<double>(part);
    else
        findLaplacianIn<float>(part);
}

template <void (*work)(const Part&), bool isDecimal, bool keepsAlpha>
int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const ImagePointer in = decoded(reinterpret_cast<Edges*>(object)->in);
    if (!in || vips_check_noncomplex(VIPS_OBJECT_GET_CLASS(object)->nickname, in.get()))
        return -1;
    return withoutExceptions(object, [&] {
        PartKernel kernel;
        kernel.run = work;
        kernel.needs = [](const VipsRect& rect, int) { return grown(rect, 1, 1); };
        kernel.keepsAlpha = keepsAlpha;
        const auto describe = [](VipsImage& header) {
            if (isDecimal)
                header.BandFmt = isWide(header.BandFmt) ? VIPS_FORMAT_DOUBLE : VIPS_FORMAT_FLOAT;
        };
        VipsImage* edges = nullptr;
        if (computePartwise({in.get()}, std::move(kernel), &edges, describe))
            return -1;
        g_object_set(object, "out", edges, nullptr);
        return 0;
    });
}

void describeEdges(VipsObjectClass* kernel, const char* nickname, const char* description, int (*build)(VipsObject*)) {
    describeKernel(kernel, nickname, description, build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Edges, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Edges, out));
}

void initSobel(VipsObjectClass* kernel) {
    describeEdges(kernel, "tt_sobel", "sobel edge detector", build<findEdges<Sobel>, false, false>);
}

void initPrewitt(VipsObjectClass* kernel) {
    describeEdges(kernel, "tt_prewitt", "prewitt edge detector", build<findEdges<Length<1, 1>>, false, true>);
}

void initScharr(VipsObjectClass* kernel) {
    describeEdges(kernel, "tt_scharr", "scharr edge detector", build<findEdges<Length<3, 10>>, false, true>);
}

void initLaplacian(VipsObjectClass* kernel) {
    describeEdges(kernel, "tt_laplacian", "how far each pixel lies below those around it", build<findLaplacian, true, true>);
}

} // namespace

void registerEdges() {
    registerKernel<Edges, initSobel>("TtSobel");
    registerKernel<Edges, initPrewitt>("TtPrewitt");
    registerKernel<Edges, initScharr>("TtScharr");
    registerKernel<Edges, initLaplacian>("TtLaplacian");
}

} // namespace tintype
