// Opens a picture file as a lazy libvips image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/FileLoader.h"

#include "core/operations/ParameterCheck.h"
#include "core/pixels/vips/FormatModules.h"
#include "core/pixels/vips/Loading.h"
#include "core/pixels/vips/VipsErrors.h"

#include <QByteArray>

#include <algorithm>
#include <filesystem>

namespace tintype {

namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
    throw Error(ErrorCode::File, path + ": " + reason);
}

bool isOwnParameter(const std::string& name) {
    return name == "filename" || name == "size" || name == "modified" || name == "planes" || name == "loader" ||
           name == BROUGHT_BY;
}

/// The engine's loader that knows the file by its content; empty when there is none.
std::string engineLoader(const std::string& path) {
    loadFormatModules();
    const char* const found = vips_foreign_find_load(path.c_str());
    if (!found)
        takeVipsError();
    return found ? vips_nickname_find(g_type_from_name(found)) : "";
}

/// The person's options as the format wants them.
Parameters withFormat(Parameters own, const Parameters& options, const AddedFormat& format, const OperationCatalog& catalog) {
    Parameters chosen = options;
    std::erase_if(chosen, [](const auto& option) { return option.first == "loader"; });
    chosen = ParameterCheck(catalog, format.load.options).complete(chosen);
    chosen.insert(chosen.end(), {{"loader", format.id}, {BROUGHT_BY, format.origin}});
    // As they come back out of JSON.
    std::ranges::sort(chosen, {}, &Parameters::value_type::first);
    own.insert(own.end(), chosen.begin(), chosen.end());
    return own;
}

bool hasSuffixOf(const std::string& path, const std::vector<std::string>& suffixes) {
    const QByteArray name = QByteArray::fromStdString(path).toLower();
    return std::ranges::any_of(suffixes, [&](const std::string& one) { return name.endsWith("." + QByteArray::fromStdString(one)); });
}

/// Whether an added format may have its suffix: Tintype's own are nobody else's.
bool mayBeClaimed(const std::string& path) {
    static const std::vector<std::string> own = [] {
        loadFormatModules();
        return builtInLoadSuffixes();
    }();
    return std::filesystem::path(path).extension().string().size() > 1 && !hasSuffixOf(path, own);
}

/// The format that has the file's suffix, whatever is in the file: cameras' raw files look like TIFF.
AddedFormatPtr suffixOwner(const std::string& path, const FileFormats& formats, const CancelToken& token) {
    if (!mayBeClaimed(path))
        return nullptr;
    return formats.orBrought(token, [&] {
        AddedFormatPtr found = formats.forOpening(path);
        return found && hasSuffixOf(path, found->suffixes) ? found : nullptr;
    });
}

} // namespace

NodePtr FileLoader::node(const std::string& path, const Parameters& options, bool allPlanes, ReplacedFiles& replaced,
                         const OperationCatalog& catalog, const CancelToken& token) {
    std::error_code ignored;
    const std::string absolute = std::filesystem::absolute(path, ignored).lexically_normal().string();
    const FileVersion version = versionOf(absolute);
    const Parameters own{{"filename", absolute}, {"size", version.size}, {"modified", version.modified}, {"planes", allPlanes}};
    const Value* const named = findParameter(options, "loader");
    std::string loader = named && named->as<std::string>() ? *named->as<std::string>() : "";
    const FileFormats& formats = catalog.formats();
    AddedFormatPtr format;
    if (named && !isBuiltInLoaderOrSaver(loader)) {
        format = formats.orBrought(token, [&] { return formats.find(loader); });
        if (format && !format->load.function)
            throw Error(ErrorCode::Parameter, absolute + ": " + format->called() + " can only be saved");
    } else if (!named && !(format = suffixOwner(absolute, formats, token)) && (loader = engineLoader(absolute)).empty()) {
        const auto byContent = [&] { return formats.forOpening(absolute); };
        // Those who bring formats have been waited for once.
        format = mayBeClaimed(absolute) ? byContent() : formats.orBrought(token, byContent);
        if (!format)
            refuse(absolute, "this is not an image, or of a kind that cannot be opened");
    }
    if (format) {
        replaced.opened(version);
        return Node::create(Node::FILE, withFormat(own, options, *format, catalog));
    }
    Parameters parameters = withOptions(own, options, isOwnParameter, "file");
    // The header is read now, so that what cannot be opened is refused now.
    FileLoader(parameters, replaced, false, false).load(0, loader);
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
        else if (name == "loader" && value.as<std::string>())
            m_loader = *value.as<std::string>();
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

Parameters FileLoader::forFunction() const {
    Parameters given{{FormatFunction::FILENAME, currentPath()}, {FormatFunction::SHOWN, m_version.path}};
    given.insert(given.end(), m_options.begin(), m_options.end());
    return given;
}

VipsImageRef FileLoader::load(int plane, std::string name) const {
    const std::string path = currentPath();
    if (name.empty())
        name = engineLoader(path);
    if (name.empty())
        refuse(m_version.path, "this is not an image, or of a kind that cannot be opened");
    const VipsRef<VipsOperation> loader = newLoader(name, "filename", m_version.path);
    g_object_set(loader.get(), "filename", path.c_str(), nullptr);
    return runLoader(loader.get(), m_options, {plane, m_allPlanes, m_tolerant, m_sequential}, m_version.path);
}

std::vector<Axis> FileLoader::axes(const VipsImageRef& image) const {
    return m_allPlanes ? planeAxes(image) : std::vector<Axis>();
}

} // namespace tintype
