// Quicker ways to the pixels of libvips' own operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/ShortcutsPrivate.h"

#include "core/pixels/kernels/KernelsPrivate.h"

#include <map>
#include <string_view>

namespace tintype {

VipsImage* quickerImage(VipsOperation* operation, VipsImage* made) {
    g_object_ref(made);
    ImagePointer out(made);
    using Find = std::optional<PartKernel> (*)(VipsOperation*, VipsImage*, VipsImage*);
    static const std::map<std::string_view, Find> shortcuts{
        {"affine", affineShortcut},
        {"colourspace", colourShortcut},
        {"conv", convolveShortcut},
        {"relational_const", compareShortcut},
        {"resize", enlargeShortcut},
        {"rotate", turnShortcut},
        {"sharpen", sharpenShortcut},
        {"similarity", turnShortcut},
    };
    const auto found = shortcuts.find(VIPS_OBJECT_GET_CLASS(operation)->nickname);
    if (found == shortcuts.end())
        return out.release();
    VipsImage* source = nullptr;
    g_object_get(operation, "in", &source, nullptr);
    const ImagePointer in(source);
    if (!in || in->Coding != VIPS_CODING_NONE || made == in.get())
        return out.release();
    std::optional<PartKernel> kernel = found->second(operation, in.get(), made);
    if (!kernel)
        return out.release();
    VipsImage* quicker = nullptr;
    return computeInstead(made, in.get(), std::move(*kernel), &quicker) ? nullptr : quicker;
}

} // namespace tintype
