// The directory in which this process keeps pixels that do not fit in memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace tintype {

/// Problem: a process that is killed leaves libvips' temporary files behind, gigabytes of them. Each process therefore
/// has a directory of its own, `tintype-UID/PID` in the system's temporary directory, and holds a lock in it for as
/// long as it lives; whoever starts next removes libvips' files from those whose lock nobody holds. A lock, because a
/// process number may belong to somebody else by now, or to another container. Nothing but libvips' files is ever
/// removed.
class TemporaryDirectory {
public:
    /// Makes and locks the directory and sweeps what dead processes left. Never throws: without a directory path() is
    /// empty.
    explicit TemporaryDirectory(const std::string& systemDirectory);
    /// Removes libvips' files, and the directory when nothing else is in it.
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;

    const std::string& path() const { return m_path; }

private:
    std::string m_path;
    int m_lock = -1;
};

} // namespace tintype
