// How much each place of an image looks like a small one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/KernelsPrivate.h"

#include <vips/vips.h>

namespace tintype {

enum class Likeness {
    Coefficient, ///< the correlation of what differs from the mean: 1 is the same but for brightness and contrast
    Correlation, ///< of the values themselves: 1 is the same but for contrast
    Difference   ///< the squared difference as a share of both: 0 is the same
};
GType likenessType();

/// A lazy image of decimal numbers, smaller than `in` by what the template is larger than one pixel: at each place the likeness of
/// what begins there. `pattern`, which has the template's pixels, is read now. Null with libvips' error set, which `domain`
/// begins, when the two do not go together.
ImagePointer templateMap(const char* domain, VipsImage* in, VipsImage* pattern, Likeness likeness);

} // namespace tintype
