// Memory in and out: buffers and lists of numbers to images, pixels to numpy.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/PixelBuffer.h"
#include "core/recipe/Image.h"

#include <pybind11/pybind11.h>

#include <memory>
#include <string>

namespace tintype {

// GIL: all of these keep it, but for the copying of pixels, which releases it.

/// From a C-contiguous buffer of height x width or height x width x bands, of a type that libvips has. `share` keeps the
/// object and uses its memory, which nobody may write to any more; otherwise it is copied. Throws Error(Parameter).
Image imageFromBuffer(pybind11::handle array, const std::string& interpretation, bool share);
/// A double image of one band from a list of rows of numbers. Throws Error(Parameter).
Image imageFromRows(pybind11::handle rows);
/// From packed pixels, shared or copied likewise. Throws Error(Parameter).
Image imageFromMemory(pybind11::handle memory, int width, int height, int bands, const std::string& format, bool share);
/// The pixels of an image that was made from them, without asking anybody; null for all others.
std::shared_ptr<const PixelBuffer> pixelsAtHand(const Image& image);
/// Whether the object is what toNumpy's arrays keep their memory by.
bool isPixelOwner(pybind11::handle object);

/// The format of that name. Throws Error(Parameter), which lists them.
PixelFormat formatNamed(const std::string& name);
/// The bands of pixels of which nobody said what they mean.
std::string guessInterpretation(int bands, PixelFormat format);
/// numpy's name of the type.
const char* dtypeName(PixelFormat format);
/// The format of an array's numbers. Throws Error(Operation) for those that images have not.
PixelFormat formatOfArray(pybind11::handle array);

/// Before pybind11's arrays are used. pybind11 looks for numpy's functions under a guard of the compiler's; a thread that
/// waits there would keep the GIL from the one that imports numpy. GIL: releases it for the first call.
void loadNumpy();
/// A numpy array of height x width x bands (height x width for one band) on the buffer, which it keeps; read-only where the
/// buffer is shared.
pybind11::object toNumpy(std::shared_ptr<const PixelBuffer> pixels);

} // namespace tintype
