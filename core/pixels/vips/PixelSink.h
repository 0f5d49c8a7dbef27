// Computes all pixels of a libvips image, with progress and a stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"
#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/EvaluationScope.h"
#include "core/pixels/vips/VipsRef.h"

#include <exception>
#include <functional>
#include <string>

namespace tintype {

/// A private copy of an image that reports the progress of evaluating it, and is killed when the token says so; the image
/// itself, which others may use, is never killed. Lives on the thread that evaluates, as long as that takes.
class WatchedImage {
public:
    /// `context` begins the error message.
    WatchedImage(const VipsImageRef& image, const EvaluationWatch& watch, ErrorCode code, const std::string& context);
    ~WatchedImage();
    WatchedImage(const WatchedImage&) = delete;

    const VipsImageRef& image() const { return m_copy; }
    /// Ends the watch, and throws what the progress callback or a step threw; tells that all is done, unless it has failed.
    void finish(bool failed);

private:
    static void report(VipsImage* image, VipsProgress* progress, WatchedImage* self);
    void stop();

    const EvaluationWatch& m_watch;
    VipsImageRef m_copy;
    const EvaluationScopePtr m_scope;
    CancelToken::Registration m_kill;
    std::exception_ptr m_thrown;
};

/// Runs `evaluate` on a watched copy of the image.
void runWatched(const VipsImageRef& image, const EvaluationWatch& watch, ErrorCode code, const std::string& context,
                const std::function<int(VipsImage*)>& evaluate);

/// The pixels in memory, or in a temporary file where they are larger than `mostBytes`.
VipsImageRef materialised(const VipsImageRef& image, const EvaluationWatch& watch, const std::string& context,
                          std::size_t mostBytes);

/// The image itself where its pixels are in memory already, otherwise the same.
VipsImageRef materialisedOnce(const VipsImageRef& image, const EvaluationWatch& watch, const std::string& context,
                              std::size_t mostBytes);

/// The image's pixels where one of our kernels computes them quicker at once, for operations that read them all; the image
/// itself otherwise.
VipsImageRef wholeOrLazy(const VipsImageRef& image, const EvaluationWatch& watch, const std::string& context);

} // namespace tintype
