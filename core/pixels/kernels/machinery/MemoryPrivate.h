// Memory for the results of kernels that need a whole picture at once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/KernelsPrivate.h"

namespace tintype {

/// Whether an image has one band of plain real numbers; libvips' error, with `domain` in front, says what it has
/// otherwise.
bool isOneRealBand(const char* domain, const VipsImage* in, const char* name = "the image");
/// Whether it has one band of plain numbers, complex ones too.
bool isOneBand(const char* domain, const VipsImage* in, const char* name = "the image");

/// Whether a result of so many bytes a pixel may be held in memory; larger ones are made in strips, or in a file.
bool fitsMemory(const VipsImage* like, std::size_t pixelBytes);

/// One band of the size of `like`, with its metadata, to be filled; in memory. Null with libvips' error set.
ImagePointer newMemory(VipsImage* like, VipsBandFormat format);

/// The first band's pixels in memory, in the given format. Null with libvips' error set.
ImagePointer inMemory(VipsImage* in, VipsBandFormat format);

/// Whether the work on an image was stopped: sets libvips' error then.
bool isStopped(VipsImage* in);

template <typename T>
T* rowAt(VipsImage* image, int y) {
    return reinterpret_cast<T*>(VIPS_IMAGE_ADDR(image, 0, y));
}

} // namespace tintype
