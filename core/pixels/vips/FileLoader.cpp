// Opens a picture file as a lazy libvips image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/FileLoader.h"

#include "core/pixels/vips/PlaneAxes.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/pixels/vips/VipsProperty.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

namespace tintype {

namespace {

struct FileState {
    std::int64_t size = 0;
    std::int64_t modified = 0; ///< nanoseconds since 1970
};

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
    throw Error(ErrorCode::File, path + ": " + reason);
}

FileState stateOf(const std::string& path) {
    struct stat info = {};
    if (::stat(path.c_str(), &info) != 0)
        refuse(path, errno == ENOENT ? "there is no such file" : std::strerror(errno));
    if (S_ISDIR(info.st_mode))
        refuse(path, "this is a folder, not an image file");
    if (::access(path.c_str(), R_OK) != 0)
        refuse(path, "the file may not be read (" + std::string(std::strerror(errno)) + ")");
    if (S_ISREG(info.st_mode) && info.st_size == 0)
        refuse(path, "the file is empty (0 bytes)");
    return {info.st_size, std::int64_t(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec};
}

bool isOwnParameter(const std::string& name) {
    return name == "filename" || name == "size" || name == "modified" || name == "planes";
}

int pageCount(VipsImage* image) {
    return vips_image_get_typeof(image, VIPS_META_N_PAGES) ? std::max(1, vips_image_get_n_pages(image)) : 1;
}

} // namespace

NodePtr FileLoader::node(const std::string& path, const Parameters& options, bool allPlanes) {
    std::error_code ignored;
    const std::string absolute = std::filesystem::absolute(path, ignored).lexically_normal().string();
    const FileState state = stateOf(absolute);
    Parameters parameters{{"filename", absolute}, {"size", state.size}, {"modified", state.modified}, {"planes", allPlanes}};
    for (const auto& [name, value] : options) {
        if (isOwnParameter(name))
            throw Error(ErrorCode::Parameter, "'" + name + "' is not an option of opening a file");
        parameters.emplace_back(name, value);
    }
    // The header is read now, so that what cannot be opened is refused now.
    FileLoader(parameters, false, false).load(0);
    return Node::create(Node::FILE, std::move(parameters));
}

FileLoader::FileLoader(const Parameters& parameters, bool tolerant, bool sequential)
    : m_tolerant(tolerant), m_sequential(sequential) {
    for (const auto& [name, value] : parameters) {
        if (name == "filename" && value.as<std::string>())
            m_path = *value.as<std::string>();
        else if (name == "size")
            value.toNumber(m_size);
        else if (name == "modified")
            value.toNumber(m_modified);
        else if (name == "planes" && value.as<bool>())
            m_allPlanes = *value.as<bool>();
        else if (!isOwnParameter(name))
            m_options.emplace_back(name, value);
    }
}

void FileLoader::checkUnchanged() const {
    const FileState state = stateOf(m_path);
    if (m_size >= 0 && (double(state.size) != m_size || double(state.modified) != m_modified))
        refuse(m_path, "the file has changed since it was opened; open it again, or apply the recipe to it");
}

VipsImageRef FileLoader::load(int plane) const {
    checkUnchanged();
    const char* loader = vips_foreign_find_load(m_path.c_str());
    if (!loader) {
        takeVipsError();
        refuse(m_path, "this is not an image, or of a kind that cannot be opened");
    }
    const auto operation = VipsRef<VipsOperation>::take(vips_operation_new(loader));
    auto has = [&](const char* name) { return g_object_class_find_property(G_OBJECT_GET_CLASS(operation.get()), name); };
    Parameters settings{{"filename", m_path}};
    if (has("fail-on") && !findParameter(m_options, "fail_on"))
        settings.emplace_back("fail_on", m_tolerant ? "none" : "truncated");
    if (m_sequential && !findParameter(m_options, "access"))
        settings.emplace_back("access", "sequential");
    if (m_allPlanes && plane > 0 && has("page"))
        settings.emplace_back("page", plane);
    settings.insert(settings.end(), m_options.begin(), m_options.end());
    setOptions(operation.get(), settings, m_path);
    // Not through libvips' cache, which would give an overwritten file's old pixels.
    if (vips_object_build(VIPS_OBJECT(operation.get()))) {
        vips_object_unref_outputs(VIPS_OBJECT(operation.get()));
        throwVipsError(ErrorCode::File, m_path);
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
