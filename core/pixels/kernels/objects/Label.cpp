// Numbers the objects of a mask of any size, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/machinery/MemoryPrivate.h"
#include "core/pixels/kernels/objects/ComponentsPrivate.h"
#include "core/pixels/kernels/objects/LabellingPrivate.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <memory>

namespace tintype {

namespace {

/// One band of numbers that have an order: complex ones become a mask.
ImagePointer readable(VipsImage* in) {
    if (!isOneBand("tt_label", in, "the mask"))
        return nullptr;
    if (!vips_band_format_iscomplex(in->BandFmt)) {
        g_object_ref(in);
        return ImagePointer(in);
    }
    VipsImage* mask = nullptr;
    return ImagePointer(vips_notequal_const1(in, &mask, 0, nullptr) ? nullptr : mask);
}

void paintRow(int* row, int width, const Run* run, const Run* end, const std::vector<int>& numbers) {
    int x = 0;
    for (; run != end; ++run) {
        std::fill(row + x, row + run->begin, 0);
        std::fill(row + run->begin, row + run->end, numbers[std::size_t(run->component)]);
        x = run->end;
    }
    std::fill(row + x, row + width, 0);
}

void paintRows(const StripRuns& runs, const std::vector<int>& numbers, int width,
               const std::function<int*(int)>& rowAt) {
    for (std::size_t y = 0; y + 1 < runs.starts.size(); ++y)
        paintRow(rowAt(int(y)), width, runs.runs.data() + runs.starts[y], runs.runs.data() + runs.starts[y + 1],
                 numbers);
}

/// The runs are kept from the scan, and the labels painted into memory once.
int labelInMemory(VipsImage* in, Components& components, ImagePointer& out) {
    const int rows = stripRows(in);
    std::vector<StripRuns> runs(std::size_t(stripCount(in, rows)));
    if (components.scan(in, rows,
                        [&](const Strip& strip, StripRuns& own) { runs[std::size_t(strip.index)] = std::move(own); }))
        return -1;
    out = newMemory(in, VIPS_FORMAT_INT);
    if (!out)
        return -1;
    cv::parallel_for_({0, int(runs.size())}, [&](const cv::Range& range) {
        for (int strip = range.start; strip < range.end; ++strip) {
            paintRows(runs[std::size_t(strip)], components.numbers(strip), in->Xsize,
                      [&](int y) { return reinterpret_cast<int*>(VIPS_IMAGE_ADDR(out.get(), 0, strip * rows + y)); });
        }
    });
    return 0;
}

/// The runs of a strip are found again when its labels are asked for.
int labelInStrips(VipsImage* in, const std::shared_ptr<Components>& components, ImagePointer& out) {
    const int rows = stripRows(in);
    if (components->scan(in, rows))
        return -1;
    VipsImage* labels = nullptr;
    const auto make = [components](const Strip& strip, VipsRegion* target) {
        const StripRuns runs = components->runs(rowsOf(strip.regions.front(), strip.kept));
        paintRows(runs, components->numbers(strip.index), strip.kept.width,
                  [&](int y) { return reinterpret_cast<int*>(VIPS_REGION_ADDR(target, 0, strip.kept.top + y)); });
    };
    if (stripImage(in, &labels, VIPS_FORMAT_INT, rows, make))
        return -1;
    out.reset(labels);
    out->Type = VIPS_INTERPRETATION_MULTIBAND;
    return 0;
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto* label = reinterpret_cast<Labelling*>(object);
    return withoutExceptions(object, [object, label] {
        const ImagePointer in = readable(label->in);
        if (!in)
            return -1;
        const auto components =
            std::make_shared<Components>(RunKind::NotZero, Connectivity(label->connectivity), false);
        ImagePointer out;
        if (fitsMemory(in.get(), sizeof(int)) ? labelInMemory(in.get(), *components, out)
                                              : labelInStrips(in.get(), components, out))
            return -1;
        g_object_set(object, "out", out.release(), "count", components->count(), nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_label", "number the objects of a mask", build);
    describeLabelling(kernel);
}

/// Of this file: whether a function of another one has an address is no constant for the compiler's sanitizers.
void initInstance(Labelling* labelling) {
    initLabelling(labelling);
}

} // namespace

void registerLabel() {
    registerKernel<Labelling, initClass, initInstance>("TtLabel");
}

} // namespace tintype
