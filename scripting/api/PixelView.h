// The buffer protocol of tt.Image: `memoryview(image)`.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/api/Bindings.h"

namespace tintype {

/// Problem: `memoryview(image)` and whatever else asks for a buffer compute all pixels, which may be stopped, or fail; and numpy,
/// which asks for a buffer before it looks for `__array__`, swallows any error of the former and goes on to the latter, which
/// would compute everything a second time, Ctrl+C or not. So the error is kept for this thread, and `__array__` of the same image
/// raises it, through `_raise_view_error`.
///
/// An image with several planes offers no buffer; numpy then asks `__array__`, which has them all.
void bindPixelView(ImageClass& image, const Host& host);

} // namespace tintype
