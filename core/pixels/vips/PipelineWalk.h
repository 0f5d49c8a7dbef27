// What is known during one walk along the steps of a recipe.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"
#include "core/pixels/vips/Pipelines.h"

#include <map>

namespace tintype {

struct Pipelines::Walk {
    /// Of the catalogue when the walk began.
    std::uint64_t revision = 0;
    /// Of the step whose function gave the recipe that is walked; null outside functions.
    const Walk* outer = nullptr;
    /// Cuts are made into pixels at once, in the order of the steps: nothing waits for another cut.
    bool isSolid = false;
    /// The cut whose pixels the walk is for.
    PipelineKey made{};
    std::map<PipelineKey, BuiltPtr> built{};
    std::map<PipelineKey, int> uses{};

    const Built& from(const Step& step, const NodeOutput& input) const { return *built.at(inputStep(step, input.node).key); }
    const BuiltOutput& output(const Step& step, const NodeOutput& input) const {
        const BuiltOutput* found = from(step, input).output(input.name);
        if (!found || (!found->image && found->value.isNone()))
            throw Error(ErrorCode::Operation, input.node->operation() + " has no output '" + input.name + "'");
        return *found;
    }
};

} // namespace tintype
