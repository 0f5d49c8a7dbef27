// The file name endings by which images are opened and saved.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/Evaluation.h"

#include <vips/vips.h>

#include <algorithm>

namespace tintype {

namespace {

/// Endings without the dot, sorted, each once, of the loaders or savers below a libvips class.
std::vector<std::string> suffixesBelow(const char* base) {
    std::vector<std::string> suffixes;
    const auto collect = [](VipsObjectClass* object, void* list) -> void* {
        const auto* foreignClass = reinterpret_cast<VipsForeignClass*>(object);
        for (const char** suffix = foreignClass->suffs; suffix && *suffix; ++suffix)
            static_cast<std::vector<std::string>*>(list)->push_back(*suffix + 1);
        return nullptr;
    };
    vips_class_map_all(g_type_from_name(base), collect, &suffixes);
    std::sort(suffixes.begin(), suffixes.end());
    suffixes.erase(std::unique(suffixes.begin(), suffixes.end()), suffixes.end());
    return suffixes;
}

} // namespace

std::vector<std::string> loadableSuffixes() {
    return suffixesBelow("VipsForeignLoad");
}

std::vector<std::string> savableSuffixes() {
    return suffixesBelow("VipsForeignSave");
}

} // namespace tintype
