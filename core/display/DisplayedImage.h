// What was found out about an image while it is, or was, on the screen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/display/BaseLevel.h"
#include "core/display/TileCache.h"
#include "core/pixels/Evaluation.h"

#include <memory>
#include <string>

namespace tintype {

/// Kept for the last few images, so that going back from a preview needs nothing to be found out again. Guarded by the
/// mutex of its owner, but for `image`, `plane` and `look`, which never change.
struct DisplayedImage {
    DisplayedImage(Image shown, int shownPlane, int shownLook) : image(std::move(shown)), plane(shownPlane), look(shownLook) {}

    const Image image;
    const int plane;
    const int look;

    bool known = false; ///< the info stands
    ImageInfo info;
    TileGrid grid;
    int baseLevel = 0;               ///< levels from this one on are cut out of `base`
    std::shared_ptr<BaseLevel> base; ///< null until its pass begins

    bool tolerant = false; ///< strict evaluation failed
    bool damaged = false;  ///< and the tolerant one gave pixels
    bool failed = false;   ///< and the tolerant one failed too
    std::string reason;

    EvaluationOptions options(bool sequential = false) const { return {plane, tolerant, sequential}; }
    bool isCutFromBase(const TileKey& key) const { return key.level >= std::max(baseLevel, 1); }
    TileIdentity identity(const TileKey& key) const {
        return {image.node()->id(), image.output().name, plane, tolerant, look, key};
    }
};

} // namespace tintype
