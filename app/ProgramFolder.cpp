// Where the program and the parts that belong to it lie; the tree can be moved as a whole.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ProgramFolder.h"

#include <filesystem>

namespace tintype {

ProgramFolder::ProgramFolder() {
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe");
    m_bin = program.parent_path().string();
    m_root = program.parent_path().parent_path().string();
}

} // namespace tintype
