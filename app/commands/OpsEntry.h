// What the program hands to the module of the commands, lib/libtintype_commands.so, for `tintype ops`.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tintype {

struct OpsRequest {
    const char* name = ""; ///< of the operation to describe; empty for the whole catalogue
    bool json = false;
};

} // namespace tintype

/// Prints the catalogue; returns the exit code.
extern "C" int tintypeOpsMain(const tintype::OpsRequest* request);

/// The function's type, for dlsym(library, "tintypeOpsMain").
using TintypeOpsMain = int (*)(const tintype::OpsRequest* request);
