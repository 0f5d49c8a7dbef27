// A copy of an image whose pixels are computed to their end, also where the evaluation that asks for them is stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/UnstoppedImage.h"

#include "core/pixels/vips/EvaluationScope.h"
#include "core/pixels/vips/VipsRef.h"

namespace tintype {

namespace {

int generate(VipsRegion* out, void* sequence, void*, void*, gboolean*) {
    auto* const in = static_cast<VipsRegion*>(sequence);
    EvaluationScope* const asking = EvaluationScope::current();
    EvaluationScope own{CancelToken()};
    const EvaluationScope::Use use(own);
    const bool failed = vips_region_prepare(in, &out->valid) ||
                        vips_region_region(out, in, &out->valid, out->valid.left, out->valid.top);
    if (asking) {
        if (const std::exception_ptr error = own.takeError())
            asking->fail(error);
    }
    return failed ? -1 : 0;
}

} // namespace

VipsImage* unstoppedCopy(VipsImage* image) {
    VipsImageRef copy = VipsImageRef::take(vips_image_new());
    if (vips_image_pio_input(image) || vips_image_pipelinev(copy.get(), VIPS_DEMAND_STYLE_ANY, image, nullptr))
        return nullptr;
    g_object_ref(image);
    vips_object_local(copy.get(), image);
    if (vips_image_generate(copy.get(), vips_start_one, generate, vips_stop_one, image, nullptr))
        return nullptr;
    return copy.release();
}

} // namespace tintype
