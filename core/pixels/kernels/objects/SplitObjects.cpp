// Cuts objects that touch at their necks, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/pixels/kernels/machinery/MemoryPrivate.h"
#include "core/pixels/kernels/objects/LabellingPrivate.h"
#include "core/pixels/kernels/objects/NecksPrivate.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace tintype {

namespace {

struct SplitObjects {
    Labelling labelling;
    double depth;
};

/// Calls f(row, begin, end, label) for each run of an object's pixels, in reading order.
template <typename F>
void forEachRun(VipsImage* labels, F&& f) {
    for (int y = 0; y < labels->Ysize; ++y) {
        const int* const row = rowAt<int>(labels, y);
        for (int x = 0; x < labels->Xsize;) {
            const int label = row[x];
            const int begin = x;
            while (x < labels->Xsize && row[x] == label)
                ++x;
            if (label != 0)
                f(y, begin, x, label);
        }
    }
}

struct Object {
    int left = std::numeric_limits<int>::max();
    int top = 0;
    int right = 0;  ///< the column after the last
    int bottom = 0; ///< the row after the last
    std::int64_t area = 0;
    std::vector<RowRun> runs; ///< where it fills little of its box

    bool isSparse() const { return std::int64_t(right - left) * (bottom - top) > SPARSE * area; }

private:
    static constexpr int SPARSE = 8;
};

std::vector<Object> objectsOf(VipsImage* labels, int count) {
    std::vector<Object> objects(static_cast<std::size_t>(count));
    forEachRun(labels, [&](int row, int begin, int end, int label) {
        Object& object = objects[std::size_t(label) - 1];
        if (object.area == 0)
            object.top = row;
        object.left = std::min(object.left, begin);
        object.right = std::max(object.right, end);
        object.bottom = row + 1;
        object.area += end - begin;
    });
    forEachRun(labels, [&](int row, int begin, int end, int label) {
        if (Object& object = objects[std::size_t(label) - 1]; object.isSparse())
            object.runs.push_back({row, begin, end});
    });
    return objects;
}

/// Pixels of an object are numbered by ints.
void checkCount(std::int64_t pixels, int width, int height) {
    constexpr int MOST = std::numeric_limits<int>::max();
    if (pixels > MOST)
        throw Error(ErrorCode::Parameter, "an object of " + std::to_string(width) + " x " + std::to_string(height) +
                                              " pixels is too large to be cut; it may lie in " + std::to_string(MOST) +
                                              " pixels at most");
}

/// What became of an object.
struct Split {
    std::vector<int> parts; ///< of each of its pixels in reading order, from 1 on; empty when it stays whole
    int count = 1; ///< 0 when it was stopped
    std::size_t done = 0; ///< pixels that were gone through
};

using IsStopped = std::function<bool()>;

/// The object in its box, with the background around it as far as the image has it.
Split splitInBox(VipsImage* labels, int label, const Object& object, double depth, const IsStopped& isStopped) {
    const int left = std::max(object.left - 1, 0);
    const int top = std::max(object.top - 1, 0);
    const int width = std::min(object.right + 1, labels->Xsize) - left;
    const int height = std::min(object.bottom + 1, labels->Ysize) - top;
    Split split;
    checkCount(std::int64_t(width) * height, width, height);
    split.parts.resize(std::size_t(width) * std::size_t(height));
    for (int y = 0; y < height; ++y) {
        const int* const row = rowAt<int>(labels, top + y) + left;
        std::transform(row, row + width, split.parts.begin() + std::ptrdiff_t(y) * width,
                       [label](int other) { return int(other == label); });
    }
    split.count = cutNecks(split.parts, width, height, depth, isStopped);
    if (split.count > 1)
        std::erase(split.parts, 0);
    return split;
}

Split splitObject(VipsImage* labels, int label, Object& object, double depth, const IsStopped& isStopped) {
    Split split;
    if (object.runs.empty()) {
        split = splitInBox(labels, label, object, depth, isStopped);
    } else {
        checkCount(object.area, object.right - object.left, object.bottom - object.top);
        const SparseObject sparse(std::move(object.runs), labels->Xsize, labels->Ysize);
        split.count = cutNecks(sparse, split.parts, depth, isStopped);
    }
    if (split.count <= 1)
        split.parts = {};
    else
        split.parts.shrink_to_fit();
    return split;
}

/// Numbers all parts in reading order; returns how many there are.
int renumber(VipsImage* labels, std::vector<Split>& splits) {
    std::vector<int> firsts;
    int total = 0;
    for (const Split& split : splits) {
        firsts.push_back(total);
        total += split.count;
    }
    std::vector<int> numbers(std::size_t(total), 0);
    int last = 0;
    forEachRun(labels, [&](int y, int begin, int end, int label) {
        const auto object = std::size_t(label) - 1;
        Split& split = splits[object];
        int* const row = rowAt<int>(labels, y);
        for (int x = begin; x < end; ++x) {
            const int part = split.parts.empty() ? 0 : split.parts[split.done++] - 1;
            int& number = numbers[std::size_t(firsts[object] + part)];
            if (number == 0)
                number = ++last;
            row[x] = number;
        }
    });
    return last;
}

int split(VipsImage* in, VipsImage* labels, int count, double depth) {
    std::vector<Object> objects = objectsOf(labels, count);
    std::vector<Split> splits(objects.size());
    const IsStopped isEnded = [in] { return isStopped(in); };
    cv::parallel_for_(
        {0, count},
        [&](const cv::Range& range) {
            for (int i = range.start; i < range.end && !isEnded(); ++i)
                splits[std::size_t(i)] = splitObject(labels, i + 1, objects[std::size_t(i)], depth, isEnded);
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
