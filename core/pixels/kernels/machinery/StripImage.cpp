// An image that is made strip by strip, for what needs the whole width of a few rows at once.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/machinery/StripsPrivate.h"
#include "core/pixels/vips/UnstoppedImage.h"

#include <algorithm>

namespace tintype {

namespace {

constexpr std::int64_t CACHE_BYTES = 256 << 20;
constexpr int LEAST_STRIPS = 4;

struct Making {
    StripMaker make;
    int rows;
};

int generateStrip(VipsRegion* out, void* sequence, void*, void* data, gboolean*) {
    auto* const in = static_cast<VipsRegion*>(sequence);
    const auto& making = *static_cast<const Making*>(data);
    // The cache in front asks for whole strips.
    const VipsRect kept = out->valid;
    if (vips_region_prepare(in, &kept))
        return -1;
    try {
        making.make({kept.top / making.rows, kept, {in}}, out);
        return 0;
    } catch (const std::exception& error) {
        vips_error("tintype", "%s", error.what());
        return -1;
    }
}

} // namespace

int stripImage(VipsImage* in, VipsImage** out, VipsBandFormat format, int rows, StripMaker make) {
    const ImagePointer strips(vips_image_new());
    // The cache would warn of strips that were stopped.
    VipsImage* const source = unstoppedCopy(in);
    if (!source)
        return -1;
    vips_object_local(strips.get(), source);
    if (vips_image_pipelinev(strips.get(), VIPS_DEMAND_STYLE_FATSTRIP, source, nullptr))
        return -1;
    strips->BandFmt = format;
    strips->Bands = 1;
    // Sequences may still stop after the image is disposed of, so what they use goes last.
    auto* const making = new Making{std::move(make), rows};
    g_object_weak_ref(
        G_OBJECT(strips.get()), [](void* data, GObject*) { delete static_cast<Making*>(data); }, making);
    if (vips_image_generate(strips.get(), vips_start_one, generateStrip, vips_stop_one, source, making))
        return -1;
    const std::int64_t bytes = std::int64_t(VIPS_IMAGE_SIZEOF_LINE(strips.get())) * rows;
    const int kept = std::max(int(CACHE_BYTES / bytes), std::max(LEAST_STRIPS, 2 * vips_concurrency_get()));
    return vips_tilecache(strips.get(), out, "tile_width", in->Xsize, "tile_height", rows, "max_tiles", kept,
                          "threaded", TRUE, nullptr);
}

} // namespace tintype
