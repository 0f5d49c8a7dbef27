// A libvips image whose pixels are made, whole, when the first of them is asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/vips/VipsRef.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace tintype {

/// Problem: a chain of 30,000 lazy operations overflows the stack. Every few hundred steps a lazy image cuts the chain: it
/// knows the header at once, and lets go of the pipeline that would make the pixels. `make` builds that again and returns
/// the pixels; it runs once, on whichever thread comes first, while others wait. It may call Python and take any time, so no
/// lock is held meanwhile, and whoever waits is stopped by a token of his own. Any thread.
class LazyPixels {
public:
    using Make = std::function<VipsImageRef(const CancelToken&)>;

    /// `bytes` is what they take in memory.
    LazyPixels(Make make, std::size_t bytes) : m_make(std::move(make)), m_bytes(bytes) {}

    std::size_t bytes() const { return m_bytes; }
    /// The pixels, made now if they are not there yet. Throws what `make` throws, to those who wait as well; the next call tries
    /// again. Where the one who makes them is stopped, the next of those who wait makes them. `make` may not ask for what it
    /// makes, nor may what it evaluates.
    VipsImageRef ensure(const CancelToken& token = {});
    /// The pixels if they are there.
    VipsImageRef available() const;

private:
    /// One call of `make`.
    struct Attempt {
        bool isOver = false;
        std::exception_ptr error; ///< for those who wait; null when it went well or was stopped
    };
    VipsImageRef make(const std::shared_ptr<Attempt>& attempt, const CancelToken& token);
    void end(const std::shared_ptr<Attempt>& attempt, VipsImageRef pixels, std::exception_ptr error);
    /// Throws when the attempt failed, and when the token is cancelled.
    void await(const Attempt& attempt, const CancelToken& token);

    const Make m_make;
    const std::size_t m_bytes;
    mutable std::mutex m_mutex; ///< held for moments only
    std::condition_variable m_over;
    std::shared_ptr<Attempt> m_attempt; ///< null while nobody makes them
    VipsImageRef m_pixels;
};

/// An image with the header and metadata of `like`, whose pixels come from `pixels`.
VipsImageRef lazyImage(const VipsImageRef& like, std::shared_ptr<LazyPixels> pixels);

} // namespace tintype
