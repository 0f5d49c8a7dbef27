// Generates a micrograph with a known number of cells, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/MicrographScenePrivate.h"

namespace tintype {

namespace {

constexpr int LARGEST_SIDE = 100000;

struct Micrograph {
    VipsOperation parent;
    VipsImage* out;
    int width;
    int height;
    int count;
    int seed;
    double noise;
};

int generate(VipsRegion* region, void*, void* a, void*, gboolean*) {
    const auto& scene = *static_cast<const MicrographScene*>(a);
    const VipsRect& rect = region->valid;
    for (int y = rect.top; y < VIPS_RECT_BOTTOM(&rect); ++y) {
        VipsPel* line = VIPS_REGION_ADDR(region, rect.left, y);
        for (int x = 0; x < rect.width; ++x)
            line[x] = scene.pixel(rect.left + x, y);
    }
    return 0;
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    auto* micrograph = reinterpret_cast<Micrograph*>(object);
    return withoutExceptions(object, [object, micrograph] {
        auto scene = std::make_unique<MicrographScene>(micrograph->width, micrograph->height, micrograph->count,
                                                       std::uint64_t(micrograph->seed), micrograph->noise);
        ImagePointer out(vips_image_new());
        vips_image_init_fields(out.get(), micrograph->width, micrograph->height, 1, VIPS_FORMAT_UCHAR, VIPS_CODING_NONE,
                               VIPS_INTERPRETATION_B_W, 1, 1);
        if (vips_image_pipelinev(out.get(), VIPS_DEMAND_STYLE_ANY, nullptr))
            return -1;
        const MicrographScene* drawn = scene.release();
        // The image is used after the operation is gone.
        g_object_set_data_full(G_OBJECT(out.get()), "tt-scene", const_cast<MicrographScene*>(drawn),
                               [](gpointer data) { delete static_cast<MicrographScene*>(data); });
        if (vips_image_generate(out.get(), nullptr, generate, nullptr, const_cast<MicrographScene*>(drawn), nullptr))
            return -1;
        g_object_set(object, "out", out.release(), nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_micrograph", "make a micrograph with a known number of cells", build);
    VIPS_ARG_IMAGE(kernel, "out", 1, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Micrograph, out));
    VIPS_ARG_INT(kernel, "width", 2, "Width", "Image width in pixels", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(Micrograph, width), 32, LARGEST_SIDE, 1024);
    VIPS_ARG_INT(kernel, "height", 3, "Height", "Image height in pixels", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(Micrograph, height), 32, LARGEST_SIDE, 768);
    VIPS_ARG_INT(kernel, "count", 4, "Cells", "How many cells there are", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(Micrograph, count), 1, 1000000, 60);
    VIPS_ARG_INT(kernel, "seed", 5, "Seed", "Another number makes another picture", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(Micrograph, seed), 0, G_MAXINT, 0);
    VIPS_ARG_DOUBLE(kernel, "noise", 6, "Noise", "Spread of the noise in grey levels", VIPS_ARGUMENT_OPTIONAL_INPUT,
                    G_STRUCT_OFFSET(Micrograph, noise), 0, 15, 5);
}

void initInstance(Micrograph* micrograph) {
    micrograph->width = 1024;
    micrograph->height = 768;
    micrograph->count = 60;
    micrograph->noise = 5;
}

} // namespace

void registerMicrograph() {
    registerKernel<Micrograph, initClass, initInstance>("TtMicrograph");
}

} // namespace tintype
