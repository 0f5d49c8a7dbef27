// The names that libvips has for its formats and choices: file name endings, values of enumerations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/Evaluation.h"
#include "core/pixels/FileFormats.h"

#include "core/pixels/vips/FormatModules.h"

#include <vips/vips.h>

#include <algorithm>
#include <string_view>

namespace tintype {

namespace {

/// Endings without the dot, sorted, each once, of the loaders or savers below a libvips class.
std::vector<std::string> suffixesBelow(const char* base) {
    loadFormatModules();
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

std::vector<std::string> builtInLoadSuffixes() {
    return suffixesBelow("VipsForeignLoad");
}

std::vector<std::string> builtInSaveSuffixes() {
    return suffixesBelow("VipsForeignSave");
}

bool isBuiltInLoaderOrSaver(const std::string& name) {
    loadFormatModules();
    return vips_type_find("VipsForeign", name.c_str()) != 0;
}

std::vector<std::string> enumerationValues(const std::string& name) {
    GType type = g_type_from_name(name.c_str());
    if (!type) {
        // Those of loaders and savers come to be with the first look at their classes.
        loadFormatModules();
        vips_class_map_all(
            g_type_from_name("VipsForeign"), [](VipsObjectClass*, void*) -> void* { return nullptr; }, nullptr);
        type = g_type_from_name(name.c_str());
    }
    if (!type || !G_TYPE_IS_ENUM(type))
        return {};
    auto* const values = static_cast<GEnumClass*>(g_type_class_ref(type));
    std::vector<std::string> names;
    for (unsigned i = 0; i < values->n_values; ++i) {
        const GEnumValue& value = values->values[i];
        // libvips begins some with a value for errors, and ends them with a `last` that is no choice.
        if (value.value >= 0 && std::string_view(value.value_nick) != "last")
            names.emplace_back(value.value_nick);
    }
    g_type_class_unref(values);
    return names;
}

} // namespace tintype
