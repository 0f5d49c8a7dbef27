// Opens a picture file as a lazy libvips image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/FileLoader.h"

#include "core/pixels/vips/PlaneAxes.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/pixels/vips/VipsProperty.h"

#include <cstring>
#include <filesystem>

namespace tintype {

namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
    throw Error(ErrorCode::File, path + ": " + reason);
}

bool isOwnParameter(const std::string& name) {
    return name == "filename" || name == "size" || name == "modified" || name == "planes";
}

int pageCount(VipsImage* image) {
    return vips_image_get_typeof(image, VIPS_META_N_PAGES) ? std::max(1, vips_image_get_n_pages(image)) : 1;
}

} // namespace

NodePtr FileLoader::node(const std::string& path, const Parameters& options, bool allPlanes, ReplacedFiles& replaced) {
    std::error_code ignored;
    const std::string absolute = std::filesystem::absolute(path, ignored).lexically_normal().string();
    const FileVersion version = versionOf(absolute);
    Parameters parameters{
        {"filename", absolute}, {"size", version.size}, {"modified", version.modified}, {"planes", allPlanes}};
    for (const auto& [name, value] : options) {
        if (isOwnParameter(name))
            throw Error(ErrorCode::Parameter, "'" + name + "' is not an option of opening a file");
        parameters.emplace_back(name, value);
    }
    // The header is read now, so that what cannot be opened is refused now.
    FileLoader(parameters, replaced, false, false).load(0);
    replaced.opened(version);
    return Node::create(Node::FILE, std::move(parameters));
}

FileLoader::FileLoader(const Parameters& parameters, ReplacedFiles& replaced, bool tolerant, bool sequential)
    : m_replaced(replaced), m_tolerant(tolerant), m_sequential(sequential) {
    for (const auto& [name, value] : parameters) {
        if (name == "filename" && value.as<std::string>())
            m_version.path = *value.as<std::string>();
        else if (name == "size" && value.as<std::int64_t>())
            m_version.size = *value.as<std::int64_t>();
        else if (name == "modified" && value.as<std::int64_t>())
            m_version.modified = *value.as<std::int64_t>();
        else if (name == "planes" && value.as<bool>())
            m_allPlanes = *value.as<bool>();
        else if (!isOwnParameter(name))
            m_options.emplace_back(name, value);
    }
}

std::string FileLoader::currentPath() const {
    const std::string kept = m_replaced.find(m_version);
    if (!kept.empty())
        return kept;
    const FileVersion now = versionOf(m_version.path);
    // A recipe that comes from a file names its pictures as they were there; copying a picture changes its time alone.
    const bool same = m_replaced.wasOpened(m_version) ? now == m_version : now.size == m_version.size;
    if (!same)
        refuse(m_version.path, "the file has changed since it was opened (" + std::to_string(m_version.size) +
                                   " bytes then, " + std::to_string(now.size) +
                                   " now); open it again, or apply the recipe to it");
    return m_version.path;
}

VipsImageRef FileLoader::load(int plane) const {
    const std::string path = currentPath();
    const char* loader = vips_foreign_find_load(path.c_str());
    if (!loader) {
        takeVipsError();
        refuse(m_version.path, "this is not an image, or of a kind that cannot be opened");
    }
    const auto operation = VipsRef<VipsOperation>::take(vips_operation_new(loader));
    auto has = [&](const char* name) { return g_object_class_find_property(G_OBJECT_GET_CLASS(operation.get()), name); };
    Parameters settings{{"filename", path}};
    if (has("fail-on") && !findParameter(m_options, "fail_on"))
        settings.emplace_back("fail_on", m_tolerant ? "none" : "truncated");
    if (m_sequential && !findParameter(m_options, "access"))
        settings.emplace_back("access", "sequential");
    if (m_allPlanes && plane > 0 && has("page"))
        settings.emplace_back("page", plane);
    settings.insert(settings.end(), m_options.begin(), m_options.end());
    setOptions(operation.get(), settings, m_version.path);
    // Not through libvips' cache, which would give an overwritten file's old pixels.
    if (vips_object_build(VIPS_OBJECT(operation.get()))) {
        vips_object_unref_outputs(VIPS_OBJECT(operation.get()));
        throwVipsError(ErrorCode::File, m_version.path);
    }
    VipsImage* out = nullptr;
    g_object_get(operation.get(), "out", &out, nullptr);
    vips_object_unref_outputs(VIPS_OBJECT(operation.get()));
    return VipsImageRef::take(out);
}

std::vector<Axis> FileLoader::axes(const VipsImageRef& image) const {
    const int planes = m_allPlanes ? pageCount(image.get()) : 1;
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
