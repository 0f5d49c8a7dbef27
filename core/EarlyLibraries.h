// Libraries that are loaded one by one before the engine, so that the linker finds their symbols sooner.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <dlfcn.h>

namespace tintype {

/// Problem: the engine brings more than a hundred libraries. When they are loaded together, each symbol of each is looked for in
/// all of them, from the first to the last; that is a fifth of the time that `import tintype` takes. A library that is loaded by
/// itself looks through nothing but what it needs.
///
/// Those with the most symbols are listed, each after what it needs. One that this system lacks is passed over: whoever really
/// needs it will say so. Any thread; the libraries stay for the life of the process. No part of the engine's library, for it
/// must be called before that is loaded.
inline void loadEarlyLibraries() {
    constexpr const char* NAMES[] = {
        "libstdc++.so.6",          "libcrypto.so.3",    "libgio-2.0.so.0",        "libQt6Core.so.6", "liblapack.so.3",
        "libopencv_imgproc.so.406", "libgnutls.so.30",   "libhdf5_serial.so.103", "libcfitsio.so.10", "librsvg-2.so.2",
        "libOpenEXR-3_1.so.30",     "libvips.so.42",
    };
    for (const char* name : NAMES)
        dlopen(name, RTLD_LAZY | RTLD_LOCAL);
}

} // namespace tintype
