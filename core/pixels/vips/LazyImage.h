// A libvips image whose pixels are made, whole, when the first of them is asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/vips/VipsRef.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace tintype {

/// Problem: a chain of 30,000 lazy operations overflows the stack. Every few hundred steps a lazy image cuts the chain: it
/// knows the header at once, and lets go of the pipeline that would make the pixels. `make` builds that again and returns
/// the pixels; it runs once, on whichever thread comes first, while others wait. Any thread.
class LazyPixels {
public:
    using Make = std::function<VipsImageRef(const CancelToken&)>;

    /// `bytes` is what they take in memory.
    LazyPixels(Make make, std::size_t bytes) : m_make(std::move(make)), m_bytes(bytes) {}

    std::size_t bytes() const { return m_bytes; }
    /// The pixels, made now if they are not there yet. Throws what `make` throws; the next call tries again. `make` may not ask
    /// for what it makes.
    VipsImageRef ensure(const CancelToken& token = {});
    /// The pixels if they are there.
    VipsImageRef available() const;

private:
    Make m_make;
    const std::size_t m_bytes;
    mutable std::mutex m_mutex;
    std::atomic<std::thread::id> m_maker; ///< on which thread they are being made
    VipsImageRef m_pixels;
};

/// An image with the header and metadata of `like`, whose pixels come from `pixels`.
VipsImageRef lazyImage(const VipsImageRef& like, std::shared_ptr<LazyPixels> pixels);

} // namespace tintype
