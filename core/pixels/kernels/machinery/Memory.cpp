// Memory for the results of kernels that need a whole picture at once.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/machinery/MemoryPrivate.h"

#include "core/pixels/kernels/machinery/WholePicturePrivate.h"

namespace tintype {

namespace {

constexpr std::uint64_t MOST_BYTES = std::uint64_t(1) << 30;

} // namespace

bool isOneBand(const char* domain, const VipsImage* in, const char* name) {
    if (in->Coding != VIPS_CODING_NONE)
        vips_error(domain, "%s must have plain numbers, not the coding %s", name,
                   vips_enum_nick(VIPS_TYPE_CODING, in->Coding));
    else if (in->Bands != 1)
        vips_error(domain, "%s must have one band, not %d", name, in->Bands);
    return in->Coding == VIPS_CODING_NONE && in->Bands == 1;
}

bool isOneRealBand(const char* domain, const VipsImage* in, const char* name) {
    if (!isOneBand(domain, in, name))
        return false;
    const bool isReal = !vips_band_format_iscomplex(in->BandFmt);
    if (!isReal)
        vips_error(domain, "%s must have real numbers, not %s", name,
                   vips_enum_nick(VIPS_TYPE_BAND_FORMAT, in->BandFmt));
    return isReal;
}

bool fitsMemory(const VipsImage* like, std::size_t pixelBytes) {
    return VIPS_IMAGE_N_PELS(like) * pixelBytes <= MOST_BYTES;
}

ImagePointer newMemory(VipsImage* like, VipsBandFormat format) {
    ImagePointer made(vips_image_new_memory());
    if (vips_image_pipelinev(made.get(), VIPS_DEMAND_STYLE_ANY, like, nullptr))
        return nullptr;
    made->BandFmt = format;
    made->Bands = 1;
    made->Coding = VIPS_CODING_NONE;
    made->Type = VIPS_INTERPRETATION_MULTIBAND;
    return vips_image_write_prepare(made.get()) ? nullptr : std::move(made);
}

ImagePointer inMemory(VipsImage* in, VipsBandFormat format) {
    VipsImage* cast = nullptr;
    if (vips_cast(in, &cast, format, nullptr))
        return nullptr;
    const ImagePointer lazy(cast);
    return ImagePointer(vips_image_copy_memory(cast));
}

bool isStopped(VipsImage* in) {
    // vips_image_iskilled() takes the word back when it has told the first of the threads.
    if (!g_atomic_int_get(&in->kill) && !watchedPicture(in).token.isCancelled())
        return false;
    vips_error("tintype", "stopped");
    return true;
}

} // namespace tintype
