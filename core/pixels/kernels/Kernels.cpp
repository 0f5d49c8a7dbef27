// The list of our kernels, and what all of them do.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"

namespace tintype {

void registerKernels() {
    registerMorphology();
    registerGaussianBlur();
    registerLabel();
    registerMatrix();
    registerMedian();
    registerMicrograph();
    registerOtsu();
    registerRank();
    registerThreshold();
}

void describeKernel(VipsObjectClass* kernel, const char* nickname, const char* description, int (*build)(VipsObject*)) {
    GObjectClass* gobject = G_OBJECT_CLASS(kernel);
    gobject->set_property = vips_object_set_property;
    gobject->get_property = vips_object_get_property;
    kernel->nickname = nickname;
    kernel->description = description;
    kernel->build = build;
}

int buildParent(VipsObject* object) {
    auto* parent = g_type_class_peek_parent(VIPS_OBJECT_GET_CLASS(object));
    return VIPS_OBJECT_CLASS(parent)->build(object);
}

} // namespace tintype
