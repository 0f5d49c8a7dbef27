// Computes all pixels of a libvips image, with progress and a stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/PixelSink.h"

#include "core/jobs/ThreadPriority.h"
#include "core/pixels/Engine.h"
#include "core/pixels/LargePages.h"
#include "core/pixels/kernels/machinery/WholePicturePrivate.h"
#include "core/pixels/vips/Metadata.h"
#include "core/pixels/vips/VipsErrors.h"

#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace tintype {

namespace {

/// A picture and its source in memory; larger ones are computed in tiles, without the source as a whole.
constexpr std::size_t MOST_WHOLE_BYTES = std::size_t(1) << 30;

/// For threads of the engines': they make them when they need them, keep them for a while, and tell nobody.
void giveWay() {
    thread_local bool done = false;
    if (done || !areEngineThreadsLowered())
        return;
    lowerThreadPriority();
    done = true;
}

/// For OpenCV's threads: the one that asked for the pixels works with them.
std::function<void()> giveWayBeside(std::thread::id caller) {
    return [caller] {
        if (std::this_thread::get_id() != caller)
            giveWay();
    };
}

int generateInScope(VipsRegion* out, void* sequence, void*, void* scope, gboolean*) {
    if (vips_thread_isvips())
        giveWay();
    auto* const in = static_cast<VipsRegion*>(sequence);
    EvaluationScope& own = **static_cast<EvaluationScopePtr*>(scope);
    // An operation that has read the image while it was built goes on reading the copy, for other evaluations.
    std::optional<EvaluationScope::Use> use;
    if (!own.hasEnded())
        use.emplace(own);
    return vips_region_prepare(in, &out->valid) || vips_region_region(out, in, &out->valid, out->valid.left, out->valid.top);
}

/// As vips_copy, and all that is asked of the copy runs in the scope.
VipsImageRef scopedCopy(const VipsImageRef& image, const EvaluationScopePtr& scope) {
    VipsImageRef copy = VipsImageRef::take(vips_image_new());
    if (vips_image_pio_input(image.get()) ||
        vips_image_pipelinev(copy.get(), VIPS_DEMAND_STYLE_THINSTRIP, image.get(), nullptr))
        return {};
    // Sequences may still stop after the image is disposed of, so what they use goes last.
    auto* const kept = new EvaluationScopePtr(scope);
    g_object_weak_ref(
        G_OBJECT(copy.get()), [](void* data, GObject*) { delete static_cast<EvaluationScopePtr*>(data); }, kept);
    g_object_ref(image.get());
    vips_object_local(copy.get(), image.get());
    if (vips_image_generate(copy.get(), vips_start_one, generateInScope, vips_stop_one, image.get(), kept))
        return {};
    // Mosaics name the pictures that they were joined from, for globalbalance.
    VIPS_SETSTR(copy.get()->filename, image.get()->filename);
    setWatchedPicture(copy.get(), {image.get(), scope->token(), giveWayBeside(std::this_thread::get_id())});
    return copy;
}

} // namespace

WatchedImage::WatchedImage(const VipsImageRef& image, const EvaluationWatch& watch, ErrorCode code,
                           const std::string& context)
    : m_watch(watch), m_scope(std::make_shared<EvaluationScope>(watch.token)) {
    watch.token.check();
    m_copy = scopedCopy(image, m_scope);
    if (!m_copy)
        throwVipsError(code, context);
    vips_image_set_progress(m_copy.get(), TRUE);
    g_signal_connect(m_copy.get(), "eval", G_CALLBACK(report), this);
    m_kill = watch.token.onCancel([copy = m_copy] { vips_image_set_kill(copy.get(), TRUE); });
}

WatchedImage::~WatchedImage() {
    stop();
}

void WatchedImage::stop() {
    m_kill = {};
    m_scope->end();
    g_signal_handlers_disconnect_by_data(m_copy.get(), this);
}

void WatchedImage::finish(bool failed) {
    stop();
    if (!m_thrown)
        m_thrown = m_scope->takeError();
    if (m_thrown) {
        takeVipsError();
        std::rethrow_exception(std::exchange(m_thrown, nullptr));
    }
    // libvips does not tell of the last strip.
    if (!failed && m_watch.progress)
        m_watch.progress(1);
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
    const bool failed = evaluate(watched.image().get()) != 0;
    watched.finish(failed);
    if (failed)
        throwVipsError(code, context, &watch.token);
}

namespace {

EvaluationWatch partOf(const EvaluationWatch& watch, double begin, double end) {
    if (!watch.progress)
        return watch;
    return {watch.token, [&watch, begin, end](double fraction) { watch.progress(begin + (end - begin) * fraction); }};
}

/// Whether a picture and its sources are better computed at once than in tiles.
bool isBetterWhole(VipsImage* image, const std::vector<VipsImage*>& sources) {
    std::size_t bytes = VIPS_IMAGE_SIZEOF_IMAGE(image);
    bool isThere = true;
    for (VipsImage* source : sources) {
        bytes += VIPS_IMAGE_SIZEOF_IMAGE(source);
        isThere = isThere && (hasPixels(source) || !wholePictureSources(source).empty());
    }
    return !sources.empty() && bytes <= MOST_WHOLE_BYTES && (isThere || !isPointwise(image));
}

/// Memory for all pixels of the image, in large pages where it is large: the system clears pages one by one.
VipsImageRef memoryFor(VipsImage* image, const std::string& context) {
    VipsImageRef target = VipsImageRef::take(vips_image_new_memory());
    copyHeader(image, target.get());
    if (vips_image_write_prepare(target.get()))
        throwVipsError(ErrorCode::Operation, context);
    useLargePages(target.get()->data, VIPS_IMAGE_SIZEOF_IMAGE(target.get()));
    return target;
}

/// The pixels of one of our kernels' images, past libvips' tiles; none where tiles are better.
VipsImageRef wholePicture(const VipsImageRef& image, const EvaluationWatch& watch, const std::string& context) {
    const std::vector<VipsImage*> lazy = wholePictureSources(image.get());
    if (!isBetterWhole(image.get(), lazy))
        return {};
    watch.token.check();
    std::map<VipsImage*, VipsImageRef> made;
    for (VipsImage* source : lazy) {
        if (!hasPixels(source))
            made[source];
    }
    double begin = 0;
    for (auto& [source, pixels] : made) {
        const double end = begin + 0.5 / double(made.size());
        pixels = materialised(VipsImageRef::share(source), partOf(watch, begin, end), context, MOST_WHOLE_BYTES);
        begin = end;
    }
    std::vector<VipsImage*> sources;
    for (VipsImage* source : lazy)
        sources.push_back(made.contains(source) ? made[source].get() : source);
    VipsImageRef target = memoryFor(image.get(), context);
    std::mutex mutex;
    double told = 0;
    const auto progress = [&, own = partOf(watch, begin, 1)](double fraction) {
        std::lock_guard lock(mutex);
        if (own.progress && fraction > told)
            own.progress(told = fraction);
    };
    try {
        computeWholePicture(image.get(), sources, target.get(), watch.token, progress,
                            giveWayBeside(std::this_thread::get_id()));
    } catch (const Error&) {
        throw;
    } catch (const std::exception& error) {
        throw Error(ErrorCode::Operation, context + ": " + error.what());
    }
    return target;
}

} // namespace

VipsImageRef wholeOrLazy(const VipsImageRef& image, const EvaluationWatch& watch, const std::string& context) {
    VipsImageRef whole = wholePicture(image, watch, context);
    return whole ? whole : image;
}

VipsImageRef materialised(const VipsImageRef& image, const EvaluationWatch& watch, const std::string& context,
                          std::size_t mostBytes) {
    const bool inMemory = VIPS_IMAGE_SIZEOF_IMAGE(image.get()) <= mostBytes;
    if (VipsImageRef whole = inMemory ? wholePicture(image, watch, context) : VipsImageRef())
        return whole;
    const VipsImageRef target =
        inMemory ? memoryFor(image.get(), context) : VipsImageRef::take(vips_image_new_temp_file("%s.v"));
    if (!target)
        throwVipsError(ErrorCode::Operation, context);
    runWatched(image, watch, ErrorCode::Operation, context,
               [&](VipsImage* copy) { return vips_image_write(copy, target.get()); });
    return target;
}

VipsImageRef materialisedOnce(const VipsImageRef& image, const EvaluationWatch& watch, const std::string& context,
                              std::size_t mostBytes) {
    return hasPixels(image.get()) ? image : materialised(image, watch, context, mostBytes);
}

} // namespace tintype
