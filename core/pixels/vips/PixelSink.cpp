// Computes all pixels of a libvips image, with progress and a stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/PixelSink.h"

#include "core/pixels/vips/VipsErrors.h"

namespace tintype {

WatchedImage::WatchedImage(const VipsImageRef& image, const EvaluationWatch& watch, ErrorCode code,
                           const std::string& context)
    : m_watch(watch) {
    watch.token.check();
    VipsImage* step = nullptr;
    if (vips_copy(image.get(), &step, nullptr))
        throwVipsError(code, context);
    m_copy = VipsImageRef::take(step);
    vips_image_set_progress(m_copy.get(), TRUE);
    g_signal_connect(m_copy.get(), "eval", G_CALLBACK(report), this);
    m_kill = watch.token.onCancel([copy = m_copy] { vips_image_set_kill(copy.get(), TRUE); });
}

WatchedImage::~WatchedImage() {
    stop();
}

void WatchedImage::stop() {
    m_kill = {};
    g_signal_handlers_disconnect_by_data(m_copy.get(), this);
}

void WatchedImage::finish() {
    stop();
    if (!m_thrown)
        return;
    takeVipsError();
    std::rethrow_exception(std::exchange(m_thrown, nullptr));
}

void WatchedImage::report(VipsImage*, VipsProgress* progress, WatchedImage* self) {
    // An exception must not cross libvips; it waits until the evaluation has ended.
    try {
        if (self->m_watch.progress && !self->m_thrown)
            self->m_watch.progress(progress->percent / 100.0);
    } catch (...) {
        self->m_thrown = std::current_exception();
    }
    if (self->m_thrown || self->m_watch.token.isCancelled())
        vips_image_set_kill(self->m_copy.get(), TRUE);
}

void runWatched(const VipsImageRef& image, const EvaluationWatch& watch, ErrorCode code, const std::string& context,
                const std::function<int(VipsImage*)>& evaluate) {
    WatchedImage watched(image, watch, code, context);
    const int failed = evaluate(watched.image().get());
    watched.finish();
    if (failed)
        throwVipsError(code, context, &watch.token);
}

VipsImageRef materialised(const VipsImageRef& image, const EvaluationWatch& watch, const std::string& context,
                          std::size_t mostBytes) {
    const bool inMemory = VIPS_IMAGE_SIZEOF_IMAGE(image.get()) <= mostBytes;
    const VipsImageRef target = VipsImageRef::take(inMemory ? vips_image_new_memory() : vips_image_new_temp_file("%s.v"));
    if (!target)
        throwVipsError(ErrorCode::Operation, context);
    runWatched(image, watch, ErrorCode::Operation, context,
               [&](VipsImage* copy) { return vips_image_write(copy, target.get()); });
    return target;
}

} // namespace tintype
