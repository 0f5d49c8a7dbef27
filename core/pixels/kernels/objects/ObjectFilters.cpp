// Removes objects at the edge or small ones, and fills holes, in images of any size, as three operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/machinery/MemoryPrivate.h"
#include "core/pixels/kernels/objects/ComponentsPrivate.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

namespace tintype {

namespace {

struct ObjectFilter {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int connectivity;
    int size;
};

/// The value that all of a component becomes; nothing where it stays.
using Verdict = std::function<std::optional<double>(const ComponentFacts&)>;

struct Work {
    Components components;
    Verdict verdict;
};

void replace(const Work& work, const Strip& strip, const StripRuns& runs, const PixelRows& pixels) {
    const std::vector<ComponentFacts> facts = work.components.facts(strip, runs, pixels);
    std::vector<std::optional<double>> values;
    for (const ComponentFacts& own : facts)
        values.push_back(work.verdict(own));
    withNumberType(pixels.format, [&](auto* type) {
        using T = std::remove_const_t<std::remove_pointer_t<decltype(type)>>;
        auto* const bytes = static_cast<unsigned char*>(const_cast<void*>(pixels.first));
        for (int y = 0; y < pixels.height; ++y) {
            auto* const row = reinterpret_cast<T*>(bytes + std::size_t(y) * pixels.stride);
            for (int i = runs.starts[std::size_t(y)]; i < runs.starts[std::size_t(y) + 1]; ++i) {
                const Run& run = runs.runs[std::size_t(i)];
                if (const auto& value = values[std::size_t(run.component)])
                    std::fill(row + run.begin, row + run.end, T(*value));
            }
        }
    });
}

void copyRows(VipsRegion* from, const VipsRect& kept, uchar* to, std::size_t stride) {
    const std::size_t bytes = VIPS_REGION_SIZEOF_LINE(from);
    for (int y = 0; y < kept.height; ++y)
        std::memcpy(to + std::size_t(y) * stride, VIPS_REGION_ADDR(from, 0, kept.top + y), bytes);
}

/// The pixels are copied while they are scanned, and changed in the copy.
int filterInMemory(VipsImage* in, Work& work, ImagePointer& out) {
    const int rows = stripRows(in);
    out = newMemory(in, in->BandFmt);
    if (!out)
        return -1;
    out->Type = in->Type;
    std::vector<StripRuns> runs(std::size_t(stripCount(in, rows)));
    const auto keep = [&](const Strip& strip, StripRuns& own) {
        runs[std::size_t(strip.index)] = std::move(own);
        copyRows(strip.regions.front(), strip.kept, rowAt<uchar>(out.get(), strip.kept.top),
                 VIPS_IMAGE_SIZEOF_LINE(out.get()));
    };
    if (work.components.scan(in, rows, keep))
        return -1;
    cv::parallel_for_({0, int(runs.size())}, [&](const cv::Range& range) {
        for (int index = range.start; index < range.end; ++index) {
            const int top = index * rows;
            const VipsRect kept{0, top, in->Xsize, std::min(rows, in->Ysize - top)};
            const PixelRows pixels{rowAt<uchar>(out.get(), top), VIPS_IMAGE_SIZEOF_LINE(out.get()), kept.width,
                                   kept.height, in->BandFmt};
            replace(work, {index, kept, {}}, runs[std::size_t(index)], pixels);
        }
    });
    return 0;
}

int filterInStrips(VipsImage* in, const std::shared_ptr<Work>& work, ImagePointer& out) {
    const int rows = stripRows(in);
    if (work->components.scan(in, rows))
        return -1;
    VipsImage* filtered = nullptr;
    const auto make = [work](const Strip& strip, VipsRegion* target) {
        VipsRegion* const source = strip.regions.front();
        const StripRuns runs = work->components.runs(rowsOf(source, strip.kept));
        copyRows(source, strip.kept, VIPS_REGION_ADDR(target, 0, strip.kept.top),
                 std::size_t(VIPS_REGION_LSKIP(target)));
        replace(*work, strip, runs, rowsOf(target, strip.kept));
    };
    if (stripImage(in, &filtered, in->BandFmt, rows, make))
        return -1;
    out.reset(filtered);
    return 0;
}

int buildWith(VipsObject* object, RunKind kind, Connectivity connectivity, const Verdict& verdict) {
    VipsImage* const in = reinterpret_cast<ObjectFilter*>(object)->in;
    if (!isOneRealBand(VIPS_OBJECT_GET_CLASS(object)->nickname, in))
        return -1;
    return withoutExceptions(object, [&] {
        const auto work = std::make_shared<Work>(Work{{kind, connectivity, true}, verdict});
        ImagePointer out;
        if (fitsMemory(in, VIPS_IMAGE_SIZEOF_PEL(in)) ? filterInMemory(in, *work, out) : filterInStrips(in, work, out))
            return -1;
        g_object_set(object, "out", out.release(), nullptr);
        return 0;
    });
}

int buildClearBorder(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto connectivity = Connectivity(reinterpret_cast<ObjectFilter*>(object)->connectivity);
    return buildWith(object, RunKind::EqualValue, connectivity,
                     [](const ComponentFacts& facts) { return facts.touchesEdge ? std::optional(0.0) : std::nullopt; });
}

int buildRemoveSmall(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto* filter = reinterpret_cast<ObjectFilter*>(object);
    return buildWith(object, RunKind::EqualValue, Connectivity(filter->connectivity),
                     [size = filter->size](const ComponentFacts& facts) {
                         return facts.area < size ? std::optional(0.0) : std::nullopt;
                     });
}

int buildFillHoles(VipsObject* object) {
    if (buildParent(object))
        return -1;
    // Where objects hang together at corners, holes do not.
    const auto objects = reinterpret_cast<ObjectFilter*>(object)->connectivity;
    return buildWith(object, RunKind::Zero, objects == EIGHT ? FOUR : EIGHT, [](const ComponentFacts& facts) {
        return facts.touchesEdge ? std::nullopt : std::optional(facts.before);
    });
}

void addArguments(VipsObjectClass* kernel) {
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "One-band mask or labels, 0 in the background",
                   VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(ObjectFilter, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "The image with other objects", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(ObjectFilter, out));
    VIPS_ARG_ENUM(kernel, "connectivity", 4, "Connectivity",
                  "Neighbours that belong to the same object: 4 at the sides, or 8 with the corners",
                  VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(ObjectFilter, connectivity), connectivityType(), EIGHT);
}

void initClearBorder(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_clear_border", "remove the objects that touch the edge of the image", buildClearBorder);
    addArguments(kernel);
}

void initRemoveSmall(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_remove_small_objects", "remove the objects with less than a number of pixels",
                   buildRemoveSmall);
    addArguments(kernel);
    VIPS_ARG_INT(kernel, "size", 3, "Size", "Objects with fewer pixels are removed", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(ObjectFilter, size), 0, std::numeric_limits<int>::max(), 64);
}

void initFillHoles(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_fill_holes", "fill the holes of objects", buildFillHoles);
    addArguments(kernel);
}

void initInstance(ObjectFilter* filter) {
    filter->connectivity = EIGHT;
    filter->size = 64;
}

} // namespace

void registerObjectFilters() {
    registerKernel<ObjectFilter, initClearBorder, initInstance>("TtClearBorder");
    registerKernel<ObjectFilter, initRemoveSmall, initInstance>("TtRemoveSmallObjects");
    registerKernel<ObjectFilter, initFillHoles, initInstance>("TtFillHoles");
}

} // namespace tintype
