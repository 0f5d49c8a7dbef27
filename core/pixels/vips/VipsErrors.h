// Takes libvips' error text and turns it into our exceptions.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"
#include "core/jobs/CancelToken.h"

#include <string>

namespace tintype {

/// The text of libvips' error buffer as one line; the buffer is empty afterwards. The buffer is shared by all threads, so the
/// text may be missing or somebody else's; that is why parameters are checked before libvips sees them.
std::string takeVipsError();

/// What a message says when the buffer was empty. A loader, for one, tells its reason once and then fails without a word.
inline constexpr const char* NO_REASON = "libvips gave no reason";

/// Throws Cancelled when the token says so, else `context: reason`; the reason alone when there is no context.
[[noreturn]] void throwVipsError(ErrorCode code, const std::string& context, const CancelToken* token = nullptr);

} // namespace tintype
