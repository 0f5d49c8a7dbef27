// What somebody did to a snapshot of the document, to be done to the document as it is now.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/DocumentState.h"

#include <string>
#include <vector>

namespace tintype {

/// A value. What was not touched is not mentioned, so that it stays as others have left it meanwhile; what was touched is
/// set, and added again where it has been removed.
struct StateChanges {
    struct Renamed {
        std::string from;
        std::string to;
    };

    std::vector<Renamed> renamed; ///< with the image as it was; it may be set besides
    std::vector<NamedImage> set;  ///< changed and new images, in their order
    std::vector<std::string> removed;
    std::vector<NamedScript> scriptsSet;
    std::vector<std::string> scriptsRemoved;
    std::string active; ///< empty when that did not change

    static StateChanges between(const DocumentState& before, const DocumentState& after);
    DocumentState appliedTo(DocumentState state) const;
};

} // namespace tintype
