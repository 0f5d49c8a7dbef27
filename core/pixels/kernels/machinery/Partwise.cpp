// Computes a kernel's parts: libvips' tiles, or bands of a whole picture on all cores.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/machinery/PartwisePrivate.h"

#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/RoundedPrivate.h"
#include "core/pixels/kernels/machinery/WholePicturePrivate.h"
#include "core/pixels/vips/EvaluationScope.h"

#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <atomic>

namespace tintype {

namespace {

constexpr const char* WORK = "tt-partwise";
constexpr const char* WATCHED = "tt-watched";
/// Of the widest picture, in one band: little enough for the second-level cache, much beside what most kernels need around it.
constexpr std::size_t BAND_BYTES = std::size_t(1) << 20;

struct Work {
    PartKernel kernel;
    std::vector<VipsImage*> sources; ///< kept by the image that this belongs to; ends with a null, as libvips wants it
};

Work* workOf(VipsImage* image) {
    return static_cast<Work*>(g_object_get_data(G_OBJECT(image), WORK));
}

VipsRect needed(const PartKernel& kernel, const VipsRect& rect, int index, const VipsImage* source) {
    VipsRect need = kernel.needs ? kernel.needs(rect, index) : rect;
    const VipsRect all{0, 0, source->Xsize, source->Ysize};
    vips_rect_intersectrect(&need, &all, &need);
    return need;
}

PixelArea areaOf(VipsRegion* region, const VipsRect& rect) {
    return {region->im, rect, VIPS_REGION_ADDR(region, rect.left, rect.top), std::size_t(VIPS_REGION_LSKIP(region))};
}

PixelArea areaOf(VipsImage* image, const VipsRect& rect) {
    return {image, rect, VIPS_IMAGE_ADDR(image, rect.left, rect.top), VIPS_IMAGE_SIZEOF_LINE(image)};
}

/// The last band is the source's again.
void copyAlpha(const PixelArea& from, const PixelArea& to) {
    const bool isWideAlpha = from.image->Type == VIPS_INTERPRETATION_RGB16 || from.image->Type == VIPS_INTERPRETATION_GREY16;
    const double share = isWideAlpha && to.image->BandFmt == VIPS_FORMAT_UCHAR ? 1.0 / 257 : 1;
    const int bandsBefore = from.image->Bands;
    const int bands = to.image->Bands;
    const auto copyAs = [&]<typename T, typename D>() {
        for (int y = to.rect.top; y < to.rect.top + to.rect.height; ++y) {
            const T* const source = from.row<T>(y) + (to.rect.left - from.rect.left) * bandsBefore + bandsBefore - 1;
            D* const target = to.row<D>(y) + bands - 1;
            for (int x = 0; x < to.rect.width; ++x)
                target[x * bands] = rounded<D>(double(source[x * bandsBefore]) * share);
        }
    };
    withNumberType(from.image->BandFmt, [&]<typename T>() {
        withNumberType(to.image->BandFmt, [&]<typename D>() { copyAs.template operator()<T, D>(); });
    });
}

void runKernel(const PartKernel& kernel, const Part& part) {
    kernel.run(part);
    if (kernel.keepsAlpha)
        copyAlpha(part.in.front(), part.out);
}

int computeTile(VipsRegion* out, VipsRegion** in, const PartKernel& kernel) {
    const EvaluationScope* scope = EvaluationScope::current();
    const CancelToken* token = scope ? &scope->token() : nullptr;
    Part part{{}, areaOf(out, out->valid), token};
    for (int index = 0; in[index]; ++index) {
        const VipsRect need = needed(kernel, out->valid, index, in[index]->im);
        if (vips_rect_isempty(&need)) {
            part.in.push_back({in[index]->im, need, nullptr, 0});
            continue;
        }
        if (vips_region_prepare(in[index], &need))
            return -1;
        part.in.push_back(areaOf(in[index], need));
    }
    runKernel(kernel, part);
    if (!token || !token->isCancelled())
        return 0;
    vips_error("tintype", "stopped");
    return -1;
}

int generate(VipsRegion* out, void* in, void*, void* work, gboolean*) {
    try {
        return computeTile(out, static_cast<VipsRegion**>(in), static_cast<Work*>(work)->kernel);
    } catch (const std::exception& error) {
        vips_error("tintype", "%s", error.what());
        return -1;
    }
}

/// The image keeps the work, and what it is made from.
Work* attach(VipsImage* image, const std::vector<VipsImage*>& sources, PartKernel kernel) {
    auto* const work = new Work{std::move(kernel), sources};
    g_object_set_data_full(G_OBJECT(image), WORK, work, [](gpointer data) { delete static_cast<Work*>(data); });
    work->sources.push_back(nullptr);
    for (VipsImage* source : sources) {
        g_object_ref(source);
        vips_object_local(image, source);
    }
    return work;
}

int finish(ImagePointer image, Work* work, VipsImage** out) {
    if (vips_image_generate(image.get(), vips_start_many, generate, vips_stop_many, work->sources.data(), work))
        return -1;
    *out = image.release();
    return 0;
}

int rowsInBand(const PartKernel& kernel, const VipsImage* target, const std::vector<VipsImage*>& sources) {
    std::size_t line = VIPS_IMAGE_SIZEOF_LINE(target);
    for (VipsImage* source : sources)
        line = std::max<std::size_t>(line, VIPS_IMAGE_SIZEOF_LINE(source));
    return std::max(int(BAND_BYTES / line), kernel.leastRows);
}

} // namespace

PartKernel reachingKernel(int across, int down, std::function<void(const Part&)> run) {
    constexpr int LEAST_ROWS_PER_REACH = 4;
    PartKernel kernel{std::move(run)};
    kernel.needs = [across, down](const VipsRect& rect, int) { return grown(rect, across, down); };
    kernel.leastRows = std::max(kernel.leastRows, LEAST_ROWS_PER_REACH * down);
    return kernel;
}

int computePartwise(const std::vector<VipsImage*>& sources, PartKernel kernel, VipsImage** out,
                    const std::function<void(VipsImage&)>& describe) {
    for (VipsImage* source : sources) {
        if (vips_image_pio_input(source))
            return -1;
    }
    ImagePointer result(vips_image_new());
    kernel.keepsAlpha = kernel.keepsAlpha && vips_image_hasalpha(sources.front());
    Work* const work = attach(result.get(), sources, std::move(kernel));
    const auto style = work->kernel.needs ? VIPS_DEMAND_STYLE_SMALLTILE : VIPS_DEMAND_STYLE_THINSTRIP;
    if (vips_image_pipeline_array(result.get(), style, work->sources.data()))
        return -1;
    if (describe)
        describe(*result);
    return finish(std::move(result), work, out);
}

int computeInstead(VipsImage* made, VipsImage* source, PartKernel kernel, VipsImage** out) {
    if (kernel.wholeOnly) {
        attach(made, {source}, std::move(kernel));
        g_object_ref(*out = made);
        return 0;
    }
    ImagePointer result(vips_image_new());
    Work* const work = attach(result.get(), {source}, std::move(kernel));
    g_object_ref(made);
    vips_object_local(result.get(), made);
    // The style of an image is never less demanding than that of what it is made from.
    if (vips_image_pio_input(source) || vips_image_pipelinev(result.get(), VIPS_DEMAND_STYLE_ANY, made, nullptr))
        return -1;
    return finish(std::move(result), work, out);
}

std::vector<VipsImage*> wholePictureSources(VipsImage* image) {
    const Work* work = workOf(image);
    return work ? std::vector<VipsImage*>(work->sources.begin(), work->sources.end() - 1) : std::vector<VipsImage*>();
}

const PartKernel& partKernelOf(VipsImage* image) {
    return workOf(image)->kernel;
}

bool isPointwise(VipsImage* image) {
    const Work* work = workOf(image);
    return work && !work->kernel.needs;
}

bool hasPixels(const VipsImage* image) {
    return image->Coding == VIPS_CODING_NONE && (image->dtype == VIPS_IMAGE_SETBUF || image->dtype == VIPS_IMAGE_SETBUF_FOREIGN);
}

void setWatchedPicture(VipsImage* copy, WatchedPicture watched) {
    g_object_set_data_full(G_OBJECT(copy), WATCHED, new WatchedPicture(std::move(watched)),
                           [](gpointer data) { delete static_cast<WatchedPicture*>(data); });
}

WatchedPicture watchedPicture(VipsImage* image) {
    const auto* watched = static_cast<WatchedPicture*>(g_object_get_data(G_OBJECT(image), WATCHED));
    return watched ? *watched : WatchedPicture{image, {}, {}};
}

void computeWholePicture(VipsImage* image, const std::vector<VipsImage*>& sources, VipsImage* target, const CancelToken& token,
                         const std::function<void(double)>& progress, const std::function<void()>& onThread) {
    const PartKernel& kernel = workOf(image)->kernel;
    const int rows = rowsInBand(kernel, target, sources);
    const int bands = (image->Ysize + rows - 1) / rows;
    std::atomic<int> done = 0;
    const auto band = [&](int index) {
        const VipsRect rect{0, index * rows, image->Xsize, std::min(rows, image->Ysize - index * rows)};
        Part part{{}, areaOf(target, rect), &token};
        for (std::size_t i = 0; i < sources.size(); ++i)
            part.in.push_back(areaOf(sources[i], needed(kernel, rect, int(i), sources[i])));
        runKernel(kernel, part);
    };
    cv::parallel_for_(cv::Range(0, bands), [&](const cv::Range& range) {
        onThread();
        for (int index = range.start; index < range.end; ++index) {
            if (token.isCancelled())
                return;
            band(index);
            progress(double(++done) / bands);
        }
    });
    token.check();
}

} // namespace tintype
