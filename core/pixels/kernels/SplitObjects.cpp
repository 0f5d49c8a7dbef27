// Cuts objects that touch at their necks, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/DistancesPrivate.h"
#include "core/pixels/kernels/LabellingPrivate.h"
#include "core/pixels/kernels/MemoryPrivate.h"
#include "core/pixels/kernels/NecksPrivate.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <limits>
#include <vector>

namespace tintype {

namespace {

struct SplitObjects {
    Labelling labelling;
    double depth;
};

std::vector<VipsRect> boxesOf(VipsImage* labels, int count) {
    struct Box {
        int left = std::numeric_limits<int>::max();
        int top = 0;
        int right = -1;
        int bottom = 0;
    };
    std::vector<Box> boxes(static_cast<std::size_t>(count));
    for (int y = 0; y < labels->Ysize; ++y) {
        const int* const row = rowAt<int>(labels, y);
        for (int x = 0; x < labels->Xsize; ++x) {
            if (row[x] == 0)
                continue;
            const int label = row[x];
            Box& box = boxes[std::size_t(label) - 1];
            if (box.right < 0)
                box.top = y;
            box.left = std::min(box.left, x);
            while (x + 1 < labels->Xsize && row[x + 1] == label)
                ++x;
            box.right = std::max(box.right, x);
            box.bottom = y;
        }
    }
    std::vector<VipsRect> rects;
    for (const Box& box : boxes)
        rects.push_back({box.left, box.top, box.right - box.left + 1, box.bottom - box.top + 1});
    return rects;
}

/// What became of an object.
struct Split {
    VipsRect box;
    std::vector<int> parts; ///< of each pixel of the box, from 1 on; 0 outside the object; empty when it stays whole
    int count = 1;
};

Split splitObject(VipsImage* labels, int label, const VipsRect& object, double depth) {
    // With the background around it, as far as the image has it.
    VipsRect box = object;
    vips_rect_marginadjust(&box, 1);
    const VipsRect all{0, 0, labels->Xsize, labels->Ysize};
    vips_rect_intersectrect(&box, &all, &box);
    std::vector<int> distances(std::size_t(box.width) * std::size_t(box.height));
    for (int y = 0; y < box.height; ++y) {
        const int* const row = rowAt<int>(labels, box.top + y) + box.left;
        std::transform(row, row + box.width, distances.begin() + std::ptrdiff_t(y) * box.width,
                       [label](int other) { return int(other == label); });
    }
    Split split{box, {}, 1};
    split.count = cutNecks(distances, box.width, box.height, depth);
    if (split.count > 1)
        split.parts = std::move(distances);
    return split;
}

/// Numbers all parts in reading order; returns how many there are.
int renumber(VipsImage* labels, const std::vector<Split>& splits) {
    std::vector<int> firsts;
    int total = 0;
    for (const Split& split : splits) {
        firsts.push_back(total);
        total += split.count;
    }
    std::vector<int> numbers(std::size_t(total), 0);
    int last = 0;
    for (int y = 0; y < labels->Ysize; ++y) {
        int* const row = rowAt<int>(labels, y);
        for (int x = 0; x < labels->Xsize; ++x) {
            if (row[x] == 0)
                continue;
            const auto object = std::size_t(row[x]) - 1;
            const Split& split = splits[object];
            const std::size_t place =
                std::size_t(y - split.box.top) * std::size_t(split.box.width) + std::size_t(x - split.box.left);
            const int part = split.parts.empty() ? 0 : split.parts[place] - 1;
            int& number = numbers[std::size_t(firsts[object] + part)];
            if (number == 0)
                number = ++last;
            row[x] = number;
        }
    }
    return last;
}

int split(VipsImage* in, VipsImage* labels, int count, double depth) {
    const std::vector<VipsRect> boxes = boxesOf(labels, count);
    std::vector<Split> splits(boxes.size());
    cv::parallel_for_(
        {0, count},
        [&](const cv::Range& range) {
            for (int i = range.start; i < range.end && !isStopped(in); ++i)
                splits[std::size_t(i)] = splitObject(labels, i + 1, boxes[std::size_t(i)], depth);
        },
        // Objects differ in size: many small shares keep all cores at work.
        std::min(count, 1024));
    if (isStopped(in))
        return -1;
    return renumber(labels, splits);
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto* work = reinterpret_cast<SplitObjects*>(object);
    return withoutExceptions(object, [object, work] {
        VipsImage* labels = nullptr;
        int count = 0;
        VipsImage* const in = work->labelling.in;
        if (vips_call("tt_label", in, &labels, "count", &count, "connectivity", work->labelling.connectivity, nullptr))
            return -1;
        const ImagePointer lazy(labels);
        ImagePointer out(vips_image_copy_memory(labels));
        if (!out)
            return -1;
        const int parts = split(in, out.get(), count, work->depth);
        if (parts < 0)
            return -1;
        g_object_set(object, "out", out.release(), "count", parts, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_split_objects", "number the objects of a mask, those that touch one by one", build);
    describeLabelling(kernel);
    VIPS_ARG_DOUBLE(kernel, "depth", 10, "Depth",
                    "How much less a neck reaches to each side than the objects that it joins",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(SplitObjects, depth), 0, 1e6, 1);
}

void initInstance(SplitObjects* work) {
    initLabelling(&work->labelling);
    work->depth = 1;
}

} // namespace

void registerSplitObjects() {
    registerKernel<SplitObjects, initClass, initInstance>("TtSplitObjects");
}

} // namespace tintype
