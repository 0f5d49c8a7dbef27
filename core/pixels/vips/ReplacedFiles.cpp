// Keeps the files that open images are read from, when Tintype itself writes over them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/ReplacedFiles.h"

#include "core/Error.h"
#include "core/pixels/Engine.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

namespace tintype {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
    throw Error(ErrorCode::File, path + ": " + reason);
}

FileVersion versionFrom(const std::string& path, const struct stat& info) {
    return {path, info.st_size, std::int64_t(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec};
}

} // namespace

FileVersion versionOf(const std::string& path) {
    struct stat info = {};
    if (::stat(path.c_str(), &info) != 0)
        refuse(path, errno == ENOENT ? "there is no such file" : std::strerror(errno));
    if (S_ISDIR(info.st_mode))
        refuse(path, "this is a folder, not an image file");
    if (::access(path.c_str(), R_OK) != 0)
        refuse(path, std::string("the file may not be read (") + std::strerror(errno) + ")");
    if (S_ISREG(info.st_mode) && info.st_size == 0)
        refuse(path, "the file is empty (0 bytes)");
    return versionFrom(path, info);
}

ReplacedFiles::~ReplacedFiles() {
    std::error_code ignored;
    for (const auto& [version, kept] : m_kept)
        fs::remove(kept, ignored);
}

void ReplacedFiles::opened(const FileVersion& version) {
    std::lock_guard lock(m_mutex);
    m_opened.insert(version);
}

bool ReplacedFiles::wasOpened(const FileVersion& version) const {
    std::lock_guard lock(m_mutex);
    return m_opened.contains(version);
}

void ReplacedFiles::keep(const std::string& path) {
    struct stat info = {};
    if (::stat(path.c_str(), &info) != 0)
        return;
    const FileVersion version = versionFrom(path, info);
    std::string kept;
    {
        std::lock_guard lock(m_mutex);
        if (!m_opened.contains(version) || m_kept.contains(version))
            return;
        // The ending stays, since some loaders go by it; the beginning is that of libvips' files, which are swept.
        kept = (fs::path(engineTemporaryDirectory()) / ("vips-kept-" + std::to_string(m_kept.size()))).string() +
               fs::path(path).extension().string();
    }
    std::error_code error;
    fs::remove(kept, error);
    fs::create_hard_link(path, kept, error);
    // Another file system: the pixels must be copied.
    if (error && !fs::copy_file(path, kept, error))
        refuse(path, "an open image is read from this file, which could not be kept: " + error.message());
    std::lock_guard lock(m_mutex);
    m_kept[version] = kept;
}

std::string ReplacedFiles::find(const FileVersion& version) const {
    std::lock_guard lock(m_mutex);
    const auto found = m_kept.find(version);
    return found == m_kept.end() ? std::string() : found->second;
}

} // namespace tintype
