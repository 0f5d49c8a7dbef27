// The Fourier transform of a picture on all cores, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/LargePages.h"
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/machinery/NeighbourhoodPrivate.h"
#include "core/pixels/kernels/machinery/WholePicturePrivate.h"

#include <fftw3.h>
#include <opencv2/core.hpp>

#include <algorithm>
#include <complex>
#include <memory>
#include <new>
#include <stdexcept>
#include <type_traits>

namespace tintype {

namespace {

using Complex = std::complex<double>;

struct FourierTransform {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
};

/// Rows of a part, and columns: as many as fill lines of the cache.
constexpr int ROWS = 16;
constexpr int COLUMNS = 8;

struct DestroyPlan {
    void operator()(fftw_plan plan) const { fftw_destroy_plan(plan); }
};
using Plan = std::unique_ptr<std::remove_pointer_t<fftw_plan>, DestroyPlan>;

struct FreeNumbers {
    void operator()(void* numbers) const { fftw_free(numbers); }
};

/// Laid out as the plans want it, or memory has run out.
template <typename T>
std::unique_ptr<T[], FreeNumbers> numbersFor(std::size_t count) {
    std::unique_ptr<T[], FreeNumbers> numbers(static_cast<T*>(fftw_malloc(count * sizeof(T))));
    if (!numbers)
        throw std::bad_alloc();
    return numbers;
}

fftw_complex* raw(Complex* numbers) {
    return reinterpret_cast<fftw_complex*>(numbers);
}

/// Problem: libvips transforms on one core. Rows of real numbers first, then the columns of the left half; the right half is the
/// left one mirrored, with the other sign (Press et al., "Numerical Recipes", 12.3). FFTW transforms each; its plans are shared,
/// and each thread has numbers of its own.
class Transformer {
public:
    Transformer(VipsImage* in, VipsImage* out, const WatchedPicture& watched)
        : m_in(in), m_watched(watched), m_width(in->Xsize), m_height(in->Ysize),
          m_out(m_height, m_width, CV_64FC2, VIPS_IMAGE_ADDR(out, 0, 0)) {}

    void run() {
        const auto rows = numbersFor<double>(std::size_t(m_width));
        const auto columns = numbersFor<Complex>(columnNumbers());
        m_rowPlan.reset(fftw_plan_dft_r2c_1d(m_width, rows.get(), raw(m_out.ptr<Complex>(0)), FFTW_ESTIMATE | FFTW_UNALIGNED));
        m_columnPlan.reset(fftw_plan_many_dft(1, &m_height, COLUMNS, raw(columns.get()), nullptr, COLUMNS, 1, raw(columns.get()),
                                              nullptr, COLUMNS, 1, FFTW_FORWARD, FFTW_ESTIMATE));
        if (!m_rowPlan || !m_columnPlan)
            throw std::runtime_error("there is no plan for this size");
        inParallel((m_height + ROWS - 1) / ROWS, [this](int part) { transformRows(part * ROWS); });
        inParallel((m_width / 2 + COLUMNS) / COLUMNS, [this](int part) { transformColumns(part * COLUMNS); });
    }

private:
    template <typename F>
    void inParallel(int parts, const F& work) {
        cv::parallel_for_(cv::Range(0, parts), [&](const cv::Range& range) {
            if (m_watched.onThread)
                m_watched.onThread();
            for (int part = range.start; part < range.end && !m_watched.token.isCancelled(); ++part)
                work(part);
        });
    }

    void transformRows(int first) {
        const auto numbers = numbersFor<double>(std::size_t(m_width));
        cv::Mat line(1, m_width, CV_64F, numbers.get());
        for (int y = first; y < std::min(first + ROWS, m_height); ++y) {
            const cv::Mat source(1, m_width, matrixType(m_in), VIPS_IMAGE_ADDR(m_in, 0, y));
            source.convertTo(line, CV_64F);
            fftw_execute_dft_r2c(m_rowPlan.get(), numbers.get(), raw(m_out.ptr<Complex>(y)));
        }
    }

    std::size_t columnNumbers() const { return std::size_t(m_height) * COLUMNS; }

    /// Of the left half, and what they give of the right one while they are at hand.
    void transformColumns(int first) {
        const int count = std::min(COLUMNS, m_width / 2 + 1 - first);
        const auto columns = numbersFor<Complex>(columnNumbers());
        for (int y = 0; y < m_height; ++y) {
            Complex* const line = columns.get() + std::ptrdiff_t(y) * COLUMNS;
            std::fill(std::copy_n(m_out.ptr<Complex>(y) + first, count, line), line + COLUMNS, Complex());
        }
        fftw_execute_dft(m_columnPlan.get(), raw(columns.get()), raw(columns.get()));
        const double share = 1.0 / (double(m_width) * m_height);
        // The first column, and the middle one of an even number, are mirrored on themselves.
        const int begin = first == 0 ? 1 : 0;
        const int end = std::min(count, (m_width + 1) / 2 - first);
        for (int y = 0; y < m_height; ++y) {
            auto* const row = m_out.ptr<Complex>(y) + first;
            auto* const opposite = m_out.ptr<Complex>((m_height - y) % m_height) + m_width - first;
            const Complex* const line = columns.get() + std::ptrdiff_t(y) * COLUMNS;
            for (int x = 0; x < count; ++x)
                row[x] = line[x] * share;
            for (int x = begin; x < end; ++x)
                opposite[-x] = std::conj(row[x]);
        }
    }

    VipsImage* const m_in; ///< in memory
    const WatchedPicture& m_watched;
    const int m_width;
    const int m_height;
    cv::Mat m_out;
    Plan m_rowPlan;
    Plan m_columnPlan;
};

bool isOurs(const VipsImage* in) {
    return in->Coding == VIPS_CODING_NONE && in->Bands == 1 && matrixDepth(in->BandFmt) >= 0;
}

int transform(VipsImage* in, VipsImage** out) {
    const WatchedPicture watched = watchedPicture(in);
    const bool isThere = hasPixels(watched.original);
    const ImagePointer memory(isThere ? nullptr : vips_image_copy_memory(in));
    ImagePointer image(vips_image_new_memory());
    if ((!isThere && !memory) || vips_image_pipelinev(image.get(), VIPS_DEMAND_STYLE_ANY, in, nullptr))
        return -1;
    image->BandFmt = VIPS_FORMAT_DPCOMPLEX;
    image->Type = VIPS_INTERPRETATION_FOURIER;
    if (vips_image_write_prepare(image.get()))
        return -1;
    useLargePages(image->data, VIPS_IMAGE_SIZEOF_IMAGE(image.get()));
    Transformer(isThere ? watched.original : memory.get(), image.get(), watched).run();
    if (watched.token.isCancelled()) {
        vips_error("tt_fwfft", "stopped");
        return -1;
    }
    *out = image.release();
    return 0;
}

/// libvips 8.14 writes past the end of its memory for pictures of one row, but not for those of one column.
int transformByLibvips(VipsImage* in, VipsImage** out) {
    if (in->Ysize > 1)
        return vips_fwfft(in, out, nullptr);
    VipsImage* step = nullptr;
    if (in->Xsize == 1) {
        if (vips_cast(in, &step, VIPS_FORMAT_DPCOMPLEX, nullptr))
            return -1;
        const ImagePointer number(step);
        return vips_copy(number.get(), out, "interpretation", VIPS_INTERPRETATION_FOURIER, nullptr);
    }
    if (vips_rot90(in, &step, nullptr))
        return -1;
    const ImagePointer column(step);
    if (vips_fwfft(column.get(), &step, nullptr))
        return -1;
    const ImagePointer transformed(step);
    return vips_rot270(transformed.get(), out, nullptr);
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        VipsImage* const in = reinterpret_cast<FourierTransform*>(object)->in;
        VipsImage* out = nullptr;
        if (isOurs(in) ? transform(in, &out) : transformByLibvips(in, &out))
            return -1;
        g_object_set(object, "out", out, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_fwfft", "forward FFT", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(FourierTransform, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(FourierTransform, out));
}

} // namespace

void registerFourierTransform() {
    // Plans are made on any thread, by libvips too, and FFTW's planner has state of its own.
    fftw_make_planner_thread_safe();
    registerKernel<FourierTransform, initClass>("TtFourierTransform");
}

} // namespace tintype
