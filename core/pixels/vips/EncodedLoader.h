// Opens an encoded picture in memory as a lazy libvips image.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/VipsRef.h"

#include <string>
#include <vector>

namespace tintype {

/// Understands the parameters of a node of the operation ENCODED. The image keeps the bytes.
class EncodedLoader {
public:
    /// Throws FileError for bytes that are no picture.
    static NodePtr node(BytesPtr data, const std::string& name, const Parameters& options, bool allPlanes);

    EncodedLoader(const Parameters& parameters, bool tolerant);

    VipsImageRef load(int plane) const;
    /// The axes of all planes, where the node has them all.
    std::vector<Axis> axes(const VipsImageRef& image) const;

private:
    std::string m_name;
    BytesPtr m_data;
    bool m_allPlanes = false;
    bool m_tolerant;
    std::string m_loader;
    Parameters m_options;
};

} // namespace tintype
