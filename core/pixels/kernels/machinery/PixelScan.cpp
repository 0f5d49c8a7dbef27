// Reads all pixels of an image once, on all cores.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/machinery/PixelScanPrivate.h"

#include "core/pixels/kernels/machinery/WholePicturePrivate.h"

#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <mutex>
#include <vector>

namespace tintype {

namespace {

/// Few enough for gatherers of many bins, enough for many cores.
constexpr int AREAS = 32;
constexpr int LEAST_ROWS = 8;

struct Scan {
    const std::function<std::unique_ptr<PixelGatherer>()>& make;
    const std::function<void(PixelGatherer&)>& join;
    std::mutex mutex;
};

/// The one that a thread of libvips' gathers in; joined by it when it ends.
void* start(VipsImage*, void* scan, void*) {
    try {
        return static_cast<Scan*>(scan)->make().release();
    } catch (const std::exception& error) {
        vips_error("tintype", "%s", error.what());
        return nullptr;
    }
}

int gather(VipsRegion* region, void* gatherer, void*, void*, gboolean*) {
    const VipsRect& rect = region->valid;
    try {
        static_cast<PixelGatherer*>(gatherer)->add({region->im, rect, VIPS_REGION_ADDR(region, rect.left, rect.top),
                                                    std::size_t(VIPS_REGION_LSKIP(region))});
    } catch (const std::exception& error) {
        vips_error("tintype", "%s", error.what());
        return -1;
    }
    return 0;
}

int stop(void* gatherer, void* a, void*) {
    const std::unique_ptr<PixelGatherer> part(static_cast<PixelGatherer*>(gatherer));
    auto& scan = *static_cast<Scan*>(a);
    const std::lock_guard lock(scan.mutex);
    scan.join(*part);
    return 0;
}

int scanMemory(VipsImage* image, const WatchedPicture& watched, Scan& scan) {
    const int rows = std::max((image->Ysize + AREAS - 1) / AREAS, LEAST_ROWS);
    const int count = (image->Ysize + rows - 1) / rows;
    std::vector<std::unique_ptr<PixelGatherer>> parts;
    parts.resize(std::size_t(count));
    cv::parallel_for_(cv::Range(0, count), [&](const cv::Range& range) {
        if (watched.onThread)
            watched.onThread();
        for (int index = range.start; index < range.end && !watched.token.isCancelled(); ++index) {
            const VipsRect rect{0, index * rows, image->Xsize, std::min(rows, image->Ysize - index * rows)};
            auto part = scan.make();
            part->add({image, rect, VIPS_IMAGE_ADDR(image, rect.left, rect.top), VIPS_IMAGE_SIZEOF_LINE(image)});
            parts[std::size_t(index)] = std::move(part);
        }
    });
    for (const auto& part : parts) {
        if (!part) {
            vips_error("tintype", "stopped");
            return -1;
        }
        scan.join(*part);
    }
    return 0;
}

} // namespace

int scanPixels(VipsImage* in, const std::function<std::unique_ptr<PixelGatherer>()>& make,
               const std::function<void(PixelGatherer&)>& join) {
    Scan scan{make, join, {}};
    const WatchedPicture watched = watchedPicture(in);
    if (hasPixels(watched.original))
        return scanMemory(watched.original, watched, scan);
    return vips_sink(in, start, gather, stop, &scan, nullptr);
}

} // namespace tintype
