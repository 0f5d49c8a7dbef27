// Opens a picture file as a lazy libvips image.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/ReplacedFiles.h"
#include "core/pixels/vips/VipsRef.h"

#include <string>
#include <vector>

namespace tintype {

/// Understands the parameters of a file node: `filename`, `size`, `modified`, `planes`, `options` as name, value pairs.
/// The libvips loader is built outside libvips' cache, so that an overwritten file never shows old pixels; a file that somebody
/// else changed since it was opened is an error.
class FileLoader {
public:
    /// Makes the node of a file as it is now. Throws FileError for what is missing, a directory, empty or unknown. What the engine
    /// does not know may be of an added format; its function is not called yet.
    static NodePtr node(const std::string& path, const Parameters& options, bool allPlanes, ReplacedFiles& replaced,
                        const OperationCatalog& catalog, const CancelToken& token);

    FileLoader(const Parameters& parameters, ReplacedFiles& replaced, bool tolerant, bool sequential);

    VipsImageRef load(int plane) const { return load(plane, m_loader); }
    /// What a function reads, which an added format brings.
    Parameters forFunction() const;
    const std::string& path() const { return m_version.path; }
    bool hasAllPlanes() const { return m_allPlanes; }
    /// The axes of all planes, where the node has them all.
    std::vector<Axis> axes(const VipsImageRef& image) const;

private:
    VipsImageRef load(int plane, std::string loader) const;
    std::string currentPath() const;

    ReplacedFiles& m_replaced;
    FileVersion m_version;
    std::string m_loader; ///< empty: found by the content
    Parameters m_options;
    bool m_allPlanes = false;
    bool m_tolerant;
    bool m_sequential;
};

} // namespace tintype
