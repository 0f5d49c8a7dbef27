// Walks over images in strips of rows, on libvips' threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/StripsPrivate.h"

#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/MemoryPrivate.h"

#include <algorithm>
#include <exception>
#include <mutex>

namespace tintype {

namespace {

constexpr int STRIP_PIXELS = 1 << 20;
constexpr int LEAST_ROWS = 4;
constexpr int MOST_ROWS = 256;

struct Pass {
    const std::vector<StripInput>& inputs;
    int rows;
    const std::function<void(const Strip&)>& work;
    std::mutex mutex;
    std::exception_ptr thrown;
};

using RegionPointer = std::unique_ptr<VipsRegion, Unreference>;
using Regions = std::vector<RegionPointer>;

void* startRegions(VipsImage*, void* data, void*) {
    auto regions = std::make_unique<Regions>();
    for (const StripInput& input : static_cast<Pass*>(data)->inputs)
        regions->emplace_back(vips_region_new(input.image));
    return regions.release();
}

int stopRegions(void* sequence, void*, void*) {
    delete static_cast<Regions*>(sequence);
    return 0;
}

int workOn(Pass& pass, const Regions& regions, int index) {
    VipsImage* const first = pass.inputs.front().image;
    if (isStopped(first))
        return -1;
    const int top = index * pass.rows;
    Strip strip{index, {0, top, first->Xsize, std::min(pass.rows, first->Ysize - top)}, {}};
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const int overlap = pass.inputs[i].overlap;
        const int above = std::max(top - overlap, 0);
        const int below = std::min(VIPS_RECT_BOTTOM(&strip.kept) + overlap, first->Ysize);
        const VipsRect around{0, above, first->Xsize, below - above};
        if (vips_region_prepare(regions[i].get(), &around))
            return -1;
        strip.regions.push_back(regions[i].get());
    }
    try {
        pass.work(strip);
        return 0;
    } catch (...) {
        const std::lock_guard lock(pass.mutex);
        if (!pass.thrown)
            pass.thrown = std::current_exception();
        return -1;
    }
}

int workOnRows(VipsRegion* region, void* sequence, void* data, void*, gboolean*) {
    for (int row = region->valid.top; row < VIPS_RECT_BOTTOM(&region->valid); ++row) {
        if (workOn(*static_cast<Pass*>(data), *static_cast<Regions*>(sequence), row))
            return -1;
    }
    return 0;
}

int generateNothing(VipsRegion*, void*, void*, void*, gboolean*) {
    return 0;
}

} // namespace

int stripRows(const VipsImage* image) {
    return std::clamp(STRIP_PIXELS / image->Xsize, LEAST_ROWS, MOST_ROWS);
}

int stripCount(const VipsImage* image, int rows) {
    return (image->Ysize - 1) / rows + 1;
}

int forEachStrip(const std::vector<StripInput>& inputs, int rows, const std::function<void(const Strip&)>& work) {
    Pass pass{inputs, rows, work, {}, {}};
    VipsImage* const first = inputs.front().image;
    // One pixel a strip, so that libvips' threads share them out, and tell the first image how far they have come.
    const ImagePointer driver(vips_image_new());
    if (vips_image_pipelinev(driver.get(), VIPS_DEMAND_STYLE_THINSTRIP, first, nullptr))
        return -1;
    driver->Xsize = 1;
    driver->Ysize = stripCount(first, rows);
    driver->Bands = 1;
    driver->BandFmt = VIPS_FORMAT_UCHAR;
    driver->Coding = VIPS_CODING_NONE;
    if (vips_image_generate(driver.get(), nullptr, generateNothing, nullptr, nullptr, nullptr))
        return -1;
    const int failed = vips_sink(driver.get(), startRegions, workOnRows, stopRegions, &pass, nullptr);
    if (pass.thrown)
        std::rethrow_exception(pass.thrown);
    return failed;
}

} // namespace tintype
