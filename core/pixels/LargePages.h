// Asks the system for memory in large pages.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace tintype {

/// For large memory that is about to be filled: the system clears small pages one by one when they are first touched, which
/// takes longer than many an operation. Only a hint.
void useLargePages(void* memory, std::size_t bytes);

} // namespace tintype
