// Writes an image to a file, whole or not at all.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/FileSaver.h"

#include "core/operations/ParameterCheck.h"
#include "core/pixels/vips/FormatModules.h"
#include "core/pixels/vips/PixelSink.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/pixels/vips/VipsProperty.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tintype {

namespace fs = std::filesystem;

namespace {

std::string suffixList(const FileFormats& formats) {
    std::string list;
    for (const std::string& suffix : formats.savableSuffixes())
        list += (list.empty() ? "." : ", .") + suffix;
    return list;
}

bool isOnDisk(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool done = ::fsync(file) == 0;
    ::close(file);
    return done;
}

} // namespace

FileSaver::FileSaver(const std::string& path, const Parameters& options, std::string content, ReplacedFiles& replaced,
                     const OperationCatalog& catalog, const CancelToken& token)
    : m_replaced(replaced), m_catalog(catalog), m_path(path), m_content(std::move(content)), m_options(options) {
    std::error_code error;
    const fs::path resolved = fs::weakly_canonical(fs::absolute(path, error), error);
    m_target = resolved.string();
    if (fs::is_directory(resolved, error))
        refuse("this is a folder, not a file");
    if (fs::exists(resolved, error) && !fs::is_regular_file(resolved, error))
        refuse("this is not a file that can be written over");
    if (!fs::is_directory(resolved.parent_path(), error))
        refuse("there is no folder " + resolved.parent_path().string());
    m_saver = saverFor(resolved.extension().string(), token);
    m_makesFolder = m_saver.starts_with("VipsForeignSaveDz");
    static std::atomic<unsigned> count{0};
    const std::string name = "." + resolved.stem().string() + "." + std::to_string(::getpid()) + "-" +
                             std::to_string(++count) + ".part" + resolved.extension().string();
    m_partial = m_makesFolder ? m_target : (resolved.parent_path() / name).string();
}

FileSaver::~FileSaver() {
    std::error_code ignored;
    if (!m_makesFolder)
        fs::remove_all(m_partial, ignored);
}

std::string FileSaver::saverFor(const std::string& suffix, const CancelToken& token) {
    loadFormatModules();
    const Value* const named = findParameter(m_options, "saver");
    const std::string nickname = named && named->as<std::string>() ? *named->as<std::string>() : "";
    std::erase_if(m_options, [](const auto& option) { return option.first == "saver"; });
    const GType type = nickname.empty() ? 0 : vips_type_find("VipsForeignSave", nickname.c_str());
    const char* const saver = type                ? g_type_name(type)
                              : nickname.empty() ? vips_foreign_find_save(m_target.c_str())
                                                 : nullptr;
    takeVipsError();
    if (saver)
        return saver;
    const FileFormats& formats = m_catalog.formats();
    m_format = formats.orBrought(token, [&] { return nickname.empty() ? formats.forSaving(m_target) : formats.find(nickname); });
    if (m_format && m_format->save.function)
        return {};
    if (m_format)
        throw Error(ErrorCode::Parameter, m_path + ": " + m_format->called() + " can only be opened");
    if (!nickname.empty())
        throw Error(ErrorCode::Parameter, m_path + ": there is no saver '" + nickname + "'");
    refuse("the ending '" + suffix + "' names no image format; there are " + suffixList(formats));
}

void FileSaver::refuse(const std::string& reason) const {
    throw Error(ErrorCode::File, m_path + ": " + reason);
}

void FileSaver::write(const VipsImageRef& image, const EvaluationWatch& watch) {
    const std::string context = m_path + ": " + m_content + " could not be saved";
    const auto save = [&](VipsImage* copy) {
        const auto operation = VipsRef<VipsOperation>::take(vips_operation_new(m_saver.c_str()));
        setOptions(operation.get(), {{"filename", m_partial}}, m_path);
        setOptions(operation.get(), m_options, m_path);
        g_object_set(operation.get(), "in", copy, nullptr);
        errno = 0;
        const int failed = vips_object_build(VIPS_OBJECT(operation.get()));
        vips_object_unref_outputs(VIPS_OBJECT(operation.get()));
        return failed;
    };
    try {
        runWatched(image, watch, ErrorCode::File, context, save);
    } catch (const Error& error) {
        const std::string message = withoutPartialName(error.what());
        // What a Python function raised comes out as it is.
        if (message == error.what())
            throw;
        throw Error(error.code(), message);
    }
}

void FileSaver::writeByFunction(const Image& image, const EvaluationWatch& watch) {
    Parameters given{{FormatFunction::IMAGE, image.output()}, {FormatFunction::FILENAME, m_partial}, {FormatFunction::SHOWN, m_path}};
    for (auto& option : ParameterCheck(m_catalog, m_format->save.options).complete(m_options))
        given.push_back(std::move(option));
    m_format->save.function->call(given, watch.token);
    watch.token.check();
    std::error_code error;
    if (!fs::is_regular_file(m_partial, error))
        refuse(m_format->called() + " has not written the file that it was told to write");
}

std::string FileSaver::withoutPartialName(std::string message) const {
    for (std::size_t at = message.find(m_partial); at != std::string::npos && !m_makesFolder; at = message.find(m_partial))
        message.replace(at, m_partial.size(), "the new file");
    return message;
}

void FileSaver::commit() {
    if (m_makesFolder)
        return;
    // Buffered data may only now turn out not to fit on the disk.
    if (!isOnDisk(m_partial))
        refuse(std::string("could not be written: ") + std::strerror(errno));
    struct stat old = {};
    if (::stat(m_target.c_str(), &old) == 0)
        ::chmod(m_partial.c_str(), old.st_mode & 07777);
    m_replaced.keep(m_target);
    std::error_code error;
    fs::rename(m_partial, m_target, error);
    if (error)
        refuse("could not be put in its place: " + error.message());
}

} // namespace tintype
