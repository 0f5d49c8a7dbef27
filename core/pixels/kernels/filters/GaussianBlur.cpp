// The Gaussian blur, exact and quick, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/filters/ByteBlurPrivate.h"
#include "core/pixels/kernels/filters/SymmetricSumPrivate.h"
#include "core/pixels/kernels/machinery/NeighbourhoodPrivate.h"

#include <algorithm>
#include <type_traits>
#include <vector>

namespace tintype {

namespace {

struct GaussianBlur {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    double sigma;
    double min_ampl;
    int precision;
};

/// What is between the passes: libvips keeps decimal numbers of 32 bits, unless the image has 64.
template <typename T>
using Between = std::conditional_t<std::is_same_v<T, double> || std::is_same_v<T, int>, double, float>;

/// The line with its ends repeated as far as the weights reach.
template <typename T, typename B>
void pad(const T* line, int count, int bands, int reach, B* padded) {
    for (int x = 0; x < reach * bands; ++x) {
        padded[x] = B(line[x % bands]);
        padded[(reach * bands) + count + x] = B(line[count - bands + (x % bands)]);
    }
    std::copy(line, line + count, padded + reach * bands);
}

template <typename T>
void blur(const MatrixPart& part, cv::Mat& out, const std::vector<double>& weights) {
    using B = Between<T>;
    const cv::Mat& in = part.in;
    const int reach = int(weights.size()) - 1;
    const int bands = in.channels();
    const int count = part.kept.width * bands;
    const auto isStopped = [&part] { return part.token && part.token->isCancelled(); };
    out.create(in.rows, in.cols, in.type());
    cv::Mat across(in.rows, count, cv::DataType<B>::type);
    std::vector<B> padded((std::size_t(in.cols) + 2 * std::size_t(reach)) * bands);
    for (int y = 0; y < in.rows && !isStopped(); ++y) {
        pad(in.ptr<T>(y), in.cols * bands, bands, reach, padded.data());
        addSymmetric(padded.data() + (reach + part.kept.x) * bands, bands, weights, across.ptr<B>(y), count);
    }
    std::vector<const B*> lines(weights.size() * 2 - 1);
    cv::Mat sum(1, count, cv::DataType<B>::type);
    for (int y = part.kept.y; y < part.kept.br().y && !isStopped(); ++y) {
        for (int k = -reach; k <= reach; ++k)
            lines[std::size_t(k + reach)] = across.ptr<B>(std::clamp(y + k, 0, in.rows - 1));
        addSymmetricLines(lines.data() + reach, weights, sum.ptr<B>(), count);
        // To the nearest and inside the format, as libvips' rint and cast do.
        cv::Mat line(1, count, cv::DataType<T>::type, out.ptr(y, part.kept.x));
        sum.convertTo(line, line.type());
    }
}

MatrixFilter filterFor(VipsBandFormat format, std::vector<double> weights) {
    const auto with = [&]<typename T>() -> MatrixFilter {
        return [weights](const MatrixPart& part, cv::Mat& out) { blur<T>(part, out, weights); };
    };
    if (vips_format_sizeof(format) == 1 && isBlurredQuicker(weights))
        return [weights](const MatrixPart& part, cv::Mat& out) { blurBytes(part, out, weights); };
    switch (format) {
    case VIPS_FORMAT_UCHAR:
        return with.operator()<uchar>();
    case VIPS_FORMAT_CHAR:
        return with.operator()<schar>();
    case VIPS_FORMAT_USHORT:
        return with.operator()<ushort>();
    case VIPS_FORMAT_SHORT:
        return with.operator()<short>();
    case VIPS_FORMAT_INT:
        return with.operator()<int>();
    case VIPS_FORMAT_FLOAT:
        return with.operator()<float>();
    default:
        return with.operator()<double>();
    }
}

/// Half of libvips' separable Gaussian mask, the middle first, as far as it is at least `leastAmplitude` of the middle; the
/// whole adds up to 1. -1 with libvips' error set when it would be too large.
int gaussianWeights(double sigma, double leastAmplitude, std::vector<double>& weights) {
    VipsImage* step = nullptr;
    if (vips_gaussmat(&step, sigma, leastAmplitude, "separable", TRUE, "precision", VIPS_PRECISION_FLOAT, nullptr))
        return -1;
    const ImagePointer matrix(step);
    const ImagePointer memory(vips_image_copy_memory(matrix.get()));
    if (!memory)
        return -1;
    const auto* values = reinterpret_cast<const double*>(VIPS_IMAGE_ADDR(memory.get(), 0, 0));
    const double scale = vips_image_get_scale(matrix.get());
    for (int x = memory->Xsize / 2; x < memory->Xsize; ++x)
        weights.push_back(values[x] / scale);
    return 0;
}

/// In libvips' own way: whole numbers, and what has no counterpart here.
bool isLeftToLibvips(const GaussianBlur& blur) {
    constexpr double LEAST_SIGMA = 0.2;
    const VipsImage* in = blur.in;
    return blur.precision != VIPS_PRECISION_FLOAT || blur.sigma < LEAST_SIGMA || in->Coding != VIPS_CODING_NONE ||
           matrixDepth(in->BandFmt) < 0 || in->Bands > CV_CN_MAX;
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        const auto& blur = *reinterpret_cast<GaussianBlur*>(object);
        VipsImage* blurred = nullptr;
        if (isLeftToLibvips(blur)) {
            if (vips_gaussblur(blur.in, &blurred, blur.sigma, "min_ampl", blur.min_ampl, "precision", blur.precision, nullptr))
                return -1;
        } else {
            std::vector<double> weights;
            if (gaussianWeights(blur.sigma, blur.min_ampl, weights))
                return -1;
            const int reach = int(weights.size()) - 1;
            if (filterNeighbourhood(blur.in, &blurred, {reach, filterFor(blur.in->BandFmt, std::move(weights))}))
                return -1;
        }
        g_object_set(object, "out", blurred, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_gaussblur", "gaussian blur", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(GaussianBlur, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(GaussianBlur, out));
    VIPS_ARG_DOUBLE(kernel, "sigma", 3, "Sigma", "Sigma of Gaussian", VIPS_ARGUMENT_REQUIRED_INPUT,
                    G_STRUCT_OFFSET(GaussianBlur, sigma), 0, 1000, 1.5);
    VIPS_ARG_DOUBLE(kernel, "min_ampl", 3, "Minimum amplitude", "Minimum amplitude of Gaussian",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(GaussianBlur, min_ampl), 0.001, 1, 0.2);
    VIPS_ARG_ENUM(kernel, "precision", 4, "Precision", "Convolve with this precision", VIPS_ARGUMENT_OPTIONAL_INPUT,
                  G_STRUCT_OFFSET(GaussianBlur, precision), VIPS_TYPE_PRECISION, VIPS_PRECISION_INTEGER);
}

void initInstance(GaussianBlur* blur) {
    blur->sigma = 1.5;
    blur->min_ampl = 0.2;
    blur->precision = VIPS_PRECISION_INTEGER;
}

} // namespace

void registerGaussianBlur() {
    registerKernel<GaussianBlur, initClass, initInstance>("TtGaussianBlur");
}

} // namespace tintype
