// Computes all pixels of a libvips image, with progress and a stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/PixelSink.h"

#include "core/pixels/vips/VipsErrors.h"

#include <exception>

namespace tintype {

namespace {

struct Report {
    const EvaluationWatch& watch;
    std::exception_ptr thrown;
};

void reportProgress(VipsImage* image, VipsProgress* progress, Report* report) {
    // An exception must not cross libvips; it waits until the evaluation has ended.
    try {
        if (report->watch.progress && !report->thrown)
            report->watch.progress(progress->percent / 100.0);
    } catch (...) {
        report->thrown = std::current_exception();
    }
    if (report->thrown || report->watch.token.isCancelled())
        vips_image_set_kill(image, TRUE);
}

} // namespace

void runWatched(const VipsImageRef& image, const EvaluationWatch& watch, ErrorCode code, const std::string& context,
                const std::function<int(VipsImage*)>& evaluate) {
    watch.token.check();
    VipsImage* step = nullptr;
    if (vips_copy(image.get(), &step, nullptr))
        throwVipsError(code, context);
    const VipsImageRef copy = VipsImageRef::take(step);
    Report report{watch, nullptr};
    vips_image_set_progress(copy.get(), TRUE);
    g_signal_connect(copy.get(), "eval", G_CALLBACK(reportProgress), &report);
    int failed = 0;
    {
        const auto kill = watch.token.onCancel([copy] { vips_image_set_kill(copy.get(), TRUE); });
        failed = evaluate(copy.get());
    }
    g_signal_handlers_disconnect_by_data(copy.get(), &report);
    if (report.thrown) {
        takeVipsError();
        std::rethrow_exception(report.thrown);
    }
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
