// What our kernels share: they are registered as libvips operations beside libvips' own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

#include <exception>
#include <memory>

namespace tintype {

/// libvips finds operations by nickname; ours begin with `tt_`, since its own win where names are equal. Call once.
void registerKernels();

void registerAdaptiveThreshold();
void registerBilateral();
void registerBoxBlur();
void registerCannyEdges();
void registerClahe();
void registerDistanceTransform();
void registerEdges();
void registerExtreme();
void registerFields();
void registerFindCircles();
void registerFindLines();
void registerFindSkew();
void registerFourierTransform();
void registerGaussianBlur();
void registerHistFind();
void registerHistLocal();
void registerLabel();
void registerMatchTemplate();
void registerMatrix();
void registerMedian();
void registerMicrograph();
void registerMorphology();
void registerObjectFilters();
void registerOtsu();
void registerPerspective();
void registerRank();
void registerSplitObjects();
void registerStatistics();
void registerThreshold();
void registerWatershed();

/// Registers a GObject class derived from VipsOperation whose instance is T: plain data beginning with a VipsOperation.
/// The memory of an instance is zero before InitInstance.
template <typename T, void (*InitClass)(VipsObjectClass*), void (*InitInstance)(T*) = nullptr>
void registerKernel(const char* typeName) {
    GTypeInfo info{};
    info.class_size = sizeof(VipsOperationClass);
    info.class_init = [](gpointer kernel, gpointer) { InitClass(static_cast<VipsObjectClass*>(kernel)); };
    info.instance_size = sizeof(T);
    if constexpr (InitInstance != nullptr)
        info.instance_init = [](GTypeInstance* instance, gpointer) { InitInstance(reinterpret_cast<T*>(instance)); };
    g_type_register_static(VIPS_TYPE_OPERATION, typeName, &info, GTypeFlags(0));
}

/// Names, properties and the function that does the work.
void describeKernel(VipsObjectClass* kernel, const char* nickname, const char* description, int (*build)(VipsObject*));

/// Each kernel's build begins with VipsOperation's.
int buildParent(VipsObject* object);

/// libvips is C: an exception must become its error, whose text begins with the operation's name.
template <typename F>
int withoutExceptions(VipsObject* object, F&& work) {
    try {
        return work();
    } catch (const std::exception& error) {
        vips_error(VIPS_OBJECT_GET_CLASS(object)->nickname, "%s", error.what());
        return -1;
    }
}

/// As vips_rank, and right for 8 bits too.
int exactRank(VipsImage* in, VipsImage** out, int width, int height, int index);

struct Unreference {
    void operator()(gpointer object) const { g_object_unref(object); }
};
/// Setting an output of an operation gives the image away, without another reference.
using ImagePointer = std::unique_ptr<VipsImage, Unreference>;

/// The image itself, or what its pixels stand for where they are coded; null with libvips' error set on failure.
ImagePointer decoded(VipsImage* in);

} // namespace tintype
