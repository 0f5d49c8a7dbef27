// A libvips image whose pixels are made, whole, when the first of them is asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/LazyImage.h"

#include "core/Error.h"
#include "core/pixels/vips/EvaluationScope.h"
#include "core/pixels/vips/Metadata.h"
#include "core/pixels/vips/VipsErrors.h"

#include <chrono>

namespace tintype {

namespace {

using Holder = std::shared_ptr<LazyPixels>;

/// Between two looks at the token of one who waits.
constexpr std::chrono::milliseconds LOOK(20);

void* startRegion(VipsImage*, void* holder, void*) {
    EvaluationScope* const scope = EvaluationScope::current();
    try {
        const VipsImageRef pixels = (*static_cast<Holder*>(holder))->ensure(scope ? scope->token() : CancelToken());
        return vips_region_new(pixels.get());
    } catch (const std::exception& error) {
        // An exception must not cross libvips; the one who evaluates throws it again.
        vips_error("tintype", "%s", error.what());
        if (scope)
            scope->fail(std::current_exception());
        return nullptr;
    }
}

int generate(VipsRegion* out, void* sequence, void*, void*, gboolean*) {
    auto* in = static_cast<VipsRegion*>(sequence);
    return vips_region_prepare(in, &out->valid) || vips_region_region(out, in, &out->valid, out->valid.left, out->valid.top);
}

int stopRegion(void* sequence, void*, void*) {
    g_object_unref(sequence);
    return 0;
}

void dropHolder(void* holder, GObject*) {
    delete static_cast<Holder*>(holder);
}

} // namespace

VipsImageRef LazyPixels::ensure(const CancelToken& token) {
    if (Purpose::isToMake(this))
        throw Error(ErrorCode::Operation, "the pixels of an image are needed to make these very pixels");
    while (true) {
        std::shared_ptr<Attempt> mine;
        std::shared_ptr<const Attempt> others;
        {
            const std::lock_guard lock(m_mutex);
            if (m_pixels)
                return m_pixels;
            token.check();
            if (m_attempt)
                others = m_attempt;
            else
                m_attempt = mine = std::make_shared<Attempt>();
        }
        if (mine)
            return make(mine, token);
        await(*others, token);
    }
}

VipsImageRef LazyPixels::make(const std::shared_ptr<Attempt>& attempt, const CancelToken& token) {
    try {
        const Purpose::Use use(this);
        VipsImageRef pixels = m_make(token);
        end(attempt, pixels, nullptr);
        return pixels;
    } catch (const Error& error) {
        // A stop is no error of those who wait, and what is torn down by one may fail in any way.
        const bool wasStopped = error.code() == ErrorCode::Cancelled || token.isCancelled();
        end(attempt, {}, wasStopped ? nullptr : std::current_exception());
        throw;
    } catch (...) {
        end(attempt, {}, token.isCancelled() ? nullptr : std::current_exception());
        throw;
    }
}

void LazyPixels::end(const std::shared_ptr<Attempt>& attempt, VipsImageRef pixels, std::exception_ptr error) {
    {
        const std::lock_guard lock(m_mutex);
        attempt->isOver = true;
        attempt->error = std::move(error);
        m_attempt.reset();
        m_pixels = std::move(pixels);
    }
    m_over.notify_all();
}

void LazyPixels::await(const Attempt& attempt, const CancelToken& token) {
    std::unique_lock lock(m_mutex);
    // Whoever cancels a token wakes nobody here: it may be the window, and those who wait have a lower priority.
    while (!m_over.wait_for(lock, LOOK, [&] { return attempt.isOver; }))
        token.check();
    if (attempt.error)
        std::rethrow_exception(attempt.error);
}

VipsImageRef LazyPixels::available() const {
    const std::lock_guard lock(m_mutex);
    return m_pixels;
}

VipsImageRef lazyImage(const VipsImageRef& like, std::shared_ptr<LazyPixels> pixels) {
    VipsImageRef image = VipsImageRef::take(vips_image_new());
    copyHeader(like.get(), image.get());
    // Sequences may still stop after the image is disposed of, so the holder goes last.
    auto* holder = new Holder(std::move(pixels));
    g_object_weak_ref(G_OBJECT(image.get()), dropHolder, holder);
    if (vips_image_pipelinev(image.get(), VIPS_DEMAND_STYLE_ANY, nullptr) ||
        vips_image_generate(image.get(), startRegion, generate, stopRegion, holder, nullptr))
        throwVipsError(ErrorCode::Operation, "recipe");
    return image;
}

} // namespace tintype
