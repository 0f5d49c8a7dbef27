// Starts libvips: our kernels, no operation cache, a temporary directory of our own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/Engine.h"

#include "core/Error.h"
#include "core/pixels/TemporaryDirectory.h"
#include "core/pixels/kernels/KernelsPrivate.h"

#include <atomic>
#include <cstdlib>
#include <optional>
#include <opencv2/core/utility.hpp>
#include <vips/vips.h>

namespace tintype {

namespace {

std::string systemTemporaryDirectory() {
    const char* fromEnvironment = std::getenv("TMPDIR");
    return fromEnvironment && *fromEnvironment ? fromEnvironment : "/tmp";
}

/// What libvips warns of comes back as an error, or as the mark of a damaged image; on the terminal it would only be noise
/// beside the one line that says so.
void dropWarning(const gchar*, GLogLevelFlags, const gchar*, gpointer) {}

/// While libvips starts it looks for its modules under another place, so that it finds none: see loadFormatModules.
class WithoutModules {
public:
    WithoutModules() {
        if (const char* const before = std::getenv(PLACE))
            m_before = before;
        setenv(PLACE, "/dev/null", 1);
    }
    ~WithoutModules() {
        if (m_before)
            setenv(PLACE, m_before->c_str(), 1);
        else
            unsetenv(PLACE);
    }
    WithoutModules(const WithoutModules&) = delete;

private:
    static constexpr const char* PLACE = "VIPSHOME";
    std::optional<std::string> m_before;
};

int startLibrary() {
    const WithoutModules without;
    return VIPS_INIT("tintype");
}

/// Started once for the process, as libvips itself is, and never stopped: images may live until the very end.
struct Engine {
    TemporaryDirectory temporary{systemTemporaryDirectory()};

    Engine() {
        if (!temporary.path().empty())
            setenv("TMPDIR", temporary.path().c_str(), 1);
        if (startLibrary() != 0) {
            const std::string reason = vips_error_buffer();
            vips_error_clear();
            throw Error(ErrorCode::Internal, "libvips cannot start: " + reason);
        }
        // Cached operations show old pixels of a file that was overwritten, and keep arrays alive.
        vips_cache_set_max(0);
        vips_cache_set_max_mem(0);
        vips_cache_set_max_files(0);
        g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, dropWarning, nullptr);
        registerKernels();
    }
};

std::atomic<bool> lowered = false;

const Engine& engine() {
    static const Engine started;
    return started;
}

} // namespace

void startEngine() {
    engine();
}

int engineThreads() {
    return vips_concurrency_get();
}

void setEngineThreads(int count) {
    vips_concurrency_set(count);
    if (cv::getNumThreads() != count)
        cv::setNumThreads(count);
}

void lowerEngineThreads() {
    lowered = true;
}

bool areEngineThreadsLowered() {
    return lowered;
}

std::array<int, 3> engineVersion() {
    return {vips_version(0), vips_version(1), vips_version(2)};
}

std::string engineTemporaryDirectory() {
    return engine().temporary.path();
}

} // namespace tintype
