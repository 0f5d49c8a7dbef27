// A libvips image whose pixels are made, whole, when the first of them is asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/vips/VipsRef.h"

#include <functional>
#include <memory>
#include <mutex>

namespace tintype {

/// Problem: a chain of 30,000 lazy operations overflows the stack. Every few hundred steps a lazy image cuts the chain: it
/// knows the header at once, and lets go of the pipeline that would make the pixels. `make` builds that again and returns
/// the pixels; it runs once, on whichever thread comes first, while others wait. Any thread.
class LazyPixels {
public:
    using Make = std::function<VipsImageRef(const CancelToken&)>;

    explicit LazyPixels(Make make) : m_make(std::move(make)) {}

    /// The pixels, made now if they are not there yet. Throws what `make` throws; the next call tries again.
    VipsImageRef ensure(const CancelToken& token = {});
    /// The pixels if they are there.
    VipsImageRef available() const;

private:
    Make m_make;
    mutable std::mutex m_mutex;
    VipsImageRef m_pixels;
};

/// An image with the header and metadata of `like`, whose pixels come from `pixels`.
VipsImageRef lazyImage(const VipsImageRef& like, std::shared_ptr<LazyPixels> pixels);

} // namespace tintype
