// A libvips image whose pixels are made, whole, when the first of them is asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/LazyImage.h"

#include "core/Error.h"
#include "core/pixels/vips/Metadata.h"
#include "core/pixels/vips/VipsErrors.h"

namespace tintype {

namespace {

using Holder = std::shared_ptr<LazyPixels>;

void* startRegion(VipsImage*, void* holder, void*) {
    try {
        return vips_region_new((*static_cast<Holder*>(holder))->ensure().get());
    } catch (const std::exception& error) {
        vips_error("tintype", "%s", error.what());
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
    if (m_maker == std::this_thread::get_id())
        throw Error(ErrorCode::Operation, "the pixels of an image are needed to make these very pixels");
    std::lock_guard lock(m_mutex);
    if (m_pixels)
        return m_pixels;
    m_maker = std::this_thread::get_id();
    try {
        m_pixels = m_make(token);
    } catch (...) {
        m_maker = std::thread::id();
        throw;
    }
    m_maker = std::thread::id();
    return m_pixels;
}

VipsImageRef LazyPixels::available() const {
    if (m_maker == std::this_thread::get_id())
        return {};
    // Whoever makes the pixels right now holds the mutex; then they are not there yet.
    std::unique_lock lock(m_mutex, std::try_to_lock);
    return lock ? m_pixels : VipsImageRef();
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
