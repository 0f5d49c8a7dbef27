// What a node became: libvips images and values, by the names of its outputs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/VipsRef.h"

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
    std::vector<Axis> axes; ///< of the images

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
