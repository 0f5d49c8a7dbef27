// Quicker ways to whole pictures of libvips' own operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/ShortcutsPrivate.h"

#include "core/pixels/kernels/KernelsPrivate.h"

#include <map>
#include <string_view>

namespace tintype {

void addShortcut(VipsOperation* operation, VipsImage* out) {
    using Find = std::optional<PartKernel> (*)(VipsOperation*, VipsImage*, VipsImage*);
    static const std::map<std::string_view, Find> shortcuts{
        {"affine", affineShortcut},
        {"colourspace", colourShortcut},
        {"relational_const", compareShortcut},
        {"resize", enlargeShortcut},
        {"rotate", turnShortcut},
        {"similarity", turnShortcut},
    };
    const auto found = shortcuts.find(VIPS_OBJECT_GET_CLASS(operation)->nickname);
    if (found == shortcuts.end())
        return;
    VipsImage* source = nullptr;
    g_object_get(operation, "in", &source, nullptr);
    const ImagePointer in(source);
    if (!in || in->Coding != VIPS_CODING_NONE || out == in.get())
        return;
    if (std::optional<PartKernel> kernel = found->second(operation, in.get(), out))
        setWholePicture(out, {in.get()}, std::move(*kernel));
}

} // namespace tintype
