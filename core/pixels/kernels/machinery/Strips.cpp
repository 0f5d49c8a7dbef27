// Walks over images in strips of rows, on libvips' threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/machinery/StripsPrivate.h"

#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/machinery/MemoryPrivate.h"

#include <algorithm>
#include <exception>
#include <mutex>

namespace tintype {

namespace {

constexpr int STRIP_PIXELS = 1 << 20;
constexpr int LEAST_ROWS = 4;
constexpr int MOST_ROWS = 256;
/// Columns of a strip that are computed at once: a stop is met between them.
constexpr int PIECE = 2048;

struct Pass {
    const std::vector<StripInput>& inputs;
    int rows;
    const std::function<void(const Strip&)>& work;
    std::mutex mutex;
    std::exception_ptr thrown;
};

using RegionPointer = std::unique_ptr<VipsRegion, Unreference>;

/// Gives the rows of one input.
class RowReader {
public:
    explicit RowReader(VipsImage* image) : m_source(vips_region_new(image)), m_joined(vips_region_new(image)) {}

    /// Null with libvips' error set on failure, and when `watched` is stopped.
    VipsRegion* read(const VipsRect& rows, VipsImage* watched) {
        if (m_source->im->dtype != VIPS_IMAGE_PARTIAL)
            return vips_region_prepare(m_source.get(), &rows) ? nullptr : m_source.get();
        if (vips_region_buffer(m_joined.get(), &rows))
            return nullptr;
        for (int left = 0; left < rows.width; left += PIECE) {
            const VipsRect piece{left, rows.top, std::min(PIECE, rows.width - left), rows.height};
            if (isStopped(watched) || vips_region_prepare_to(m_source.get(), m_joined.get(), &piece, left, rows.top))
                return nullptr;
        }
        return m_joined.get();
    }

private:
    RegionPointer m_source;
    RegionPointer m_joined; ///< from pieces
};
using Readers = std::vector<RowReader>;

void* startReaders(VipsImage*, void* data, void*) {
    auto readers = std::make_unique<Readers>();
    for (const StripInput& input : static_cast<Pass*>(data)->inputs)
        readers->emplace_back(input.image);
    return readers.release();
}

int stopReaders(void* sequence, void*, void*) {
    delete static_cast<Readers*>(sequence);
    return 0;
}

int workOn(Pass& pass, Readers& readers, int index) {
    VipsImage* const first = pass.inputs.front().image;
    if (isStopped(first))
        return -1;
    const int top = index * pass.rows;
    Strip strip{index, {0, top, first->Xsize, std::min(pass.rows, first->Ysize - top)}, {}};
    for (std::size_t i = 0; i < readers.size(); ++i) {
        const int overlap = pass.inputs[i].overlap;
        const int above = std::max(top - overlap, 0);
        const int below = std::min(VIPS_RECT_BOTTOM(&strip.kept) + overlap, first->Ysize);
        const VipsRect around{0, above, first->Xsize, below - above};
        VipsRegion* const region = readers[i].read(around, first);
        if (!region)
            return -1;
        strip.regions.push_back(region);
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
        if (workOn(*static_cast<Pass*>(data), *static_cast<Readers*>(sequence), row))
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
    // The images' own style may ask for tiles of many rows, which would be many strips for one thread.
    driver->dhint = VIPS_DEMAND_STYLE_THINSTRIP;
    driver->Xsize = 1;
    driver->Ysize = stripCount(first, rows);
    driver->Bands = 1;
    driver->BandFmt = VIPS_FORMAT_UCHAR;
    driver->Coding = VIPS_CODING_NONE;
    if (vips_image_generate(driver.get(), nullptr, generateNothing, nullptr, nullptr, nullptr))
        return -1;
    const int failed = vips_sink(driver.get(), startReaders, workOnRows, stopReaders, &pass, nullptr);
    if (pass.thrown)
        std::rethrow_exception(pass.thrown);
    return failed;
}

} // namespace tintype
