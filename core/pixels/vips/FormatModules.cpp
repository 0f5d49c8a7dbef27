// The formats that libvips keeps in modules of their own: HEIF, JPEG XL, whole slides, PDF, and what ImageMagick reads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/FormatModules.h"

#include "core/pixels/Engine.h"

#include <filesystem>
#include <string>

#include <dlfcn.h>
#include <gmodule.h>
#include <vips/vips.h>

namespace tintype {

namespace fs = std::filesystem;

namespace {

/// Beside the library, wherever the system or the person has put it.
fs::path modulesFolder() {
    Dl_info library = {};
    if (!dladdr(reinterpret_cast<const void*>(&vips_init), &library) || !library.dli_fname)
        return {};
    return fs::path(library.dli_fname).parent_path() /
           ("vips-modules-" + std::to_string(vips_version(0)) + "." + std::to_string(vips_version(1)));
}

bool loadAll() {
    startEngine();
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(modulesFolder(), error)) {
        if (entry.path().extension() == ".so")
            g_module_open(entry.path().c_str(), G_MODULE_BIND_LAZY);
    }
    return true;
}

} // namespace

void loadFormatModules() {
    static const bool loaded = loadAll();
    static_cast<void>(loaded);
}

} // namespace tintype
