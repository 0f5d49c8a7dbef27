// Shows the values of an image as the colours of a map, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/ColourMaps.h"
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/levels/ColourMappingPrivate.h"
#include "core/pixels/kernels/levels/PixelStatisticsPrivate.h"
#include "core/pixels/kernels/machinery/WholePicturePrivate.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace tintype {

namespace {

constexpr std::size_t FEWEST = 256;

struct ColourMapping {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    char* name;
    VipsArrayDouble* range;
};

/// How values become colours; belongs to the image that is made.
struct Mapped {
    Colours colours;
    double low = 0;
    double scale = 0; ///< entries of the table a value

    const Colour& at(double value) const {
        // What is no number is as the lowest value.
        const double place = std::nearbyint((value - low) * scale);
        return colours[place > 0 ? std::size_t(std::min(place, double(colours.size() - 1))) : 0];
    }
};

/// At least 256 colours: what lies between those of a shorter table is interpolated.
Colours filled(Colours table) {
    if (table.size() >= FEWEST)
        return table;
    Colours colours(FEWEST);
    for (std::size_t i = 0; i < FEWEST; ++i) {
        const double place = double(i) * double(table.size() - 1) / double(FEWEST - 1);
        const std::size_t left = std::min(std::size_t(place), table.size() - 2);
        const double share = place - double(left);
        for (std::size_t part = 0; part < colours[i].size(); ++part)
            colours[i][part] = std::uint8_t(std::lround(table[left][part] * (1 - share) + table[left + 1][part] * share));
    }
    return colours;
}

template <typename T>
void mapRow(const Mapped& mapped, const void* in, VipsPel* out, int width) {
    const auto* const values = static_cast<const T*>(in);
    for (int x = 0; x < width; ++x, out += 3) {
        const Colour& colour = mapped.at(double(values[x]));
        std::copy(colour.begin(), colour.end(), out);
    }
}

using MapRow = void (*)(const Mapped&, const void*, VipsPel*, int);

MapRow rowFunction(VipsBandFormat format) {
    switch (format) {
    case VIPS_FORMAT_UCHAR: return mapRow<std::uint8_t>;
    case VIPS_FORMAT_CHAR: return mapRow<std::int8_t>;
    case VIPS_FORMAT_USHORT: return mapRow<std::uint16_t>;
    case VIPS_FORMAT_SHORT: return mapRow<std::int16_t>;
    case VIPS_FORMAT_UINT: return mapRow<std::uint32_t>;
    case VIPS_FORMAT_INT: return mapRow<std::int32_t>;
    case VIPS_FORMAT_FLOAT: return mapRow<float>;
    case VIPS_FORMAT_DOUBLE: return mapRow<double>;
    default: return nullptr;
    }
}

int generate(VipsRegion* out, void* sequence, void*, void* mapping, gboolean*) {
    auto* const in = static_cast<VipsRegion*>(sequence);
    const VipsRect& rect = out->valid;
    if (vips_region_prepare(in, &rect))
        return -1;
    const MapRow mapOne = rowFunction(in->im->BandFmt);
    for (int y = rect.top; y < rect.top + rect.height; ++y)
        mapOne(*static_cast<const Mapped*>(mapping), VIPS_REGION_ADDR(in, rect.left, y), VIPS_REGION_ADDR(out, rect.left, y), rect.width);
    return 0;
}

/// One band of real numbers: the brightness of a colour picture.
ImagePointer oneBand(VipsImage* in) {
    ImagePointer image = decoded(in);
    VipsImage* made = nullptr;
    if (image && vips_band_format_iscomplex(image->BandFmt)) {
        vips_error("tt_colour_map", "%s", "the image has complex numbers; take their absolute values first");
        return nullptr;
    }
    if (image && image->Bands > 2 && image->Type != VIPS_INTERPRETATION_MULTIBAND) {
        const bool isDeep = image->Type == VIPS_INTERPRETATION_RGB16;
        image.reset(vips_colourspace(image.get(), &made, isDeep ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W, nullptr) ? nullptr : made);
    }
    if (!image || image->Bands == 1)
        return image;
    return ImagePointer(vips_extract_band(image.get(), &made, 0, nullptr) ? nullptr : made);
}

int findRange(VipsImage* in, double& low, double& high) {
    std::vector<BandStatistics> bands;
    if (pixelStatistics(in, {.least = true, .most = true}, bands))
        return -1;
    low = bands.front().least;
    high = bands.front().most;
    if (std::isinf(high - low) && bands.front().leastAt >= 0) {
        vips_error("tt_colour_map", "%s", "the image has values without limit; say the range of values that the colours are for");
        return -1;
    }
    return 0;
}

int makeImage(ColourMapping* mapping, VipsImage* watched, VipsImage* source, VipsImage** made) {
    auto mapped = std::make_unique<Mapped>();
    mapped->colours = filled(ColourMaps::coloursOf(mapping->name));
    double high = 0;
    if (mapping->range) {
        int count = 0;
        const double* const range = vips_array_double_get(mapping->range, &count);
        if (count != 2 || !(range[0] < range[1])) {
            vips_error("tt_colour_map", "range must be two numbers, the lower one first, not %d, which begin with %g and end with %g", count,
                       count > 0 ? range[0] : 0.0, count > 0 ? range[count - 1] : 0.0);
            return -1;
        }
        mapped->low = range[0];
        high = range[1];
    } else if (findRange(watched, mapped->low, high)) {
        return -1;
    }
    mapped->scale = high > mapped->low ? double(mapped->colours.size() - 1) / (high - mapped->low) : 0;
    ImagePointer out(vips_image_new());
    if (vips_image_pipelinev(out.get(), VIPS_DEMAND_STYLE_THINSTRIP, source, nullptr))
        return -1;
    out->Bands = 3;
    out->BandFmt = VIPS_FORMAT_UCHAR;
    out->Type = VIPS_INTERPRETATION_sRGB;
    // A profile is of the colours that were there.
    vips_image_remove(out.get(), VIPS_META_ICC_NAME);
    const Mapped* const kept = mapped.release();
    g_object_weak_ref(
        G_OBJECT(out.get()), [](void* gone, GObject*) { delete static_cast<const Mapped*>(gone); }, const_cast<Mapped*>(kept));
    g_object_ref(source);
    vips_object_local(out.get(), source);
    if (vips_image_generate(out.get(), vips_start_one, generate, vips_stop_one, source, const_cast<Mapped*>(kept)))
        return -1;
    *made = out.release();
    return 0;
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    auto* const mapping = reinterpret_cast<ColourMapping*>(object);
    return withoutExceptions(object, [object, mapping] {
        if (ColourMaps::coloursOf(mapping->name).empty()) {
            vips_error("tt_colour_map", "there is no colour map '%.80s'", mapping->name);
            return -1;
        }
        // What was watched while the range was looked for hides where the pixels are.
        VipsImage* const original = watchedPicture(mapping->in).original;
        const ImagePointer source = oneBand(original);
        const ImagePointer watched = source.get() == original ? decoded(mapping->in) : oneBand(mapping->in);
        VipsImage* made = nullptr;
        if (!source || !watched || makeImage(mapping, watched.get(), source.get(), &made))
            return -1;
        g_object_set(object, "out", made, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_colour_map", "show values as colours", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(ColourMapping, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(ColourMapping, out));
    VIPS_ARG_STRING(kernel, "name", 3, "Name", "The colour map", VIPS_ARGUMENT_REQUIRED_INPUT,
                    G_STRUCT_OFFSET(ColourMapping, name), nullptr);
    VIPS_ARG_BOXED(kernel, "range", 4, "Range", "The values that get the first and the last colour", VIPS_ARGUMENT_OPTIONAL_INPUT,
                   G_STRUCT_OFFSET(ColourMapping, range), VIPS_TYPE_ARRAY_DOUBLE);
}

} // namespace

void registerColourMapping() {
    registerKernel<ColourMapping, initClass>("TtColourMapping");
}

} // namespace tintype
