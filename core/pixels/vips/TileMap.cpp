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
    std::vector<VipsImage*> padded; ///< ends in null, as libvips wants it; the result keeps the images
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
    auto* const* const around = static_cast<VipsRegion**>(sequence);
    const VipsRect& tile = out->valid;
    // The padded images begin `overlap` pixels further to the left and top.
    const VipsRect needed{tile.left, tile.top, tile.width + 2 * work.overlap, tile.height + 2 * work.overlap};
    for (std::size_t i = 0; work.padded[i]; ++i)
        if (vips_region_prepare(around[i], &needed))
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
        std::vector<TilePixels> tiles;
        for (std::size_t i = 0; work.padded[i]; ++i)
            tiles.push_back(tileOf(around[i], needed));
        work.function->compute(tiles, tileOf(out, tile), work.overlap, token);
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

std::string sizeText(const VipsImage* image) {
    return std::to_string(image->Xsize) + " x " + std::to_string(image->Ysize);
}

/// Each image with what lies around it, in the order given; the result keeps them.
std::vector<VipsImage*> paddedImages(const std::vector<VipsImageRef>& images, const TileMapping& mapping, VipsImage* result) {
    const VipsImage* const first = images.front().get();
    const int edge = vips_enum_from_nick("tintype", VIPS_TYPE_EXTEND, mapping.edge.c_str());
    std::vector<VipsImage*> padded;
    for (const VipsImageRef& image : images) {
        VipsImage* const in = image.get();
        if (in->Xsize != first->Xsize || in->Ysize != first->Ysize)
            throw Error(ErrorCode::Operation, std::string(MAP_TILES) + ": the images must be of one size, not " +
                                                  sizeText(first) + " and " + sizeText(in));
        VipsImage* step = nullptr;
        if (edge < 0 || vips_embed(in, &step, mapping.overlap, mapping.overlap, in->Xsize + 2 * mapping.overlap,
                                   in->Ysize + 2 * mapping.overlap, "extend", edge, nullptr))
            throwVipsError(ErrorCode::Operation, MAP_TILES);
        vips_object_local(result, step);
        padded.push_back(step);
    }
    padded.push_back(nullptr);
    return padded;
}

} // namespace

VipsImageRef mapTiles(const std::vector<VipsImageRef>& images, std::shared_ptr<const TileFunction> function,
                      const TileMapping& mapping) {
    // libvips ends the program for it.
    if (mapping.bands < 1)
        throw Error(ErrorCode::Operation, std::string(MAP_TILES) + ": an image needs at least one band, not " +
                                              std::to_string(mapping.bands));
    const VipsImage* const in = images.front().get();
    VipsImageRef result = VipsImageRef::take(vips_image_new());
    VipsImage* out = result.get();
    auto made = std::make_unique<Work>(Work{std::move(function), mapping.overlap, paddedImages(images, mapping, out)});
    if (vips_image_pipeline_array(out, VIPS_DEMAND_STYLE_SMALLTILE, made->padded.data()))
        throwVipsError(ErrorCode::Operation, MAP_TILES);
    out->Xsize = in->Xsize;
    out->Ysize = in->Ysize;
    out->Bands = mapping.bands;
    out->BandFmt = VipsBandFormat(mapping.format);
    out->Type = interpretationOf(in, mapping);
    out->Coding = VIPS_CODING_NONE;
    // Sequences may still stop after the image is disposed of, so what they use goes last.
    Work* const work = made.release();
    g_object_weak_ref(
        G_OBJECT(out), [](void* data, GObject*) { delete static_cast<Work*>(data); }, work);
    if (vips_image_generate(out, vips_start_many, generate, vips_stop_many, work->padded.data(), work))
        throwVipsError(ErrorCode::Operation, MAP_TILES);
    return result;
}

} // namespace tintype
