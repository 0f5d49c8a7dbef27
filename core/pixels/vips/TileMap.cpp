// A function on tiles as a step of a libvips pipeline.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/TileMap.h"

#include "core/pixels/vips/EvaluationScope.h"
#include "core/pixels/vips/VipsErrors.h"

namespace tintype {

namespace {

struct Work {
    std::shared_ptr<const TileFunction> function;
    int overlap;
};

TilePixels tileOf(VipsRegion* region, const VipsRect& area) {
    TilePixels tile;
    const VipsImage* image = region->im;
    tile.shape = {area.width, area.height, image->Bands, PixelFormat(image->BandFmt), {}};
    tile.data = VIPS_REGION_ADDR(region, area.left, area.top);
    tile.stride = VIPS_REGION_LSKIP(region);
    return tile;
}

int generate(VipsRegion* out, void* sequence, void*, void* data, gboolean*) {
    const auto& work = *static_cast<const Work*>(data);
    auto* const around = static_cast<VipsRegion*>(sequence);
    const VipsRect& tile = out->valid;
    // The padded image begins `overlap` pixels further to the left and top.
    const VipsRect needed{tile.left, tile.top, tile.width + 2 * work.overlap, tile.height + 2 * work.overlap};
    if (vips_region_prepare(around, &needed))
        return -1;
    EvaluationScope* const scope = EvaluationScope::current();
    // An exception must not cross libvips; the one who evaluates throws it again.
    const auto refuse = [scope](const char* reason) {
        vips_error(MAP_TILES, "%s", reason);
        if (scope)
            scope->fail(std::current_exception());
        return -1;
    };
    try {
        const CancelToken token = scope ? scope->token() : CancelToken();
        token.check();
        work.function->compute(tileOf(around, needed), tileOf(out, tile), work.overlap, token);
        return 0;
    } catch (const std::exception& error) {
        return refuse(error.what());
    }
}

VipsInterpretation interpretationOf(const VipsImage* in, const TileMapping& mapping) {
    if (mapping.bands == in->Bands)
        return in->Type;
    if (mapping.bands == 1)
        return VIPS_INTERPRETATION_B_W;
    return mapping.bands == 3 && mapping.format == PixelFormat::UChar ? VIPS_INTERPRETATION_sRGB
                                                                     : VIPS_INTERPRETATION_MULTIBAND;
}

} // namespace

VipsImageRef mapTiles(const VipsImageRef& image, std::shared_ptr<const TileFunction> function,
                      const TileMapping& mapping) {
    VipsImage* in = image.get();
    VipsImage* step = nullptr;
    // libvips ends the program for it.
    if (mapping.bands < 1)
        throw Error(ErrorCode::Operation, std::string(MAP_TILES) + ": an image needs at least one band, not " +
                                              std::to_string(mapping.bands));
    const int edge = vips_enum_from_nick("tintype", VIPS_TYPE_EXTEND, mapping.edge.c_str());
    if (edge < 0 || vips_embed(in, &step, mapping.overlap, mapping.overlap, in->Xsize + 2 * mapping.overlap,
                               in->Ysize + 2 * mapping.overlap, "extend", edge, nullptr))
        throwVipsError(ErrorCode::Operation, MAP_TILES);
    const VipsImageRef padded = VipsImageRef::take(step);
    VipsImageRef result = VipsImageRef::take(vips_image_new());
    if (vips_image_pipelinev(result.get(), VIPS_DEMAND_STYLE_SMALLTILE, padded.get(), nullptr))
        throwVipsError(ErrorCode::Operation, MAP_TILES);
    VipsImage* out = result.get();
    out->Xsize = in->Xsize;
    out->Ysize = in->Ysize;
    out->Bands = mapping.bands;
    out->BandFmt = VipsBandFormat(mapping.format);
    out->Type = interpretationOf(in, mapping);
    out->Coding = VIPS_CODING_NONE;
    // Sequences may still stop after the image is disposed of, so what they use goes last.
    auto* const work = new Work{std::move(function), mapping.overlap};
    g_object_weak_ref(
        G_OBJECT(out), [](void* data, GObject*) { delete static_cast<Work*>(data); }, work);
    // The result keeps what it is made from.
    g_object_ref(padded.get());
    vips_object_local(out, padded.get());
    if (vips_image_generate(out, vips_start_one, generate, vips_stop_one, padded.get(), work))
        throwVipsError(ErrorCode::Operation, MAP_TILES);
    return result;
}

} // namespace tintype
