// What loading a picture from a file and from memory have in common.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/VipsRef.h"

#include <string>
#include <vector>

namespace tintype {

struct LoadSettings {
    int plane = 0;
    bool allPlanes = false;
    bool tolerant = false;   ///< take what decodes
    bool sequential = false; ///< read once from top to bottom
};

/// The libvips operation of that name, or type. Throws ParameterError when there is no such loader, or when it reads from
/// something else than `input` ("filename", "buffer").
VipsRef<VipsOperation> newLoader(const std::string& name, const char* input, const std::string& what);

/// Builds the loader, whose input is set already, with the person's options, which go before the settings. Never through
/// libvips' operation cache, which would give an overwritten file's old pixels. Throws FileError, or ParameterError for an
/// option that the loader has not; `what` begins the message.
VipsImageRef runLoader(VipsOperation* loader, const Parameters& options, const LoadSettings& settings, const std::string& what);

/// The options, behind the parameters of the loader's own, which they must not be; `thing` is what is opened.
Parameters withOptions(Parameters own, const Parameters& options, bool (*isOwn)(const std::string& name), const char* thing);

/// The directions in which the picture has several planes.
std::vector<Axis> planeAxes(const VipsImageRef& image);

} // namespace tintype
