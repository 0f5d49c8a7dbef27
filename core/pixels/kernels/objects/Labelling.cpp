// What operations share that number the objects of a mask.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/objects/LabellingPrivate.h"

#include "core/pixels/kernels/objects/RunsPrivate.h"

#include <limits>

namespace tintype {

void describeLabelling(VipsObjectClass* kernel) {
    VIPS_ARG_IMAGE(kernel, "in", 1, "Mask", "One-band image, not zero where objects are", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(Labelling, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Labels", "The number of its object at each pixel, 0 in the background",
                   VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(Labelling, out));
    VIPS_ARG_ENUM(kernel, "connectivity", 100, "Connectivity",
                  "Neighbours that belong to the same object: 4 at the sides, or 8 with the corners",
                  VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Labelling, connectivity), connectivityType(), EIGHT);
    VIPS_ARG_INT(kernel, "count", 101, "Count", "How many objects there are", VIPS_ARGUMENT_OPTIONAL_OUTPUT,
                 G_STRUCT_OFFSET(Labelling, count), 0, std::numeric_limits<int>::max(), 0);
}

void initLabelling(Labelling* labelling) {
    labelling->connectivity = EIGHT;
}

} // namespace tintype
