// The list of our kernels, and what all of them do.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"

#include "core/pixels/kernels/levels/ColourMappingPrivate.h"

namespace tintype {

void registerKernels() {
    registerAdaptiveThreshold();
    registerBilateral();
    registerBoxBlur();
    registerCannyEdges();
    registerClahe();
    registerColourMapping();
    registerDistanceTransform();
    registerEdges();
    registerExtreme();
    registerFields();
    registerFindCircles();
    registerFindLines();
    registerFindSkew();
    registerFourierTransform();
    registerGaussianBlur();
    registerHistFind();
    registerHistLocal();
    registerLabel();
    registerMatchTemplate();
    registerMatrix();
    registerMedian();
    registerMicrograph();
    registerMorphology();
    registerObjectFilters();
    registerOtsu();
    registerPerspective();
    registerRank();
    registerSplitObjects();
    registerStatistics();
    registerThreshold();
    registerWatershed();
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

ImagePointer decoded(VipsImage* in) {
    // libvips makes a copy that is not in memory of an image that is.
    if (in->Coding == VIPS_CODING_NONE)
        return ImagePointer(static_cast<VipsImage*>(g_object_ref(in)));
    VipsImage* plain = nullptr;
    return ImagePointer(vips_image_decode(in, &plain) ? nullptr : plain);
}

} // namespace tintype
