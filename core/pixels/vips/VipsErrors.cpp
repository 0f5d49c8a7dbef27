// Takes libvips' error text and turns it into our exceptions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/VipsErrors.h"

#include <vips/vips.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace tintype {

std::string takeVipsError() {
    // Copies and clears under libvips' own lock.
    const std::unique_ptr<char, void (*)(void*)> buffer(vips_error_buffer_copy(), [](void* text) { g_free(text); });
    std::vector<std::string> lines;
    std::string line;
    for (const char* c = buffer.get(); *c; ++c) {
        if (*c != '\n') {
            line += *c;
            continue;
        }
        // The same complaint comes once from each worker thread.
        if (!line.empty() && std::find(lines.begin(), lines.end(), line) == lines.end())
            lines.push_back(line);
        line.clear();
    }
    if (!line.empty())
        lines.push_back(line);
    std::string text;
    for (const std::string& part : lines)
        text += (text.empty() ? "" : "; ") + part;
    return text;
}

void throwVipsError(ErrorCode code, const std::string& context, const CancelToken* token) {
    std::string reason = takeVipsError();
    if (reason.empty())
        reason = NO_REASON;
    if (token && token->isCancelled())
        throw Error(ErrorCode::Cancelled, "stopped");
    throw Error(code, context.empty() ? reason : context + ": " + reason);
}

} // namespace tintype
