// What loading a picture from a file and from memory have in common.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/Loading.h"

#include "core/pixels/vips/FormatModules.h"
#include "core/pixels/vips/PlaneAxes.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/pixels/vips/VipsProperty.h"

#include <algorithm>
#include <cstring>

namespace tintype {

namespace {

bool hasOption(VipsOperation* loader, const char* name) {
    return g_object_class_find_property(G_OBJECT_GET_CLASS(loader), name) != nullptr;
}

int pageCount(VipsImage* image) {
    return vips_image_get_typeof(image, VIPS_META_N_PAGES) ? std::max(1, vips_image_get_n_pages(image)) : 1;
}

} // namespace

VipsRef<VipsOperation> newLoader(const std::string& name, const char* input, const std::string& what) {
    loadFormatModules();
    if (!vips_type_find("VipsForeignLoad", name.c_str()))
        throw Error(ErrorCode::Parameter, what + ": there is no loader '" + name + "'");
    auto loader = VipsRef<VipsOperation>::take(vips_operation_new(name.c_str()));
    if (!loader || !hasOption(loader.get(), input))
        throw Error(ErrorCode::Parameter, what + ": the loader '" + name + "' reads no " + input);
    return loader;
}

VipsImageRef runLoader(VipsOperation* loader, const Parameters& options, const LoadSettings& settings, const std::string& what) {
    Parameters chosen;
    if (hasOption(loader, "fail-on") && !findParameter(options, "fail_on"))
        chosen.emplace_back("fail_on", settings.tolerant ? "none" : "truncated");
    if (settings.sequential && !findParameter(options, "access"))
        chosen.emplace_back("access", "sequential");
    if (settings.allPlanes && settings.plane > 0 && hasOption(loader, "page"))
        chosen.emplace_back("page", settings.plane);
    chosen.insert(chosen.end(), options.begin(), options.end());
    setOptions(loader, chosen, what);
    if (vips_object_build(VIPS_OBJECT(loader))) {
        vips_object_unref_outputs(VIPS_OBJECT(loader));
        throwVipsError(ErrorCode::File, what);
    }
    VipsImage* out = nullptr;
    g_object_get(loader, "out", &out, nullptr);
    vips_object_unref_outputs(VIPS_OBJECT(loader));
    return VipsImageRef::take(out);
}

Parameters withOptions(Parameters own, const Parameters& options, bool (*isOwn)(const std::string&), const char* thing) {
    for (const auto& [name, value] : options) {
        if (isOwn(name) && name != "loader")
            throw Error(ErrorCode::Parameter, "'" + name + "' is not an option of opening a " + thing);
        own.emplace_back(name, value);
    }
    return own;
}

std::vector<Axis> planeAxes(const VipsImageRef& image) {
    const int planes = pageCount(image.get());
    if (planes < 2)
        return {};
    const char* description = nullptr;
    if (vips_image_get_typeof(image.get(), VIPS_META_IMAGEDESCRIPTION) &&
        vips_image_get_string(image.get(), VIPS_META_IMAGEDESCRIPTION, &description) == 0 &&
        std::strstr(description, "<OME")) {
        std::vector<Axis> axes = omeAxes(description, planes);
        if (!axes.empty())
            return axes;
    }
    return pageAxes(planes);
}

} // namespace tintype
