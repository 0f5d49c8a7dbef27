// Makes, locks and sweeps the directories for pixels that do not fit in memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/TemporaryDirectory.h"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace tintype {

namespace {

constexpr const char* LOCK_NAME = "lock";

/// The directory of this user, nobody else's: a name in a directory that all may write to proves nothing.
bool makeOwn(const fs::path& path) {
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return false;
    struct stat status {};
    return lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == getuid();
}

/// A file descriptor that holds the lock, or -1 when another process has it.
int takeLock(const fs::path& directory) {
    const int lock = open((directory / LOCK_NAME).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0)
        return -1;
    if (flock(lock, LOCK_EX | LOCK_NB) == 0)
        return lock;
    close(lock);
    return -1;
}

void removeEngineFiles(const fs::path& directory) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(directory, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("vips-") || name == LOCK_NAME)
            fs::remove(entry.path(), ignored);
    }
    // Fails, as it should, when something of somebody else's is left in it.
    rmdir(directory.c_str());
}

void sweep(const fs::path& parent) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(parent, ignored)) {
        if (entry.is_symlink(ignored) || !entry.is_directory(ignored))
            continue;
        if (const int lock = takeLock(entry.path()); lock >= 0) {
            removeEngineFiles(entry.path());
            close(lock);
        }
    }
}

/// A process started by another Tintype inherits TMPDIR: its directory stands beside its parent's, not inside.
fs::path userDirectory(const fs::path& systemDirectory) {
    const std::string name = "tintype-" + std::to_string(getuid());
    const fs::path parent = systemDirectory.parent_path();
    return parent.filename() == name ? parent : systemDirectory / name;
}

} // namespace

TemporaryDirectory::TemporaryDirectory(const std::string& systemDirectory) {
    const fs::path parent = userDirectory(systemDirectory);
    const fs::path own = parent / std::to_string(getpid());
    if (!makeOwn(parent))
        return;
    sweep(parent);
    if (!makeOwn(own))
        return;
    m_lock = takeLock(own);
    if (m_lock >= 0)
        m_path = own.string();
}

TemporaryDirectory::~TemporaryDirectory() {
    if (m_lock < 0)
        return;
    // A forked child that ends must not take its parent's files with it.
    if (fs::path(m_path).filename() == std::to_string(getpid()))
        removeEngineFiles(m_path);
    close(m_lock);
}

} // namespace tintype
