// Where the program and the parts that belong to it lie; the tree can be moved as a whole.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace tintype {

class ProgramFolder {
public:
    /// Asks the system for the running program's path, with links resolved. Throws std::system_error.
    ProgramFolder();

    const std::string& bin() const { return m_bin; }
    std::string python() const { return m_bin + "/tintype-python"; }
    std::string package() const { return m_root + "/python"; }
    std::string module(const std::string& name) const { return m_root + "/lib/libtintype_" + name + ".so"; }

private:
    std::string m_bin;
    std::string m_root;
};

} // namespace tintype
