// Keeps the files that open images are read from, when Tintype itself writes over them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace tintype {

/// A file as it was at one moment.
struct FileVersion {
    std::string path;
    std::int64_t size = 0;
    std::int64_t modified = 0; ///< nanoseconds since 1970
    auto operator<=>(const FileVersion&) const = default;
};

/// Problem: saving a picture over the file it was opened from pulls the pixels from under its own recipe, and undo would
/// show the wrong ones. So a version that was opened is linked into a folder of ours before it is replaced, and read from
/// there. Gone with the process. Any thread.
class ReplacedFiles {
public:
    void opened(const FileVersion& version);
    /// False for the sources of recipes that were read from elsewhere.
    bool wasOpened(const FileVersion& version) const;
    /// To be called before something else takes the file's place.
    void keep(const std::string& path);
    /// Where that version lies now; empty when it was not kept.
    std::string find(const FileVersion& version) const;

    ~ReplacedFiles();

private:
    mutable std::mutex m_mutex;
    std::set<FileVersion> m_opened;
    std::map<FileVersion, std::string> m_kept;
};

/// The version that lies there now. Throws FileError for what is missing, a folder, unreadable or empty.
FileVersion versionOf(const std::string& path);

} // namespace tintype
