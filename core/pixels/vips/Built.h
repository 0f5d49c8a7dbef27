// What a node became: libvips images and values, by the names of its outputs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/LazyImage.h"
#include "core/pixels/vips/VipsRef.h"

#include <algorithm>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace tintype {

struct BuiltOutput {
    std::string name;
    VipsImageRef image; ///< empty for values
    Value value;
};

/// Immutable, shared between threads.
struct Built {
    std::vector<BuiltOutput> outputs;
    std::vector<Axis> axes{}; ///< of the images
    unsigned length = 0;    ///< how many steps libvips goes through for a pixel, back to a source or a cut
    std::vector<std::shared_ptr<LazyPixels>> cuts{}; ///< those cuts
    bool isNeededWhole = false; ///< its pixels are to be made all at once

    /// One of the images that it is made of.
    void standOn(const Built& other) {
        length = std::max(length, other.length);
        for (const std::shared_ptr<LazyPixels>& cut : other.cuts)
            if (std::find(cuts.begin(), cuts.end(), cut) == cuts.end())
                cuts.push_back(cut);
    }
    bool hasImage() const {
        return std::any_of(outputs.begin(), outputs.end(), [](const BuiltOutput& output) { return bool(output.image); });
    }

    const BuiltOutput* output(const std::string& name) const {
        for (const BuiltOutput& candidate : outputs) {
            if (candidate.name == name)
                return &candidate;
        }
        return nullptr;
    }
};

using BuiltPtr = std::shared_ptr<const Built>;

} // namespace tintype
