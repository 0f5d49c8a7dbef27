// How much each place of an image looks like a small one, by Fourier transforms of blocks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/finding/TemplateMapPrivate.h"

#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/PartwisePrivate.h"
#include "core/pixels/kernels/machinery/WholeSourcePrivate.h"
#include "core/pixels/vips/UnstoppedImage.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <vector>

namespace tintype {

namespace {

/// What is computed at once: large beside the template, so that little is computed twice, and small enough for the cache.
constexpr int LEAST_SIDE = 256;
constexpr int MOST_SIDE = 2048;
constexpr int LEAST_STEP = 1024;

/// Lewis (1995), "Fast template matching", Vision Interface, 120-123; all in 64 bits, so that nothing is left of what the
/// subtraction of large sums takes away.
class Matcher {
public:
    static cv::Size sideFor(const VipsImage* pattern) { return {sideFor(pattern->Xsize), sideFor(pattern->Ysize)}; }

    Matcher(VipsImage* pattern, Likeness likeness)
        : m_likeness(likeness), m_size(pattern->Xsize, pattern->Ysize), m_side(sideFor(pattern)) {
        const PixelArea all{pattern, {0, 0, pattern->Xsize, pattern->Ysize}, VIPS_IMAGE_ADDR(pattern, 0, 0),
                            std::size_t(VIPS_IMAGE_SIZEOF_LINE(pattern))};
        for (int band = 0; band < pattern->Bands; ++band) {
            const cv::Rect inside({0, 0}, m_size);
            // What all pixels have in common makes no difference to the coefficient, but takes digits away.
            m_shifts.push_back(likeness == Likeness::Coefficient ? cv::mean(numbersOf(all, band, m_size, 0))[0] : 0);
            const cv::Mat numbers = numbersOf(all, band, m_side, m_shifts.back());
            m_means.push_back(cv::mean(numbers(inside))[0]);
            m_squares += numbers(inside).dot(numbers(inside));
            cv::Mat spectrum;
            cv::dft(numbers, spectrum, 0, m_size.height);
            m_spectra.push_back(spectrum);
        }
        for (const double mean : m_means)
            m_variance += mean * mean * m_size.area();
        m_variance = m_squares - m_variance;
    }

    VipsRect needs(const VipsRect& rect) const {
        return {rect.left, rect.top, rect.width + m_size.width - 1, rect.height + m_size.height - 1};
    }

    /// What a block gives.
    cv::Size step() const { return {m_side.width - m_size.width + 1, m_side.height - m_size.height + 1}; }

    void run(const Part& part) const {
        const cv::Size step = this->step();
        const VipsRect& rect = part.out.rect;
        for (int y = 0; y < rect.height; y += step.height) {
            for (int x = 0; x < rect.width; x += step.width) {
                if (part.token && part.token->isCancelled())
                    return;
                match(part, {rect.left + x, rect.top + y, std::min(step.width, rect.width - x),
                             std::min(step.height, rect.height - y)});
            }
        }
    }

private:
    static int sideFor(int length) {
        return cv::getOptimalDFTSize(std::clamp(4 * length, LEAST_SIDE, std::max(MOST_SIDE, length + LEAST_STEP)));
    }

    /// One band in 64 bits, less `shift`, with zeros up to the size.
    static cv::Mat numbersOf(const PixelArea& area, int band, const cv::Size& size, double shift) {
        cv::Mat numbers(size, CV_64F, cv::Scalar(0));
        withNumberType(area.image->BandFmt, [&]<typename T>() {
            for (int y = 0; y < area.rect.height; ++y) {
                const T* const row = area.row<T>(area.rect.top + y) + band;
                double* const line = numbers.ptr<double>(y);
                for (int x = 0; x < area.rect.width; ++x) {
                    line[x] = double(row[x * area.image->Bands]) - shift;
                    if (!std::isfinite(line[x]))
                        throw std::invalid_argument("only finite numbers can be matched, and there are others");
                }
            }
        });
        return numbers;
    }

    void match(const Part& part, const VipsRect& block) const {
        PixelArea area = part.in.front();
        const VipsRect need = needs(block);
        area.pixels = reinterpret_cast<VipsPel*>(area.row<VipsPel>(need.top)) +
                      std::size_t(need.left - area.rect.left) * VIPS_IMAGE_SIZEOF_PEL(area.image);
        area.rect = need;
        cv::Mat spectrum;
        cv::Mat squares(block.height, block.width, CV_64F, cv::Scalar(0));
        cv::Mat variances(block.height, block.width, CV_64F, cv::Scalar(0));
        cv::Mat products(block.height, block.width, CV_64F, cv::Scalar(0));
        for (int band = 0; band < int(m_means.size()); ++band) {
            const cv::Mat numbers = numbersOf(area, band, m_side, m_shifts[std::size_t(band)]);
            addWindows(numbers, m_means[std::size_t(band)], squares, variances, products);
            cv::Mat own;
            cv::dft(numbers, own, 0, need.height);
            cv::mulSpectrums(own, m_spectra[std::size_t(band)], own, 0, true);
            if (band == 0)
                spectrum = own;
            else
                spectrum += own;
        }
        cv::Mat correlation;
        cv::idft(spectrum, correlation, cv::DFT_SCALE | cv::DFT_REAL_OUTPUT, block.height);
        for (int y = 0; y < block.height; ++y) {
            float* const line = part.out.row<float>(block.top + y) + (block.left - part.out.rect.left);
            for (int x = 0; x < block.width; ++x)
                line[x] = likeness(correlation.at<double>(y, x), squares.at<double>(y, x), variances.at<double>(y, x),
                                   products.at<double>(y, x));
        }
    }

    /// Of each window: the sum of the squares, that of the squares of what differs from the mean, and the means' product.
    void addWindows(const cv::Mat& numbers, double mean, cv::Mat& squares, cv::Mat& variances, cv::Mat& products) const {
        cv::Mat sums;
        cv::Mat sumsOfSquares;
        cv::integral(numbers(cv::Rect(0, 0, squares.cols + m_size.width - 1, squares.rows + m_size.height - 1)), sums,
                     sumsOfSquares, CV_64F, CV_64F);
        const auto window = [this](const cv::Mat& from, int x, int y) {
            const double* const top = from.ptr<double>(y) + x;
            const double* const bottom = from.ptr<double>(y + m_size.height) + x;
            return (bottom[m_size.width] - bottom[0]) - (top[m_size.width] - top[0]);
        };
        for (int y = 0; y < squares.rows; ++y) {
            for (int x = 0; x < squares.cols; ++x) {
                const double sum = window(sums, x, y);
                const double square = window(sumsOfSquares, x, y);
                squares.at<double>(y, x) += square;
                variances.at<double>(y, x) += square - sum * sum / m_size.area();
                products.at<double>(y, x) += sum * mean;
            }
        }
    }

    float likeness(double correlation, double squares, double variance, double products) const {
        // What is left of rounding where all pixels are the same.
        constexpr double NOTHING = 1e-12;
        const bool isCoefficient = m_likeness == Likeness::Coefficient;
        const double here = isCoefficient ? variance : squares;
        const double there = isCoefficient ? m_variance : m_squares;
        const bool isDifference = m_likeness == Likeness::Difference;
        if (here <= NOTHING * squares || there <= NOTHING * m_squares)
            return isDifference ? (squares == m_squares ? 0 : 1) : 0;
        const double norm = std::sqrt(here * there);
        if (isDifference)
            return float(std::max((squares + m_squares - 2 * correlation) / norm, 0.0));
        return float(std::clamp((correlation - (isCoefficient ? products : 0)) / norm, -1.0, 1.0));
    }

    Likeness m_likeness;
    cv::Size m_size; ///< of the template
    cv::Size m_side; ///< of a block
    std::vector<cv::Mat> m_spectra;
    std::vector<double> m_shifts; ///< taken from the bands of both
    std::vector<double> m_means;
    double m_squares = 0;
    double m_variance = 0;
};

} // namespace

GType likenessType() {
    static const GEnumValue values[] = {{int(Likeness::Coefficient), "TT_LIKENESS_COEFFICIENT", "coefficient"},
                                        {int(Likeness::Correlation), "TT_LIKENESS_CORRELATION", "correlation"},
                                        {int(Likeness::Difference), "TT_LIKENESS_DIFFERENCE", "difference"},
                                        {0, nullptr, nullptr}};
    static const GType type = g_enum_register_static("TtLikeness", values);
    return type;
}

namespace {

/// A block needs some ten tables of its size, and the template one for each band.
int checkTables(const char* domain, const VipsImage* pattern) {
    constexpr double MOST_MEGABYTES = 2048;
    constexpr int TABLES = 10;
    const cv::Size side = Matcher::sideFor(pattern);
    const double megabytes = double(side.width) * side.height * sizeof(double) * (TABLES + pattern->Bands) / (1 << 20);
    if (megabytes <= MOST_MEGABYTES)
        return 0;
    vips_error(domain,
               "a template of %d x %d pixels, %d bands needs tables of %.0f MB, and %.0f MB are allowed; make both images "
               "smaller",
               pattern->Xsize, pattern->Ysize, pattern->Bands, megabytes, MOST_MEGABYTES);
    return -1;
}

/// A tile costs as much as a block: whoever asks for small ones is given parts of blocks that are kept.
ImagePointer inBlocks(VipsImage* map, const cv::Size& step) {
    constexpr std::int64_t CACHE_BYTES = 256 << 20;
    constexpr std::int64_t LEAST_BLOCKS = 4;
    const int width = std::min(step.width, map->Xsize);
    const int height = std::min(step.height, map->Ysize);
    const std::int64_t across = (map->Xsize - 1) / width + 1;
    const std::int64_t bytes = std::int64_t(width) * height * std::int64_t(sizeof(float));
    const int kept = int(std::max(std::min(2 * (across + 1), CACHE_BYTES / bytes), LEAST_BLOCKS));
    const ImagePointer whole(unstoppedCopy(map));
    VipsImage* cached = nullptr;
    const bool failed = !whole || vips_tilecache(whole.get(), &cached, "tile_width", width, "tile_height", height, "max_tiles",
                                                 kept, "threaded", TRUE, nullptr);
    return ImagePointer(failed ? nullptr : cached);
}

} // namespace

ImagePointer templateMap(const char* domain, VipsImage* in, VipsImage* pattern, Likeness likeness) {
    const ImagePointer source = decoded(in);
    const ImagePointer small = wholeSource(pattern);
    if (!source || !small || vips_check_noncomplex(domain, source.get()) || vips_check_noncomplex(domain, small.get()))
        return nullptr;
    if (small->Xsize > source->Xsize || small->Ysize > source->Ysize || small->Bands != source->Bands) {
        vips_error(domain, "a template of %d x %d pixels, %d bands does not fit into an image of %d x %d, %d bands",
                   small->Xsize, small->Ysize, small->Bands, source->Xsize, source->Ysize, source->Bands);
        return nullptr;
    }
    if (checkTables(domain, small.get()))
        return nullptr;
    const auto matcher = std::make_shared<const Matcher>(small.get(), likeness);
    PartKernel kernel;
    kernel.run = [matcher](const Part& part) { matcher->run(part); };
    kernel.needs = [matcher](const VipsRect& rect, int) { return matcher->needs(rect); };
    kernel.leastRows = matcher->step().height;
    VipsImage* map = nullptr;
    const auto describe = [&](VipsImage& header) {
        header.Xsize = source->Xsize - small->Xsize + 1;
        header.Ysize = source->Ysize - small->Ysize + 1;
        header.Bands = 1;
        header.BandFmt = VIPS_FORMAT_FLOAT;
        header.Type = VIPS_INTERPRETATION_B_W;
    };
    if (computePartwise({source.get()}, kernel, &map, describe))
        return nullptr;
    const ImagePointer lazy(map);
    const ImagePointer cached = inBlocks(map, matcher->step());
    kernel.wholeOnly = true;
    return !cached || computeInstead(cached.get(), source.get(), std::move(kernel), &map) ? nullptr : ImagePointer(map);
}

} // namespace tintype
